"""The permission table as a document for people: `docs/permissions.md` is written from it."""

from app.access import ANSWERING, EXEMPT, TABLE, Action, Reach, Role

_HEAD = """\
# Who may do what

Written from `app/access/table.py`, which the application itself asks at every page. Do not change
this file: change the table, and write it again with `casefile write-docs`. A test keeps the two
alike.

Each row is something a person may do, each column a role. A cell says how far the role carries it:

| | |
|---|---|
| **all** | everything of the partnership |
| **round** | the rounds in which the person is lead, or on the panel |
| **agency** | what belongs to the person's own agency |
| **own** | what was given to the person: their assignments, actions and subgroups |
| **no** | not at all: the page says so (403) |

Somebody with several roles may do what any of them allows. What lies beyond a person's reach looks
as if it did not exist (404). *When* something may be done is decided by the stage of the round, not
here (409).
"""

_REACH = {
    Reach.NONE: "no",
    Reach.OWN: "own",
    Reach.AGENCY: "agency",
    Reach.ROUND: "round",
    Reach.PARTNERSHIP: "all",
}


def permissions_markdown() -> str:
    """Write the permission table as Markdown, with the two rules that no cell can show."""
    roles = tuple(Role)
    rows = [
        f"| {words(action)} | {' | '.join(_REACH[TABLE[action][role]] for role in roles)} |"
        for action in Action
    ]
    table = "\n".join(
        [
            f"| action | {' | '.join(role.words for role in roles)} |",
            f"|---|{'---|' * len(roles)}",
            *rows,
        ]
    )
    return f"{_HEAD}\n{table}\n\n{_beyond_the_table()}"


def words(action: Action) -> str:
    """Return an action as the document names it.

    >>> words(Action.LOCAL_RECORD_KEEP)
    'local record: keep'
    """
    thing, _, what = action.value.partition(":")
    return f"{thing.replace('-', ' ')}: {what.replace('-', ' ')}"


def _beyond_the_table() -> str:
    exempt = _listed([role.words.lower() for role in Role if role in EXEMPT])
    answering = _listed([words(action) for action in Action if action in ANSWERING])
    return f"""\
## What no cell can show

- Independence is the method. Whoever holds the role {exempt} reads other
  agencies' answers before the panel does, and so may give none ({answering}):
  coordinators and scrutineers nowhere in the partnership, leads not in the rounds they lead.
- A panel member compares a subject once their own agency has sent its response for it *and* the
  round is in moderation.
- A system administrator reads no answers at all.
- People give no role that they could not hold: only a system administrator makes another, or takes
  that role away. Nobody changes their own roles.
- Whoever sees actions may take them as a file: the same actions and no more, after the password.
  Subgroups take them away in their packs anyway, and no answer is among them. The trail of every
  round that they come from says who took how many.
- A person's calendar carries days and references, and nothing that anybody typed: of the actions
  they own, of their agency's if they lead it, and of the rounds they see. What they may see is
  asked again at each reading, and actions show once the findings are agreed, whoever reads.
- A link for a new password is made only by somebody who may give every role that its owner holds,
  in every partnership where they hold one. Otherwise whoever runs the installation makes it.
"""


def _listed(items: list[str]) -> str:
    return f"{', '.join(items[:-1])} or {items[-1]}"
