"""Every page is typed: its template uses exactly what its dataclass gives."""

import re
from dataclasses import fields

import pytest
from jinja2 import meta, nodes

import app.main  # noqa: F401 - registers every page
from app.web.pages import TEMPLATES, Page, environment

GIVEN_TO_ALL = {"chrome", "token", "asset"}


def names_used_by(template: str) -> set[str]:
    """Every name that a template, and what it extends or includes, expects to be given."""
    loader = environment().loader
    assert loader is not None
    tree = environment().parse(loader.get_source(environment(), template)[0])
    used = set(meta.find_undeclared_variables(tree)) - made_by_itself(tree)
    for other in meta.find_referenced_templates(tree):
        if other and not other.startswith("macros/"):
            used |= names_used_by(other)
    return used


def made_by_itself(tree: nodes.Template) -> set[str]:
    """What a template imports or sets itself: Jinja's analysis does not follow it into blocks."""
    imported = {
        name if isinstance(name, str) else name[1]
        for each in tree.find_all(nodes.FromImport)
        for name in each.names
    }
    assigned = {
        name.name
        for each in tree.find_all(nodes.Assign)
        for name in [each.target, *each.target.find_all(nodes.Name)]
        if isinstance(name, nodes.Name)
    }
    return imported | assigned | {each.name for each in tree.body if isinstance(each, nodes.Macro)}


@pytest.mark.parametrize("page", Page.known, ids=lambda page: page.__name__)
def test_a_template_uses_exactly_what_its_page_gives(page: type[Page]) -> None:
    given = {field.name for field in fields(page)}
    used = names_used_by(page.template)

    assert used <= given | GIVEN_TO_ALL
    assert given <= used


def test_no_template_runs_scripts_or_styles_inline_or_marks_text_safe() -> None:
    forbidden = re.compile(
        r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|hx-on|hx-boost|js:|\|\s*safe\b"
    )
    found = [
        f"{path.relative_to(TEMPLATES)}: {line.strip()}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.search(line)
    ]

    assert found == []


def test_every_form_that_changes_something_carries_the_token() -> None:
    without = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL)
        without += [str(path.relative_to(TEMPLATES)) for form in forms if "token" not in form]

    # No session to bind one to.
    before_sign_in = {
        "people/sign_in.html",
        "people/link.html",
        "responses/_sign_in_again.html",
    }
    assert [name for name in without if name not in before_sign_in] == []
