"""Drawing on the web: designs that cannot be met, drawn once, checked, replaced, typed in."""

import re

import pytest
from httpx import Response
from sqlalchemy import text

from app.access import NotNow
from app.rounds.rules import Stage
from app.samples.choosing import suggested
from app.samples.commands import import_list
from app.samples.forms import ImportOfList
from app.samples.models import DrawRecord, Subject, UploadedList
from app.samples.queries import draw_of, frame_of, statement_for
from tests.browsing import Visitor, find_form, form_values, heading, soup, words
from tests.conftest import nothing_written
from tests.factories import ident
from tests.samples.sampling import DESIGN, Sampling, good_list

IMPOSSIBLE = {
    "too many of one outcome": ({"section_47": "31"}, "Section 47 has 30 referrals; you asked"),
    "more re-referred than there are": ({"minimum": "41"}, "The list has 40 re-referred"),
    "more re-referred than places": ({"minimum": "19"}, "At most 18 re-referred fit"),
    "nothing": (dict.fromkeys(list(DESIGN)[1:5], "0") | {"minimum": "0"}, "Ask for one referral"),
    "an outcome left blank": ({"early_help": ""}, "Say how many for Early help; write 0"),
    "less than nothing": ({"early_help": "-1"}, "Early help must be a whole number, 0 or more"),
    "part of a referral": ({"early_help": "2.5"}, "Early help must be a whole number"),
    "shares of no total": ({"by": "share"}, "Say how many referrals to draw in total"),
    "shares over a hundred": ({"by": "share", "total": "9"}, "Shares must add up to 100"),
    "a seed that others cannot type": ({"seed": "caf\u00e9"}, "A seed is made of plain letters"),
}


