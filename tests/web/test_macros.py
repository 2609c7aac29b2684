"""Our macros make the elements that GOV.UK Frontend's own macros make."""

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup

from app.web.pages import environment
from tests.web.published import dates, nodes, oracle, text

HINT = text("As it will appear on reports")
ERROR = text("Enter a title")
LEGEND = {"legend": text("Grade?")}
GRADES = [
    text("Good", value="good", hint=text("Most needs have an action.")),
    text("Poor", value="poor"),
    {"divider": "or"},
    text("Not known", value="~not_known"),
]
WARDS = [text("Choose one", value=""), text("North", value="n"), text("South", value="s")]
AGENCIES = [text("Police", value="p", hint=text("The force")), text("Health", value="h")]
CHANGE = text("Change", href="/lead", visuallyHiddenText="lead")
ROWS = [
    {"key": text("Title"), "value": text("Neglect")},
    {"key": text("Lead"), "value": text("P. Marlowe"), "actions": {"items": [CHANGE]}},
]
TASKS = [
    {"title": text("Name"), "href": "/name", "status": text("Completed")},
    {
        "title": text("Sample"),
        "href": "/sample",
        "hint": text("Two of six"),
        "status": {"tag": text("In progress", classes="govuk-tag--blue")},
    },
    {
        "title": text("Open"),
        "status": text("Not yet", classes="govuk-task-list__status--cannot-start-yet"),
    },
]
NUMBERED = [
    {"number": 1, "href": "/1"},
    {"number": 2, "href": "/2", "current": True},
    {"ellipsis": True},
    {"number": 9, "href": "/9"},
]

# The same things, as our macros want them.
OURS = {
    "hint": HINT["text"],
    "error": ERROR["text"],
    "grades": [
        ("good", "Good", "Most needs have an action."),
        ("poor", "Poor"),
        "or",
        ("~not_known", "Not known"),
    ],
    "wards": [("", "Choose one"), ("n", "North"), ("s", "South")],
    "agencies": [("p", "Police", "The force"), ("h", "Health")],
    "rows": [("Title", "Neglect"), ("Lead", "P. Marlowe", [("Change", "/lead", "lead")])],
    "tasks": [
        ("Name", "/name", "Completed", "", None),
        ("Sample", "/sample", "In progress", "blue", "Two of six"),
        ("Open", None, "Not yet", "", None),
    ],
    "numbered": [(1, "/1", False), (2, "/2", True), "⋯", (9, "/9", False)],
}

