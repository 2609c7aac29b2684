"""Audit tools: what may be asked, of whom, and what counts as an answer.

This package is a library. It reads files and plain values and returns plain values; it knows
nothing of the web or the database, and import-linter keeps it so. In the order of a tool's life:

- `read_tool` and `read_tools` read definitions from YAML, or say in sentences what is wrong;
- `fill` lays what a page posted over stored answers, and says what is asked, wanted and wrong;
- `canonical` and `digest` make the snapshot that a round pins, and `from_canonical` reads it back;
- `changes` lists what differs between two versions, and refuses what would break comparison;
- `with_retired` keeps beside a newer version what only the older one asked, for its answers;
- `check_lock` and `lock_versions` keep a version that is in use from changing;
- `json_schema` describes the files for an editor, and `advice` says what could be asked better;
- `starter` writes the first file of a new tool.
"""

from app.tools.amounts import Amount, Count
from app.tools.asking import Reference
from app.tools.change import Change
from app.tools.coded import Choice, Choices, Coded, Grade, Option, YesNo
from app.tools.conditions import All, AnyOf, Condition, OneOf
from app.tools.dates import Boxes, Date, boxes, calendar_date
from app.tools.fill import Answers, Asked, Filled, fill
from app.tools.kinds import KINDS, Question
from app.tools.lint import advice
from app.tools.lock import LOCK_FILE, Locked, check_lock, lock_versions, read_lock
from app.tools.parts import (
    ABSENCES,
    HEALTH,
    NOTHING,
    STATE_WORDS,
    Absence,
    AgencyKind,
    Answer,
    Part,
    Posted,
    Problem,
    State,
)
from app.tools.reading import ToolError, Tools, read_tool, read_tools
from app.tools.retired import OVER, id_when_asked, with_retired
from app.tools.scales import Level, Scale
from app.tools.schema import (
    Framework,
    NamedSubject,
    Place,
    QuestionSet,
    Section,
    SubjectKind,
    Theme,
    Tool,
)
from app.tools.schema_json import json_schema, published_schema
from app.tools.snapshot import canonical, digest, from_canonical
from app.tools.starter import starter
from app.tools.versions import changes
from app.tools.words import LongText, ShortText

__all__ = [
    "ABSENCES",
    "HEALTH",
    "KINDS",
    "LOCK_FILE",
    "NOTHING",
    "OVER",
    "STATE_WORDS",
    "Absence",
    "AgencyKind",
    "All",
    "Amount",
    "Answer",
    "Answers",
    "AnyOf",
    "Asked",
    "Boxes",
    "Change",
    "Choice",
    "Choices",
    "Coded",
    "Condition",
    "Count",
    "Date",
    "Filled",
    "Framework",
    "Grade",
    "Level",
    "Locked",
    "LongText",
    "NamedSubject",
    "OneOf",
    "Option",
    "Part",
    "Place",
    "Posted",
    "Problem",
    "Question",
    "QuestionSet",
    "Reference",
    "Scale",
    "Section",
    "ShortText",
    "State",
    "SubjectKind",
    "Theme",
    "Tool",
    "ToolError",
    "Tools",
    "YesNo",
    "advice",
    "boxes",
    "calendar_date",
    "canonical",
    "changes",
    "check_lock",
    "digest",
    "fill",
    "from_canonical",
    "id_when_asked",
    "json_schema",
    "lock_versions",
    "published_schema",
    "read_lock",
    "read_tool",
    "read_tools",
    "starter",
    "with_retired",
]
