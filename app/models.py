"""Every table of the application in one import: for migrations, backups and tests."""

from app.actions.models import ActionUpdate, LearningAction
from app.assignments.models import Assignment, ConflictOfInterest, LocalRecord, SharedSection
from app.attachments.models import Attachment, AttachmentContent
from app.comparisons.models import AgreedAnswer, Dissent, Judgement
from app.concerns.models import Concern, ConcernAdvice
from app.events.models import Event, EventHead
from app.exports.models import PaperSection, RequestedDocument
from app.findings.models import Finding, FindingEvidence, FindingResult, FindingSubgroup
from app.identity.models import (
    Agency,
    Attempt,
    Link,
    Membership,
    Partnership,
    PartnershipAgency,
    Person,
    SignIn,
    Subgroup,
    SubgroupPerson,
)
from app.library.models import OptionNumber, QuestionNumber, ToolVersion
from app.meetings.models import (
    LearningPoint,
    Meeting,
    MeetingEntry,
    MeetingPerson,
    PutOff,
)
from app.responses.models import (
    Answer,
    AnswerChange,
    AnswerText,
    NilReturn,
    Query,
    Response,
    SavedPage,
    SentVersion,
)
from app.rounds.models import (
    LegalHold,
    Purge,
    Round,
    RoundAgency,
    RoundPerson,
    RoundSubgroup,
    Strand,
)
from app.samples.models import DrawRecord, Frame, FrameRow, Subject, UploadedList

__all__ = [
    "ActionUpdate",
    "Agency",
    "AgreedAnswer",
    "Answer",
    "AnswerChange",
    "AnswerText",
    "Assignment",
    "Attachment",
    "AttachmentContent",
    "Attempt",
    "Concern",
    "ConcernAdvice",
    "ConflictOfInterest",
    "Dissent",
    "DrawRecord",
    "Event",
    "EventHead",
    "Finding",
    "FindingEvidence",
    "FindingResult",
    "FindingSubgroup",
    "Frame",
    "FrameRow",
    "Judgement",
    "LearningAction",
    "LearningPoint",
    "LegalHold",
    "Link",
    "LocalRecord",
    "Meeting",
    "MeetingEntry",
    "MeetingPerson",
    "Membership",
    "NilReturn",
    "OptionNumber",
    "PaperSection",
    "Partnership",
    "PartnershipAgency",
    "Person",
    "Purge",
    "PutOff",
    "Query",
    "QuestionNumber",
    "RequestedDocument",
    "Response",
    "Round",
    "RoundAgency",
    "RoundPerson",
    "RoundSubgroup",
    "SavedPage",
    "SentVersion",
    "SharedSection",
    "SignIn",
    "Strand",
    "Subgroup",
    "SubgroupPerson",
    "Subject",
    "ToolVersion",
    "UploadedList",
]
