"""A person at their desk: the page before them, the links they follow and the buttons they press.

Links and buttons are found by the words on them. A field that is not on the page, or an option that
it does not offer, cannot be chosen here: what is done is what somebody could do. How pages come and
forms go is left to each kind of desk: inside the process, or in Chromium with scripts or without.
"""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from http.cookiejar import CookieJar
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient
from httpx import Response

from tests.browsing import FROM_HERE, form_values, heading, words


class Attached(NamedTuple):
    """A file put into a form."""

    name: str
    data: bytes


Given = Mapping[str, str | Sequence[str] | Attached]
"""What is filled in: by the field's name, the words of what is chosen or the text typed."""

Chosen = Mapping[str, list[str] | Attached]
"""The same as a form sends it."""


class Desk(ABC):
    """Somebody working through pages, one at a time."""

    page: BeautifulSoup
    """The page before them."""

    address: str
    """Where it is, without the host."""

    @property
    def reads(self) -> str:
        """Everything in the page's content."""
        return words(self.page)

    def sees(self, *told: str) -> None:
        """Be sure that the page says something."""
        missing = [each for each in told if each not in self.reads]
        assert not missing, f"{self.address} does not say {missing}, but: {self.reads[:3000]}"

    def follow(self, link: str) -> None:
        """Follow the link with these words, or that begins with them."""
        self._follow(link_called(self.page, link))

    def press(self, button: str, given: Given | None = None, *, about: str = "") -> None:
        """Fill in the form that has this button and press it; another page must come.

        `about` is said on the form meant, where several have such a button.
        """
        form, pressed = button_called(self.page, button, about)
        self._press(form, pressed, chosen_in(form, given or {}), 200)

    def is_refused(self, button: str, given: Given | None = None) -> None:
        """Press a button whose form must come back and say what is wrong."""
        form, pressed = button_called(self.page, button, "")
        self._press(form, pressed, chosen_in(form, given or {}), 422)

    def field(self, label: str) -> str:
        """Return the name under which the field with this label is filled in."""
        [found] = [each for each in self.page.select("label") if folded(each) == label]
        [control] = self.page.select(f"[id='{found['for']}']")
        return str(control["name"])

    def take(self, what: str) -> bytes:
        """Press a button, or follow a link, that gives a file."""
        if any(folded(link) == what for link in self.page.select("a[href]")):
            return self._take_from(link_called(self.page, what))
        return self._take(*button_called(self.page, what, ""))

    @abstractmethod
    def open(self, address: str) -> None:
        """Open an address that came from elsewhere: a bookmark, a link in a letter."""

    @abstractmethod
    def finds(self, address: str) -> int:
        """Try an address, and return the status of what comes; the page before them stays."""

    @abstractmethod
    def _follow(self, link: Tag) -> None: ...

    @abstractmethod
    def _press(self, form: Tag, pressed: Tag, chosen: Chosen, status: int) -> None: ...

    @abstractmethod
    def _take(self, form: Tag, pressed: Tag) -> bytes: ...

    @abstractmethod
    def _take_from(self, link: Tag) -> bytes: ...


