"""What a form posted: read once, as text, within limits, and checked against one model per form."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qsl

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic.config import JsonDict
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser

from app.access import Unfit
from app.tools.parts import tidy

FORM_LIMIT = 1_000_000
UPLOAD_LIMIT = 12_000_000
"""The most bytes of a form, and of one with files."""

MOST_FIELDS = 1000
MOST_FILES = 20
# The body is in memory already, and a list that identifies children must never reach the disk.
MultiPartParser.spool_max_size = UPLOAD_LIMIT
TOKEN = "token"  # noqa: S105 - the name of a field
UNREADABLE = "The form could not be read. Reload the page and try again."
INCOMPLETE = "This page is incomplete. Reload it and try again."


class Posted(Mapping[str, list[str]]):
    """The fields of a form, each with every value posted for it, and its files."""

    def __init__(
        self, fields: dict[str, list[str]], files: dict[str, UploadFile] | None = None
    ) -> None:
        self._fields = fields
        self.files = files or {}
        self.token = "".join(fields.pop(TOKEN, []))

    def __getitem__(self, name: str) -> list[str]:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def one(self, name: str) -> str:
        """Return a field's last value, or nothing."""
        return self._fields.get(name, [""])[-1]

    def all(self, name: str) -> list[str]:
        """Return every value posted for a field."""
        return self._fields.get(name, [])


async def posted(request: Request) -> Posted:
    """Read the form of a request; the body is already here, so nothing waits."""
    known: Posted | None = getattr(request.state, "posted", None)
    if known is None:
        known = request.state.posted = await _read(request)
    return known


PostedDep = Annotated[Posted, Depends(posted)]


async def _read(request: Request) -> Posted:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _read_multipart(request)
    return read_urlencoded(await request.body())


def read_urlencoded(body: bytes) -> Posted:
    """Read an ordinary form. Control characters go: no database or export can hold all of them."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=MOST_FIELDS,
            errors="strict",
        )
    except ValueError as error:
        raise Unfit(UNREADABLE) from error
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(tidy(value))
    return Posted(fields)


async def _read_multipart(request: Request) -> Posted:
    _refuse_other_letters(request.headers["content-type"])
    fields: dict[str, list[str]] = {}
    files: dict[str, UploadFile] = {}
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    held = BytesIO(await value.read())
                    files[name] = UploadFile(held, size=value.size, filename=value.filename)
                else:
                    fields.setdefault(name, []).append(tidy(value))
    except HTTPException as error:
        raise Unfit(UNREADABLE) from error
    return Posted(fields, files)


def _refuse_other_letters(content_type: str) -> None:
    """Refuse any encoding but UTF-8: no browser asks for one, and some make half characters."""
    _, options = parse_options_header(content_type)
    if options.get(b"charset", b"utf-8").lower() not in {b"utf-8", b"utf8"}:
        raise Unfit(UNREADABLE)


class Input(BaseModel):
    """What one form may say; anything else is refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


HIDDEN: JsonDict = {"hidden": True}
"""For `json_schema_extra`: nobody types this field, so what is wrong with it is the page's."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""One line that must be there."""

MaybeLine = Annotated[str, StringConstraints(max_length=200)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
"""Some sentences that must be there."""

MaybeWords = Annotated[str, StringConstraints(max_length=5000)]

T = TypeVar("T", bound=Input)


def read(model: type[T], form: Posted) -> T:
    """Check a form against its model, or raise Unfit with a sentence beside each field.

    A field declared as a list takes every value posted, any other the last one. A model's field
    may give its sentence as `json_schema_extra={"missing": "Enter a title"}`.
    """
    given: dict[str, Any] = {}
    for name, values in form.items():
        field = model.model_fields.get(name)
        many = field is not None and "list" in str(field.annotation)
        given[name] = values if many else values[-1]
        if field is not None and not many and not said(given[name]):
            if _takes_empty(field):
                given[name] = ""
            else:
                del given[name]
    try:
        return model.model_validate(given)
    except ValidationError as invalid:
        raise Unfit(_sentences(model, invalid)) from invalid


def said(typed: str) -> str:
    r"""Return what was typed without the space around it; nothing where none of it can be seen.

    >>> said(" by hand "), said(" \N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT OVERRIDE} ")
    ('by hand', '')
    """
    return typed.strip() if any(c.isprintable() and not c.isspace() for c in typed) else ""


def _takes_empty(field: Any) -> bool:  # noqa: ANN401 - pydantic's FieldInfo
    return field.annotation is str and not field.is_required()


def _sentences(model: type[Input], invalid: ValidationError) -> dict[str, str]:
    errors: dict[str, str] = {}
    for error in invalid.errors():
        name = str(error["loc"][0]) if error["loc"] else ""
        errors.setdefault(name if name in model.model_fields else "", _sentence(model, name, error))
    return errors


def _sentence(model: type[Input], name: str, error: Any) -> str:  # noqa: ANN401 - ErrorDetails
    field = model.model_fields.get(name)
    if field is None:
        about_all = error["type"] == "value_error"
        unknown = f"This form does not ask for “{name}”. Reload the page and try again."
        return str(error["ctx"]["error"]) if about_all else unknown
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    if extra.get("hidden"):
        return INCOMPLETE
    label = (field.title or name.replace("_", " ")).capitalize()
    kind, bounds = error["type"], error.get("ctx", {})
    if kind == "value_error":
        return str(bounds["error"])
    if kind == "string_too_long":
        return f"{label} must be {bounds['max_length']:,} characters or fewer"
    if kind in {"missing", "string_too_short"}:
        return str(extra.get("missing") or f"Enter {label[0].lower()}{label[1:]}")
    return _value_sentence(label, kind, bounds)


def _value_sentence(label: str, kind: str, bounds: dict[str, Any]) -> str:
    if kind.startswith("date_"):
        return f"{label} must be a real date, for example 2027-03-27"
    if "ge" in bounds:
        return f"{label} must be a whole number, {bounds['ge']} or more"
    if "le" in bounds:
        return f"{label} must be a whole number, {bounds['le']} or less"
    if kind.startswith("int_"):
        return f"{label} must be a whole number"
    return f"{label}: choose one of the answers offered"