@pytest.mark.parametrize("design", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_design_that_cannot_be_met_is_refused_in_its_sentence(
    sampling: Sampling, design: tuple[dict[str, str], str]
) -> None:
    asked, sentence = design
    sampling.imported()
    with nothing_written(sampling.database):
        answer = sampling.preview(**asked)
    assert answer.status_code == 422
    assert sentence in heading(answer)
    kept = form_values(find_form(soup(answer), "/preview"))
    assert {name: kept.get(name, "") for name in asked} == asked
    for link in soup(answer).select(".govuk-error-summary a"):
        assert soup(answer).select_one(f'[id="{str(link["href"])[1:]}"]')


def test_shares_are_places_of_the_total(sampling: Sampling) -> None:
    sampling.imported()
    shares = {"no_further_action": "50", "early_help": "30", "section_17": "10", "section_47": "10"}
    answer = sampling.preview(by="share", total="20", **shares)
    assert "20 referrals will be drawn from 120" in answer.text


def test_there_is_nothing_to_draw_from_before_a_list_is_imported(sampling: Sampling) -> None:
    assert sampling.coordinator.get(f"{sampling.at}/draw").status_code == 409
    assert sampling.coordinator.post(f"{sampling.at}/draw/preview", DESIGN).status_code == 409


def test_a_seed_left_empty_is_made_here_and_another_each_time(sampling: Sampling) -> None:
    sampling.imported()
    first, second = sampling.preview(seed=""), sampling.preview(seed="")
    seeds = [form_values(find_form(soup(page), "/draw"))["seed"] for page in (first, second)]
    assert all(re.fullmatch("[0-9a-f]{32}", str(seed)) for seed in seeds)
    assert seeds[0] != seeds[1]
    sampling.confirm(first, "/draw")
    record = _record(sampling)
    assert (record.seed, record.seed_made) == (seeds[0], True)


def test_a_typed_seed_cannot_pass_for_one_made_here(sampling: Sampling) -> None:
    sampling.imported()
    preview = sampling.preview(seed="")
    sampling.confirm(preview, "/draw", seed="00000000000000000000000000000001")
    assert _record(sampling).seed_made is False


def test_the_draw_is_refused_when_the_list_has_changed_since_the_preview(
    sampling: Sampling,
) -> None:
    sampling.imported()
    preview = sampling.preview()
    rows = sampling.coordinator.page(f"{sampling.at}/rows")
    link = rows.select_one("#rows tbody a")
    assert link
    sampling.coordinator.submit(str(link["href"]), {"reason": "It is there twice"})
    answer = sampling.press(preview, "/draw")
    assert answer.status_code == 409
    assert "The list has changed since the preview" in answer.text
    assert sampling.counts()["subject"] == 0


def test_a_sample_is_drawn_once_however_often_the_button_is_pressed(sampling: Sampling) -> None:
    sampling.imported()
    preview = sampling.preview()
    sampling.confirm(preview, "/draw")
    before = sampling.counts()
    with nothing_written(sampling.database):
        assert sampling.press(preview, "/draw").status_code == 409
        assert sampling.coordinator.get(f"{sampling.at}/draw").status_code == 409
    assert sampling.counts() == before
    assert before["draw"] == 1


def test_a_list_that_waits_goes_when_the_sample_is_drawn(sampling: Sampling) -> None:
    sampling.imported()
    preview = sampling.preview()
    waiting = sampling.list_at()
    sampling.confirm(preview, "/draw")
    assert sampling.counts()["uploaded_list"] == 0
    assert sampling.coordinator.get(waiting).status_code == 404


def test_no_list_is_imported_by_a_page_left_open_through_the_draw(sampling: Sampling) -> None:
    sampling.drawn()
    with sampling.database.writing() as session:
        frame = frame_of(session, ident(sampling.audit.strand))
        assert frame
        given = ImportOfList(**suggested(good_list()).model_dump(), replaces=frame.ref)
        late = UploadedList(content={"columns": [], "rows": [], "notes": []})
        with pytest.raises(NotNow, match="The sample has been drawn from the list"):
            import_list(session, sampling.actor, sampling.sampled, late, given)
    assert sampling.counts()["frame_row"] == 120


def test_the_draw_says_who_drew_when_and_how(sampling: Sampling) -> None:
    sampling.drawn()
    record = _record(sampling)
    page = words(sampling.coordinator.page(sampling.at))
    assert f"15 September 2026 at 10:00am by {sampling.world.coordinator.name}" in page
    assert "stratified-ticket/1" in page
    assert record.digest in page


def test_a_row_edited_behind_its_back_is_found_by_the_check(sampling: Sampling) -> None:
    sampling.drawn()
    chosen = next(s for s in sampling.subjects() if s.state == "chosen")
    _sql(
        sampling,
        "UPDATE frame_row SET reference = 'HM-999999' WHERE id = :row",
        row=chosen.frame_row_id,
    )
    page = words(sampling.coordinator.page(f"{sampling.at}/check"))
    assert "is not the one recorded" in page
    assert "its digest differs" in page
    assert "HM-999999 is recorded as chosen, and the redraw does not give it" in page
    for who in (sampling.world.lead, sampling.world.scrutineer):
        seen = words(sampling.browse.as_(who).page(f"{sampling.at}/check"))
        assert "The coordinator sees which" in seen
        assert "HM-" not in seen


def test_a_referral_swapped_for_another_is_found_by_the_check(sampling: Sampling) -> None:
    sampling.drawn()
    first = sampling.subjects()[0]
    _sql(
        sampling,
        "UPDATE subject SET frame_row_id = (SELECT max(id) FROM frame_row WHERE id NOT IN "
        "(SELECT frame_row_id FROM subject WHERE frame_row_id IS NOT NULL)) WHERE id = :subject",
        subject=first.id,
    )
    page = words(sampling.coordinator.page(f"{sampling.at}/check"))
    assert "is recorded as chosen, and the redraw does not give it" in page


def test_there_is_nothing_to_check_before_the_draw(sampling: Sampling) -> None:
    assert sampling.coordinator.get(f"{sampling.at}/check").status_code == 409


def test_when_the_list_is_gone_the_statement_stays(sampling: Sampling) -> None:
    sampling.drawn()
    told = _statement(sampling)
    _sql(sampling, "UPDATE subject SET frame_row_id = NULL")
    _sql(sampling, "DELETE FROM frame_row")
    assert _statement(sampling) == told
    page = words(sampling.coordinator.page(f"{sampling.at}/check"))
    assert "The list has been deleted" in page
    assert sampling.coordinator.get(sampling.at).status_code == 200


def test_a_subject_is_replaced_by_the_next_reserve_of_its_group(sampling: Sampling) -> None:
    sampling.drawn()
    sampling.stage(Stage.OPEN)
    subject = sampling.subjects()[0]
    waiting = _reserves_of(sampling, subject)
    answer = _replace(sampling, subject, "No agency can find the record")
    assert answer.status_code == 303
    after = {each.id: each for each in sampling.subjects()}
    assert after[subject.id].state == "replaced"
    assert after[subject.id].reason == "No agency can find the record"
    assert (after[waiting[0].id].state, after[waiting[0].id].replaces_id) == ("chosen", subject.id)
    assert after[waiting[1].id].state == "reserve"
    page = words(sampling.coordinator.page(sampling.at))
    assert f"Replaced by {waiting[0].label}: No agency can find the record" in page
    assert "1 of the referrals drawn could not be audited" in page
    assert "It is the same" in words(sampling.coordinator.page(f"{sampling.at}/check"))


def test_a_reserve_that_took_a_place_can_be_replaced_until_none_is_left(
    sampling: Sampling,
) -> None:
    sampling.drawn()
    subject = sampling.subjects()[0]
    for reserve in _reserves_of(sampling, subject):
        assert _replace(sampling, subject, "The record is restricted").status_code == 303
        subject = reserve
    page = sampling.coordinator.page(f"{sampling.at}/subjects/{subject.ref}/replacement")
    assert "No reserve is left in the group" in words(page)
    answer = sampling.coordinator.post(
        f"{sampling.at}/subjects/{subject.ref}/replacement", {"reason": "x", "reserve": ""}
    )
    assert answer.status_code == 409
    assert "It is the same" in words(sampling.coordinator.page(f"{sampling.at}/check"))


def test_a_replacement_wants_a_reason_and_the_reserve_that_was_shown(sampling: Sampling) -> None:
    sampling.drawn()
    subject, other = sampling.subjects()[:2]
    with nothing_written(sampling.database):
        without = _replace(sampling, subject, "")
        assert without.status_code == 422
        assert f"Say why {subject.label} is replaced" in heading(without)
        forged = sampling.coordinator.post(
            f"{sampling.at}/subjects/{subject.ref}/replacement",
            {"reason": "x", "reserve": other.ref},
        )
        assert forged.status_code == 409
    assert [s.state for s in sampling.subjects()[:2]] == ["chosen", "chosen"]


def test_pressing_replace_twice_uses_one_reserve(sampling: Sampling) -> None:
    sampling.drawn()
    subject = sampling.subjects()[0]
    at = f"{sampling.at}/subjects/{subject.ref}/replacement"
    form = form_values(find_form(sampling.coordinator.page(at), "/replacement"))
    given = {**form, "reason": "The record is restricted"}
    assert sampling.coordinator.post(at, given).status_code == 303
    assert sampling.coordinator.post(at, given).status_code == 409
    assert [s.state for s in sampling.subjects()].count("replaced") == 1


def test_nothing_is_replaced_once_returns_are_closed(sampling: Sampling) -> None:
    sampling.drawn()
    sampling.stage(Stage.RETURNS_CLOSED)
    subject = sampling.subjects()[0]
    at = f"{sampling.at}/subjects/{subject.ref}/replacement"
    assert sampling.coordinator.get(at).status_code == 409
    assert not sampling.coordinator.page(sampling.at).select("#subjects a")


TYPED = {"stratum": "section_47", "re_referred": "yes", "reason": "A case the panel asked for"}


def test_a_subject_typed_in_has_no_chance_and_the_statement_says_so(sampling: Sampling) -> None:
    assert _type_in(sampling.coordinator, sampling).status_code == 303
    (subject,) = sampling.subjects()
    assert (subject.state, subject.ticket, subject.probability_in) == ("chosen", None, None)
    page = words(sampling.coordinator.page(sampling.at))
    assert "Section 47, re-referred" in page
    assert "Not drawn" in page
    assert "The one subject was chosen on purpose and typed in, not drawn" in page
    sampling.drawn()
    page = words(sampling.coordinator.page(sampling.at))
    assert "One subject besides was chosen on purpose" in page
    assert "It is the same" in words(sampling.coordinator.page(f"{sampling.at}/check"))


def test_the_same_page_sent_twice_types_one_subject_in(sampling: Sampling) -> None:
    at = f"{sampling.at}/subjects/new"
    given = {**form_values(find_form(sampling.coordinator.page(at), "/subjects")), **TYPED}
    for _ in range(2):
        assert sampling.coordinator.post(f"{sampling.at}/subjects", given).status_code == 303
    assert len(sampling.subjects()) == 1
    other = {**given, "reason": "Another"}
    assert sampling.coordinator.post(f"{sampling.at}/subjects", other).status_code == 409


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"stratum": ""}, "Choose the outcome"),
        ({"re_referred": ""}, "Say whether the child was referred again"),
        ({"reason": ""}, "Say why this one is added without being drawn"),
        ({"reason": "Born 12/03/2014"}, "This looks as if it holds dates of birth"),
        ({"label": "TANSY"}, "The form could not be read"),
        ({"probability_of": "1"}, "This form does not ask for"),
    ],
)
def test_a_subject_that_does_not_say_enough_is_not_typed_in(
    sampling: Sampling, changed: dict[str, str], sentence: str
) -> None:
    with nothing_written(sampling.database):
        answer = _type_in(sampling.coordinator, sampling, **changed)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert sampling.subjects() == []