FIELDS = {
    "a text input": (
        "{{ text_input('title', 'Title') }}",
        oracle("input", name="title", id="title", label=text("Title")),
    ),
    "a text input with everything": (
        """{{ text_input('title', 'Title', 'A & B', hint, error, width=10, suffix='days',
            inputmode='numeric', autocomplete='off', spellcheck=False, page_heading=True,
            label_class='govuk-label--l', attributes={'data-x': '1', 'data-y': None}) }}""",
        oracle(
            "input",
            name="title",
            id="title",
            value="A & B",
            hint=HINT,
            errorMessage=ERROR,
            classes="govuk-input--width-10",
            suffix=text("days"),
            inputmode="numeric",
            autocomplete="off",
            spellcheck=False,
            attributes={"data-x": "1"},
            label=text("Title", classes="govuk-label--l", isPageHeading=True),
        ),
    ),
    "a textarea": (
        "{{ textarea('why', 'Why?', 'Because.', hint, rows=3) }}",
        oracle(
            "textarea",
            id="why",
            name="why",
            value="Because.",
            hint=HINT,
            rows=3,
            label=text("Why?"),
        ),
    ),
    "a textarea that is wrong": (
        "{{ textarea('why', 'Why?', error=error) }}",
        oracle("textarea", id="why", name="why", errorMessage=ERROR, label=text("Why?")),
    ),
    "a textarea that counts": (
        "{{ textarea('why', 'Why?', hint=hint, limit=200) }}",
        oracle(
            "character-count",
            id="why",
            name="why",
            hint=HINT,
            maxlength=200,
            rows=5,
            label=text("Why?"),
        ),
    ),
    "a select": (
        "{{ select('ward', 'Ward', wards, 's') }}",
        oracle("select", id="ward", name="ward", items=WARDS, value="s", label=text("Ward")),
    ),
    "a select that is wrong": (
        "{{ select('ward', 'Ward', wards, hint=hint, error=error) }}",
        oracle(
            "select",
            id="ward",
            name="ward",
            items=WARDS,
            hint=HINT,
            errorMessage=ERROR,
            label=text("Ward"),
        ),
    ),
    "a file upload": (
        "{{ file_upload('list', 'List', hint, error, accept='.csv', multiple=True) }}",
        oracle(
            "file-upload",
            id="list",
            name="list",
            hint=HINT,
            errorMessage=ERROR,
            multiple=True,
            attributes={"accept": ".csv"},
            label=text("List"),
        ),
    ),
    "a date": (
        "{{ date_input('due', 'Grade?', '27', '3', '2026', hint) }}",
        dates("27", "3", "2026", hint=HINT, fieldset=LEGEND),
    ),
    "a date that is wrong": (
        "{{ date_input('due', 'Grade?', '31', '2', '', error=error, wrong=['day', 'month']) }}",
        dates("31", "2", None, wrong=["day", "month"], errorMessage=ERROR, fieldset=LEGEND),
    ),
    "radios": (
        "{{ radios('grade', 'Grade?', grades) }}",
        oracle("radios", name="grade", fieldset=LEGEND, items=GRADES),
    ),
    "small radios, chosen and wrong": (
        "{{ radios('grade', 'Grade?', grades, 'poor', hint, error, small=True) }}",
        oracle(
            "radios",
            name="grade",
            fieldset=LEGEND,
            items=GRADES,
            value="poor",
            hint=HINT,
            errorMessage=ERROR,
            classes="govuk-radios--small",
        ),
    ),
    "radios in a line": (
        "{{ radios('grade', 'Grade?', grades, inline=True) }}",
        oracle(
            "radios", name="grade", fieldset=LEGEND, items=GRADES, classes="govuk-radios--inline"
        ),
    ),
    "checkboxes": (
        "{{ checkboxes('who', 'Grade?', agencies, ['h'], hint, error) }}",
        oracle(
            "checkboxes",
            name="who",
            fieldset=LEGEND,
            items=AGENCIES,
            values=["h"],
            hint=HINT,
            errorMessage=ERROR,
        ),
    ),
    "checkboxes of which one stands alone": (
        "{{ checkboxes('who', 'Grade?', [('p', 'Police'), 'or', ('n', 'Nobody', none, true)]) }}",
        oracle(
            "checkboxes",
            name="who",
            fieldset=LEGEND,
            items=[
                text("Police", value="p"),
                {"divider": "or"},
                text("Nobody", value="n", behaviour="exclusive"),
            ],
        ),
    ),
    "one checkbox without a legend": (
        "{{ checkboxes('declare', None, [('1', 'I have read it')], small=True) }}",
        oracle(
            "checkboxes",
            name="declare",
            classes="govuk-checkboxes--small",
            items=[text("I have read it", value="1")],
        ),
    ),
    "a fieldset": (
        "{% call fieldset('Grade?') %}<p>One</p>{% endcall %}",
        oracle("fieldset", html=Markup("<p>One</p>"), **LEGEND),
    ),
}

