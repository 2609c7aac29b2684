"""What surrounds every page, and the page that is shown when another cannot be."""

import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from app.web.assets import build
from app.web.chrome import Chrome
from app.web.pages import environment

SIGNED_IN = Chrome(
    partnership_name="Harrowmere Safeguarding Children Partnership",
    home="/harrowmere/my-work",
    navigation=(("My work", "/harrowmere/my-work", False), ("Rounds", "/harrowmere/rounds", True)),
    person_name="T. Ashdown",
    sign_out="/sign-out",
    token="a-token",
    footer=(("Help", "/help"),),
    banner="The round is open.",
    concern=str(Markup("If a child may be in danger, ring 01632 960000 now.")),
)


@pytest.fixture(scope="module", autouse=True)
def built() -> None:
    """The page names built files."""
    build()


def page(chrome: Chrome) -> BeautifulSoup:
    source = (
        '{% extends "base.html" %}{% block title %}Rounds{% endblock %}'
        "{% block content %}<h1>Rounds</h1>{% endblock %}"
    )
    html = environment().from_string(source).render(chrome=chrome)
    return BeautifulSoup(html, "html.parser")


def refusal(status: int, **values: str | None) -> BeautifulSoup:
    given = {"explanation": None, "reference": None, **values}
    template = environment().get_template("errors/error.html")
    return BeautifulSoup(template.render(chrome=Chrome(), status=status, **given), "html.parser")


def the(found: object) -> Tag:
    assert isinstance(found, Tag)
    return found


def test_a_page_is_in_english_and_says_what_it_is_about() -> None:
    html = page(SIGNED_IN)
    assert the(html.html)["lang"] == "en-GB"
    assert the(html.title).text.split() == ["Rounds", "\N{EN DASH}", "Casefile"]
    assert [heading.text for heading in html.find_all("h1")] == ["Rounds"]


def test_the_first_link_skips_to_what_the_page_is_about() -> None:
    html = page(SIGNED_IN)
    link = the(html.find("a"))
    assert str(link["href"]).removeprefix("#") == the(html.find("main"))["id"]


def test_the_part_of_the_product_a_person_is_in_is_marked() -> None:
    current = page(SIGNED_IN).select("nav [aria-current]")
    assert [link.text for link in current] == ["Rounds"]


def test_signing_out_is_a_post_that_carries_the_token() -> None:
    form = the(page(SIGNED_IN).find("form"))
    assert (form["method"], form["action"]) == ("post", "/sign-out")
    assert the(form.find("input", {"name": "token"}))["value"] == "a-token"


def test_every_page_carries_its_classification() -> None:
    for chrome in (SIGNED_IN, Chrome()):
        footer = the(page(chrome).find("footer")).get_text(" ", strip=True)
        assert footer.endswith(
            "OFFICIAL-SENSITIVE. Do not enter names of children, families or practitioners."
        )


def test_what_was_just_done_is_announced_once_and_what_to_do_in_danger_is_on_the_page() -> None:
    html = page(SIGNED_IN)
    banner = the(html.find(role="alert"))
    assert "The round is open." in banner.text
    assert "ring 01632 960000 now" in the(html.select_one(".app-concern")).text
    assert page(Chrome()).find(role="alert") is None
    assert page(Chrome()).select_one(".app-concern") is None


def test_signed_out_there_is_nowhere_to_go_and_nobody_to_sign_out() -> None:
    html = page(Chrome())
    assert html.find("nav") is None
    assert html.find("form") is None


def test_a_link_that_leads_nowhere_yet_is_not_shown() -> None:
    assert the(page(Chrome()).find("footer")).find("a") is None


@pytest.mark.parametrize("status", [403, 404, 409, 413, 415, 422, 429, 500, 503, 418, 502])
def test_every_refusal_says_what_it_is_what_to_do_and_what_to_quote(status: int) -> None:
    main = the(refusal(status, reference="4f1d22a9").find("main"))
    said = [paragraph.text.strip() for paragraph in main.find_all("p")]
    assert len(the(main.find("h1")).text) > 5
    assert len(said) == 4
    assert said[-1] == "Reference: 4f1d22a9"
    assert str(status) not in main.text


def test_a_refusal_that_knows_more_says_it_in_place_of_the_usual_sentence() -> None:
    main = the(refusal(409, explanation="The round has closed.").find("main"))
    assert "The round has closed." in main.text
    assert "Something has changed" not in main.text
    assert "Reference" not in main.text