def test_a_typed_in_subject_has_no_reserve(sampling: Sampling) -> None:
    _type_in(sampling.coordinator, sampling)
    (subject,) = sampling.subjects()
    at = f"{sampling.at}/subjects/{subject.ref}/replacement"
    assert sampling.coordinator.get(at).status_code == 409


def _type_in(who: Visitor, sampling: Sampling, **changed: str) -> Response:
    return who.submit(f"{sampling.at}/subjects/new", {**TYPED, **changed}, form="/subjects")


def _replace(sampling: Sampling, subject: Subject, reason: str) -> Response:
    at = f"{sampling.at}/subjects/{subject.ref}/replacement"
    return sampling.coordinator.submit(at, {"reason": reason}, form="/replacement")


def _reserves_of(sampling: Sampling, subject: Subject) -> list[Subject]:
    return [
        each
        for each in sampling.subjects()
        if each.state == "reserve"
        and (each.stratum, each.re_referred) == (subject.stratum, subject.re_referred)
    ]


def _record(sampling: Sampling) -> DrawRecord:
    with sampling.database.reading() as session:
        found = draw_of(session, ident(sampling.audit.strand))
    assert found
    return found


def _statement(sampling: Sampling) -> str | None:
    with sampling.database.reading() as session:
        return statement_for(session, ident(sampling.audit.strand), counts=True)


def _sql(sampling: Sampling, statement: str, **values: object) -> None:
    with sampling.database.writing() as session:
        session.connection().execute(text(statement), values)
