"""Names of people, agencies and subgroups: as typed, and as compared."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from app.people.rules import email_address, one_line

LONGEST = 120

Name = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST), BeforeValidator(one_line)
]
"""What somebody or something is called: one line of printable text."""

EmailAddress = Annotated[str, AfterValidator(email_address)]
"""An e-mail address, in lower case."""


def folded_name(name: str) -> str:
    """Return a name as it is compared: without regard to case or spaces.

    >>> folded_name("Alder  Vale SCHOOL ")
    'alder vale school'
    """
    return " ".join(name.split()).casefold()
