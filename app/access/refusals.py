"""Why something asked for is not done, as values that every layer may raise.

The web turns them into pages: NotFound into 404, NotAllowed into 403, NotNow into 409, Unfit into
422. They carry sentences for people and know nothing of HTTP.
"""

from collections.abc import Mapping


class Refusal(Exception):
    """What was asked is not done; its text says why, and what to do, to the person who asked."""


class NotAllowed(Refusal):
    """No role that this person holds carries the action at all."""


class NotFound(Refusal):
    """Nothing there within this person's reach: the same answer as for what does not exist."""


class NotNow(Refusal):
    """The round, response or action is not at a stage that allows this."""


class Unfit(Refusal):
    """What was typed cannot be accepted yet.

    `errors` maps the name of a form field ("" for the whole form) to a sentence that says what to
    write instead.
    """

    def __init__(self, errors: Mapping[str, str] | str) -> None:
        self.errors = {"": errors} if isinstance(errors, str) else dict(errors)
        super().__init__("; ".join(self.errors.values()))