PARTS = {
    "a button": ("{{ button('Send') }}", oracle("button", type="submit", **text("Send"))),
    "a button that warns, sends a value and ignores a second press": (
        "{{ button('Withdraw', 'warning', name='do', value='withdraw', once=True) }}",
        oracle(
            "button",
            type="submit",
            name="do",
            value="withdraw",
            preventDoubleClick=True,
            classes="govuk-button--warning",
            **text("Withdraw"),
        ),
    ),
    "a link that looks like a button": (
        "{{ button('Carry on', href='/next', kind='secondary') }}",
        oracle("button", href="/next", classes="govuk-button--secondary", **text("Carry on")),
    ),
    "a back link": (
        "{{ back_link('/', 'Back to my work') }}",
        oracle("back-link", href="/", **text("Back to my work")),
    ),
    "breadcrumbs": (
        "{{ breadcrumbs([('Rounds', '/rounds'), ('Neglect', None)]) }}",
        oracle("breadcrumbs", items=[text("Rounds", href="/rounds"), text("Neglect")]),
    ),
    "an error summary": (
        "{{ error_summary({'title': 'Enter one', 'due': 'Enter a date'}, {'due': 'due-2'}) }}",
        oracle(
            "error-summary",
            titleText="There is a problem",
            errorList=[text("Enter one", href="#title"), text("Enter a date", href="#due-2")],
        ),
    ),
    "details": (
        "{% call details('Where to look') %}<p>The file</p>{% endcall %}",
        oracle("details", summaryText="Where to look", html=Markup("<p>The file</p>")),
    ),
    "a banner": (
        "{{ notification_banner('It closes on Friday.') }}",
        oracle("notification-banner", titleId="notification-title", **text("It closes on Friday.")),
    ),
    "a banner for what went well": (
        "{{ notification_banner('It is open.', success=True, id='done') }}",
        oracle("notification-banner", titleId="done", type="success", **text("It is open.")),
    ),
    "an inset": ("{{ inset_text('A < B') }}", oracle("inset-text", **text("A < B"))),
    "a warning": ("{{ warning_text('It stays.') }}", oracle("warning-text", **text("It stays."))),
    "a panel": (
        "{{ panel('Sent', 'Reference R-7F3K') }}",
        oracle("panel", titleText="Sent", **text("Reference R-7F3K")),
    ),
    "a tag": (
        "{{ tag('Sent', 'green') }}",
        oracle("tag", classes="govuk-tag--green", **text("Sent")),
    ),
    "a summary list": ("{{ summary_list(rows) }}", oracle("summary-list", rows=ROWS)),
    "a summary list written row by row": (
        "{% call summary_list() %}{% call summary_row('Title') %}Neglect{% endcall %}{% endcall %}",
        oracle("summary-list", rows=ROWS[:1]),
    ),
    "tasks": ("{{ task_list(tasks) }}", oracle("task-list", idPrefix="tasks", items=TASKS)),
    "numbered pages": (
        "{{ pagination('/1', '/3', numbered) }}",
        oracle("pagination", previous={"href": "/1"}, next={"href": "/3"}, items=NUMBERED),
    ),
    "the section before and the section after": (
        "{{ pagination('/1', '/3', before='The referral', label='Sections') }}",
        oracle(
            "pagination",
            landmarkLabel="Sections",
            next={"href": "/3"},
            previous={"href": "/1", "labelText": "The referral"},
        ),
    ),
}

SAME = FIELDS | PARTS


def rendered(call: str, file: str = "govuk", **values: object) -> str:
    """Return what one of our macros makes, with all of its file's macros at hand."""
    path = f"macros/{file}.html"
    macros = vars(environment().get_template(path).module)
    names = ", ".join(name for name in macros if not name.startswith("_"))
    source = f'{{% from "{path}" import {names} %}}{call}'
    return environment().from_string(source).render(values)


@pytest.mark.parametrize(("call", "theirs"), SAME.values(), ids=SAME.keys())
def test_each_macro_makes_what_the_published_one_makes(call: str, theirs: str) -> None:
    assert nodes(rendered(call, **OURS)) == nodes(theirs)


