"""Using the application as a person does: signing in, reading pages, sending their forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient
from httpx import Response

from app.db import Database
from app.identity.models import Person
from app.identity.sign_ins import digest_of, start_sign_in
from app.web.guard import COOKIE, token_for

Values = Mapping[str, str | list[str]]
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Visitor:
    """One signed-in person and the page they are on."""

    client: TestClient
    cookie: str
    token: str
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.cookie}", **self.extra}

    def get(self, address: str, **headers: str) -> Response:
        return self.client.get(address, headers={**self.headers, **headers})

    def post(
        self, address: str, data: Values | None = None, files: Mapping[str, object] | None = None
    ) -> Response:
        """Send a form with the token of this session, as from one of our pages."""
        return self.client.post(
            address,
            data={"token": self.token, **(data or {})},
            files=files,  # type: ignore[arg-type]
            headers={**self.headers, **FROM_HERE},
        )

    def page(self, address: str) -> BeautifulSoup:
        """Open a page that must be there, following redirects."""
        answer = self.get(address)
        while answer.status_code == 303:
            answer = self.get(answer.headers["location"])
        assert answer.status_code == 200, f"{address}: {answer.status_code} {heading(answer)}"
        return soup(answer)

    def submit(
        self,
        address: str,
        values: Values | None = None,
        *,
        form: str = "",
        files: Mapping[str, object] | None = None,
    ) -> Response:
        """Fill in a form on a page as a person would, keeping what it already holds, and send it.

        `form` is (part of) the address that the form is sent to; the first form in the page's
        content otherwise.
        """
        document = self.page(address)
        found = find_form(document, form)
        given: dict[str, str | list[str]] = {**form_values(found), **(values or {})}
        action = str(found.get("action") or address)
        return self.post(action, given, files)

    def follow(self, answer: Response) -> BeautifulSoup:
        """Go where a form sent us."""
        assert answer.status_code == 303, f"{answer.status_code}: {heading(answer)}"
        return self.page(answer.headers["location"])


class Browser:
    """Opens the application for different people."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.client = client
        self.database = database

    def as_(self, who: Person) -> Visitor:
        """Be somebody, without going through the sign-in page each time."""
        with self.database.writing() as session:
            cookie = start_sign_in(session, who)
        secret = self.client.app.state.secret  # type: ignore[attr-defined]
        self.client.cookies.clear()
        return Visitor(self.client, cookie, token_for(secret, digest_of(cookie)))


def soup(answer: Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def heading(answer: Response) -> str:
    """What a page says first, or the start of a plain answer; with the errors that it lists."""
    document = soup(answer)
    found = document.find("h1")
    errors = [e.get_text(" ", strip=True) for e in document.select(".govuk-error-summary li")]
    return " ".join([found.get_text(" ", strip=True) if found else answer.text[:300], *errors])


def one(part: Tag, selector: str) -> Tag:
    """The one place of a page, or of a part of it, that a selector names."""
    found = part.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector!r} on this page"
    return found[0]


def words(document: Tag) -> str:
    """Everything a reader reads in the page's content, spaces folded."""
    main = document.find("main") or document
    return re.sub(r"\s+", " ", main.get_text(" ", strip=True))


def find_form(document: BeautifulSoup, sent_to: str = "") -> Tag:
    forms = [
        f
        for f in document.select("main form[method=post], main form")
        if sent_to in str(f.get("action") or "")
    ]
    assert forms, f"no form sent to {sent_to!r} on this page"
    return forms[0]


def form_values(form: Tag) -> dict[str, str | list[str]]:
    """What a browser would send if the form were submitted untouched."""
    values: dict[str, list[str]] = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name = str(control["name"])
        if control.name == "textarea":
            values.setdefault(name, []).append(control.get_text().removeprefix("\n"))
        elif control.name == "select":
            chosen = control.select("option[selected]") or control.select("option")[:1]
            values.setdefault(name, []).extend(str(o.get("value", "")) for o in chosen)
        elif control.get("type") in {"radio", "checkbox"}:
            if control.has_attr("checked"):
                values.setdefault(name, []).append(str(control.get("value", "on")))
        elif control.get("type") not in {"submit", "file", "button"}:
            values.setdefault(name, []).append(str(control.get("value", "")))
    values.pop("token", None)
    return {name: many[0] if len(many) == 1 else many for name, many in values.items()}