class InProcessDesk(Desk):
    """A desk whose browser is a client inside the process, with a jar of cookies of its own."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.jar = CookieJar()
        self.address = "/"

    def open(self, address: str) -> None:
        self._arrive(self._ask("GET", address), address)

    def finds(self, address: str) -> int:
        return self._ask("GET", address).status_code

    def _follow(self, link: Tag) -> None:
        self.open(str(link["href"]))

    def _press(self, form: Tag, pressed: Tag, chosen: Chosen, status: int) -> None:
        self._arrive(self._send(form, pressed, chosen), where(form, pressed, self.address), status)

    def _take(self, form: Tag, pressed: Tag) -> bytes:
        return self._file(self._send(form, pressed, {}))

    def _take_from(self, link: Tag) -> bytes:
        return self._file(self._ask("GET", str(link["href"])))

    def _file(self, answer: Response) -> bytes:
        """Take a file at once, or from the page that says when it is there; then come back."""
        if answer.status_code == 303:
            here, page = self.address, self.page
            self._arrive(answer, here)
            while not self.page.select("main form button"):
                time.sleep(0.1)
                self.open(self.address)
            file = self.take(folded(self.page.select("main form button")[0]))
            self.address, self.page = here, page
            return file
        assert "attachment" in answer.headers.get("content-disposition", ""), heading(answer)
        return answer.content

    def _send(self, form: Tag, pressed: Tag, chosen: Chosen) -> Response:
        files = {n: given for n, given in chosen.items() if isinstance(given, Attached)}
        token = {str(i["name"]): str(i["value"]) for i in form.select("input[name=token]")}
        data = {**form_values(form), **token, **chosen}
        if pressed.get("name"):
            data[str(pressed["name"])] = str(pressed.get("value", ""))
        fields = {name: value for name, value in data.items() if name not in files}
        address = where(form, pressed, self.address)
        if str(form.get("method", "get")).lower() == "get":
            return self._ask("GET", address, params=fields)
        return self._ask("POST", address, data=fields, files=files, headers=FROM_HERE)

    def _ask(self, method: str, address: str, **more: object) -> Response:
        self.client.cookies.jar = self.jar
        return self.client.request(method, address, **more)  # type: ignore[arg-type]

    def _arrive(self, answer: Response, address: str, status: int = 200) -> None:
        while answer.status_code == 303:
            address = answer.headers["location"]
            answer = self._ask("GET", address)
        came = answer.status_code
        assert came == status, f"{address}: {came}, {heading(answer)}"
        self.address, self.page = address, parsed(answer.text)


# ---- what a page offers ----


def parsed(html: str) -> BeautifulSoup:
    """Read a page; as fast as it can be, since a story reads hundreds."""
    return BeautifulSoup(html, "lxml", multi_valued_attributes=None)


def link_called(page: BeautifulSoup, told: str) -> Tag:
    """Find a link by its words; several that lead to one place are one link."""
    links = [(folded(a), a) for a in page.select("a[href]")]
    found = [a for text, a in links if text == told] or [
        a for text, a in links if text.startswith(told)
    ]
    places = {str(a["href"]) for a in found}
    assert len(places) == 1, f"{told!r} is not one link: {[text for text, _ in links]}"
    return found[0]


def button_called(page: BeautifulSoup, told: str, about: str) -> tuple[Tag, Tag]:
    """Find a button by its words, with the form that it sends."""
    buttons = [(folded(b), b) for b in page.select("form button")]
    found = [b for text, b in buttons if text == told]
    forms = {id(form): (form, b) for b in found if about in folded(form := form_of(b))}
    assert len(forms) == 1, f"{told!r} is not one button: {[text for text, _ in buttons]}"
    return next(iter(forms.values()))


def chosen_in(form: Tag, given: Given) -> Chosen:
    """Turn what somebody fills in into what the form will send."""
    return {name: _chosen(form, name, value) for name, value in given.items()}


def _chosen(form: Tag, name: str, given: str | Sequence[str] | Attached) -> list[str] | Attached:
    controls = [c for c in form.select("input, select, textarea") if c.get("name") == name]
    assert controls, f"no field {name!r} in this form: {sorted(form_values(form))}"
    if isinstance(given, Attached):
        assert controls[0].get("type") == "file"
        return given
    many = [given] if isinstance(given, str) else list(given)
    if len(controls) == len(many) and controls[0].name == "select":
        pairs = zip(controls, many, strict=True)
        return [_pick(name, each, list(_offered(form, [c]))) for c, each in pairs]
    offered = list(_offered(form, controls))
    return [_pick(name, each, offered) for each in many] if offered else many


def _offered(form: Tag, controls: Iterable[Tag]) -> Iterable[tuple[str, str]]:
    for control in controls:
        if control.name == "select":
            yield from ((str(o.get("value", "")), folded(o)) for o in control.select("option"))
        elif control.get("type") in {"radio", "checkbox"}:
            label = form.find("label", attrs={"for": str(control["id"])})
            yield str(control["value"]), folded(label) if isinstance(label, Tag) else ""


def _pick(name: str, told: str, offered: Sequence[tuple[str, str]]) -> str:
    """Choose by the words beside a box, by how they begin, or by the value itself."""
    exact = [value for value, text in offered if told in {text, value}]
    begins = [value for value, text in offered if told and text.startswith(told)]
    found = exact or begins
    assert found, f"{name} does not offer {told!r}, but {[text for _, text in offered]}"
    return found[0]


def form_of(button: Tag) -> Tag:
    found = button.find_parent("form")
    assert isinstance(found, Tag)
    return found


def where(form: Tag, pressed: Tag, here: str) -> str:
    """Return the address that a form is sent to by one of its buttons."""
    return str(pressed.get("formaction") or form.get("action") or here)


def folded(tag: Tag) -> str:
    return re.sub(r"\s+", " ", tag.get_text(" ", strip=True))


def boxes(name: str, on: date) -> dict[str, str]:
    """Fill in the three boxes of a date."""
    return {
        f"{name}.day": str(on.day),
        f"{name}.month": str(on.month),
        f"{name}.year": str(on.year),
    }
