"""Between agencies: how often those that answered the same question about a case said the same.

They look at different files, so where they part is something to talk about and no measure of
anybody's judgement. Counts come first, and a percentage only from ten.
"""

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

FEWEST = 10
"""Below this a percentage would say more than the counts it is made of."""


class Together(NamedTuple):
    """How often something was answered together, and how often everybody said the same."""

    same: int = 0
    answered: int = 0

    def plus(self, other: "Together") -> "Together":
        """Count two of these as one."""
        return Together(self.same + other.same, self.answered + other.answered)

    @property
    def words(self) -> str:
        """The counts, with a percentage where there are enough.

        >>> Together(3, 9).words, Together(5, 12).words
        ('3 of 9', '5 of 12 (42%)')
        """
        share = f" ({round(100 * self.same / self.answered)}%)" if self.answered >= FEWEST else ""
        return f"{self.same} of {self.answered}{share}"


Place = tuple[int, int]
"""Two agencies by their places in a row of answers, the first before the second."""


def by_pair(answered: Sequence[tuple[int, Hashable]]) -> Iterable[tuple[Place, Together]]:
    """Compare every two of the agencies that answered a question: each by its place and its answer.

    >>> list(by_pair([(0, "yes"), (2, "no")]))
    [((0, 2), Together(same=0, answered=1))]
    """
    for (one, said), (other, also) in combinations(answered, 2):
        yield (one, other), Together(int(said == also), 1)
