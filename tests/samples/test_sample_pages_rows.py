"""The rows of the imported list: looked through, left out with a reason, taken back."""

from bs4 import BeautifulSoup

from app.rounds.rules import Stage
from tests.browsing import find_form, form_values, heading, words
from tests.conftest import nothing_written
from tests.samples.sampling import Sampling


def _references(page: BeautifulSoup) -> list[str]:
    return [cell.get_text() for cell in page.select("#rows tbody th")]


def _row_at(sampling: Sampling, reference: str) -> str:
    page = sampling.coordinator.page(f"{sampling.at}/rows?reference={reference}")
    link = page.select_one("#rows tbody a")
    assert link
    return str(link["href"]).removesuffix("/exclusion")


def test_rows_are_shown_fifty_at_a_time(sampling: Sampling) -> None:
    sampling.imported()
    first = sampling.coordinator.page(f"{sampling.at}/rows")
    last = sampling.coordinator.page(f"{sampling.at}/rows?page=3")
    assert _references(first) == [f"HM-{n:06d}" for n in range(1, 51)]
    assert _references(last) == [f"HM-{n:06d}" for n in range(101, 121)]
    assert sampling.coordinator.page(f"{sampling.at}/rows?page=nonsense")


def test_rows_can_be_found_by_reference_and_by_outcome(sampling: Sampling) -> None:
    sampling.imported()
    by_reference = sampling.coordinator.page(f"{sampling.at}/rows?reference=hm-00004")
    assert len(_references(by_reference)) == 10
    by_outcome = sampling.coordinator.page(f"{sampling.at}/rows?outcome=section_47")
    assert _references(by_outcome)[:2] == ["HM-000004", "HM-000008"]
    nothing = sampling.coordinator.page(f"{sampling.at}/rows?reference=%25")
    assert "No row is like that" in words(nothing)


def test_there_are_no_rows_before_a_list_is_imported(sampling: Sampling) -> None:
    assert sampling.coordinator.get(f"{sampling.at}/rows").status_code == 404


def test_a_row_left_out_cannot_be_drawn_and_its_reason_is_stated(sampling: Sampling) -> None:
    sampling.imported()
    row = _row_at(sampling, "HM-000004")
    answer = sampling.coordinator.submit(f"{row}/exclusion", {"reason": "It is there twice"})
    left_out = sampling.coordinator.follow(answer)
    assert _references(left_out) == ["HM-000004"]
    assert "from 119" in sampling.preview().text
    sampling.confirm(sampling.preview(), "/draw")
    page = sampling.coordinator.page(sampling.at)
    assert "of which 119 could be drawn" in words(page)
    assert "Left out before the draw, with these reasons: It is there twice (1)" in words(page)


def test_a_row_taken_back_can_be_drawn_again(sampling: Sampling) -> None:
    sampling.imported()
    row = _row_at(sampling, "HM-000004")
    sampling.coordinator.submit(f"{row}/exclusion", {"reason": "It is there twice"})
    answer = sampling.coordinator.submit(f"{row}/exclusion", form="/inclusion")
    assert _references(sampling.coordinator.follow(answer)) == []
    assert "from 120" in sampling.preview().text


def test_a_reason_that_another_gave_meanwhile_is_read_before_it_is_replaced(
    sampling: Sampling,
) -> None:
    sampling.imported()
    page = f"{_row_at(sampling, 'HM-000004')}/exclusion"
    opened = form_values(find_form(sampling.coordinator.page(page), "/exclusion"))
    sampling.coordinator.submit(page, {"reason": "It is there twice"}, form="/exclusion")

    late = sampling.coordinator.post(page, {**opened, "reason": "The record is restricted"})

    assert late.status_code == 409
    assert "Somebody else left it out, with the reason “It is there twice”" in heading(late)
    assert "The record is restricted" in late.text
    again = sampling.press(late, "/exclusion")
    assert "The record is restricted" in words(sampling.coordinator.follow(again))


def test_a_form_about_a_row_sent_back_keeps_the_reason_that_it_was_made_from(
    sampling: Sampling,
) -> None:
    sampling.imported()
    page = f"{_row_at(sampling, 'HM-000004')}/exclusion"
    opened = form_values(find_form(sampling.coordinator.page(page), "/exclusion"))
    sampling.coordinator.submit(page, {"reason": "It is there twice"}, form="/exclusion")
    sent_back = sampling.coordinator.post(page, {**opened, "reason": ""})
    assert sent_back.status_code == 422
    answer = sampling.press(sent_back, "/exclusion", reason="The record is restricted")
    assert answer.status_code == 409


def test_a_row_is_not_left_out_without_a_reason_that_can_be_told(sampling: Sampling) -> None:
    sampling.imported()
    row = _row_at(sampling, "HM-000004")
    with nothing_written(sampling.database):
        for reason, sentence in (
            ("", "Say why this referral is left out"),
            ("Same as 999 000 0026", "This looks as if it holds NHS numbers"),
            ("x" * 501, "Reason must be 500 characters or fewer"),
        ):
            answer = sampling.coordinator.submit(f"{row}/exclusion", {"reason": reason})
            assert answer.status_code == 422
            assert sentence in heading(answer)


def test_after_the_draw_no_row_is_left_out_or_taken_back(sampling: Sampling) -> None:
    sampling.imported()
    row = _row_at(sampling, "HM-000004")
    sampling.coordinator.submit(f"{row}/exclusion", {"reason": "It is there twice"})
    sampling.confirm(sampling.preview(), "/draw")
    assert sampling.coordinator.post(f"{row}/inclusion").status_code == 409
    again = sampling.coordinator.post(f"{row}/exclusion", {"reason": "Another"})
    assert again.status_code == 409
    page = sampling.coordinator.page(f"{sampling.at}/rows?excluded=yes")
    assert _references(page) == ["HM-000004"]
    assert not page.select("#rows tbody a")


def test_rows_are_changed_only_while_the_round_is_sampling(sampling: Sampling) -> None:
    sampling.imported()
    row = _row_at(sampling, "HM-000004")
    sampling.stage(Stage.OPEN)
    answer = sampling.coordinator.post(f"{row}/exclusion", {"reason": "It is there twice"})
    assert answer.status_code == 409