def test_a_table_is_the_published_one_in_a_region_that_scrolls_and_can_be_reached() -> None:
    html = rendered("{{ table('t', 'Returns', ['Agency', 'Sent'], [['Police', 3]], [1]) }}")
    theirs = oracle(
        "table",
        caption="Returns",
        captionClasses="govuk-table__caption--m",
        firstCellIsHeader=True,
        head=[text("Agency"), text("Sent", format="numeric")],
        rows=[[text("Police"), text("3", format="numeric")]],
        attributes={"id": "t"},
    )
    region = BeautifulSoup(html, "html.parser").find("div")
    assert region is not None
    caption = region.find("caption")
    assert caption is not None
    assert (region["role"], region["tabindex"]) == ("region", "0")
    assert region["aria-labelledby"] == caption.attrs.pop("id")
    assert nodes(region.decode_contents()) == nodes(theirs)


def test_a_table_with_nothing_in_it_says_so() -> None:
    call = "{{ table('t', 'Returns', ['Agency', 'Sent'], empty='No agency has sent one.') }}"
    cell = BeautifulSoup(rendered(call), "html.parser").find("td")
    assert cell is not None
    assert (cell["colspan"], cell.text) == ("2", "No agency has sent one.")


def test_a_tables_rows_may_be_written_by_hand() -> None:
    call = "{% call table('t', 'Returns', ['Agency'], empty='None') %}<tr id='x'></tr>{% endcall %}"
    body = BeautifulSoup(rendered(call), "html.parser").find("tbody")
    assert body is not None
    assert [row.get("id") for row in body.find_all("tr")] == ["x"]


def test_the_first_of_several_choices_is_where_the_error_summary_leads() -> None:
    radios = rendered("{{ radios('q.reason', 'Why?', [('1', 'One'), ('2', 'Two')]) }}")
    summary = rendered("{{ error_summary({'q.reason': 'Say why'}) }}")
    first = BeautifulSoup(radios, "html.parser").find("input")
    link = BeautifulSoup(summary, "html.parser").find("a")
    assert first is not None
    assert link is not None
    assert link["href"] == f"#{first['id']}"


def test_a_question_can_be_written_choice_by_choice() -> None:
    by_hand = rendered(
        """{% call radio_group('grade', 'Grade', small=True) %}
        {{ radio('grade', 'g', 'Good', 'grade', hint='Mostly') }}{{ radio_divider() }}
        {{ radio('grade', '~na', 'Not applicable', 'grade-3', checked=True) }}{% endcall %}"""
    )
    at_once = rendered(
        """{{ radios('grade', 'Grade', [('g', 'Good', 'Mostly'), 'or', ('~na', 'Not applicable')],
        '~na', small=True) }}"""
    )
    assert nodes(by_hand) == nodes(at_once)


def test_without_errors_there_is_no_summary_of_them() -> None:
    assert rendered("{{ error_summary({}) }}").strip() == ""


def test_nothing_chosen_is_not_the_choice_with_an_empty_value() -> None:
    call = "{{ radios('a', 'A', [('', 'None of these'), ('None', 'Word')], value) }}"
    assert "checked" not in rendered(call, value=None)
    assert rendered(call, value="").count("checked") == 1


def test_a_number_and_the_same_number_as_text_are_the_same_choice() -> None:
    assert "checked" in rendered("{{ radios('a', 'A', [(1, 'One')], '1') }}")
    assert "checked" in rendered("{{ checkboxes('a', 'A', [(1, 'One')], ['1']) }}")
    assert "selected" in rendered("{{ select('a', 'A', [('1', 'One')], 1) }}")


def test_a_first_empty_line_that_was_typed_is_kept() -> None:
    html = rendered("{{ textarea('why', 'Reason', value) }}", value="\nSecond line")
    # A browser drops one line break after <textarea>, so there must be two.
    assert ">\n\nSecond line</textarea>" in html


