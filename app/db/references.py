"""Random references: what addresses, forms and exports use instead of integer keys."""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""No look-alikes (0 O, 1 I L) and no vowels, so that no reference spells a word."""

LENGTH = 10


def new_reference(length: int = LENGTH) -> str:
    """Draw a reference: 10 characters of 28, so that guessing one is hopeless (28**10 = 3e14)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