@pytest.mark.parametrize(
    "call",
    [
        "{{ text_input('a', x, x, x, x, suffix=x, autocomplete=x, attributes={'data-x': x}) }}",
        "{{ textarea('a', x, x, x, x, limit=9) }}",
        "{{ radios('a', x, [(x, x, x), x], x, x, x) }}",
        "{{ checkboxes('a', x, [(x, x, x), x], [x], x, x) }}",
        "{{ select('a', x, [(x, x)], x, x, x) }}{{ file_upload('a', x, x, x, accept=x) }}",
        "{{ date_input('a', x, x, x, x, x, x) }}{% call fieldset(x) %}{{ x }}{% endcall %}",
        "{{ button(x, name=x, value=x) }}{{ button(x, href=x) }}{{ back_link(x, x) }}{{ tag(x) }}",
        "{{ error_summary({x: x}) }}{{ breadcrumbs([(x, x), (x, None)]) }}{{ panel(x, x) }}",
        "{{ notification_banner(x) }}{{ inset_text(x) }}{{ warning_text(x) }}{{ details(x, x) }}",
        "{{ summary_list([(x, x, [(x, x, x)])]) }}{{ table('t', x, [x], [[x, x]]) }}",
        "{{ table('t', x, [x], empty=x) }}{% call summary_card(x) %}{{ x }}{% endcall %}",
        "{{ task_list([(x, x, x, 'blue', x)]) }}{{ pagination(x, x, [(x, x, True), x], x, x) }}",
    ],
)
def test_what_people_type_is_text_and_never_markup(call: str) -> None:
    html = rendered(call, x="\"'><script>alert(1)</script> onclick=alert(1)")
    assert "<script" not in html
    assert "&lt;script" in html
    assert BeautifulSoup(html, "html.parser").find(onclick=True) is None


MOJ = {
    "a badge": (
        "{{ badge('Police', 'blue') }}",
        '<span class="moj-badge moj-badge--blue">Police</span>',
    ),
    "sub navigation": (
        "{{ sub_navigation([('Returns', '/r', True), ('Sample', '/s', False)], 'Round') }}",
        """<nav class="moj-sub-navigation" aria-label="Round">
        <ul class="moj-sub-navigation__list">
        <li class="moj-sub-navigation__item">
        <a class="moj-sub-navigation__link" aria-current="page" href="/r">Returns</a></li>
        <li class="moj-sub-navigation__item">
        <a class="moj-sub-navigation__link" href="/s">Sample</a></li></ul></nav>""",
    ),
    "a timeline": (
        """{% call timeline() %}{{ timeline_item('Sent', '2026-11-19', '19 November',
        by='T. Ashdown', text='Version 2') }}{% endcall %}""",
        """<div class="moj-timeline"><div class="moj-timeline__item">
        <div class="moj-timeline__header"><h2 class="moj-timeline__title">Sent</h2>
        <p class="moj-timeline__byline">by T. Ashdown</p></div>
        <p class="moj-timeline__date"><time datetime="2026-11-19">19 November</time></p>
        <div class="moj-timeline__description">Version 2</div></div></div>""",
    ),
}


@pytest.mark.parametrize(("call", "expected"), MOJ.values(), ids=MOJ.keys())
def test_the_ministry_of_justices_parts_have_its_elements(call: str, expected: str) -> None:
    assert nodes(rendered(call, "moj")) == nodes(expected)


def test_the_words_about_saving_are_not_read_out_at_every_pause() -> None:
    page = BeautifulSoup(rendered("{{ save_status() }}", "app"), "html.parser")
    seen = page.find(attrs={"data-app-save": True})
    spoken = page.find(attrs={"data-app-save-spoken": True})
    assert seen is not None
    assert spoken is not None
    assert seen.has_attr("hidden")  # without a script nothing saves by itself
    assert not seen.has_attr("role")
    assert (spoken["role"], spoken.text) == ("status", "")
