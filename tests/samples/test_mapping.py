from dataclasses import replace

import pytest

from app.samples.frame import Stratum
from app.samples.lists import Column
from app.samples.mapping import Mapping, outcome_words, suggest, suggest_outcome


def column(letter: str, heading: str, *cells: str) -> Column:
    return Column(letter, heading, kept=True, cells=cells)


REFERENCE = column("A", "Ref", "HM-1", "HM-2", "HM-3", "HM-4")
RECEIVED = column("B", "Date received", "01/08/2025", "02/08/2025", "03/08/2025", "04/08/2025")
OUTCOME = column("C", "Outcome", "NFA", "EH", "C&F assessment s17", "nfa")
PREVIOUS = column("D", "Previous referral date", "", "01/06/2025", "", "")
AGAIN = column("D", "Re-referral?", "Yes", "No", "No", "No")
REFERRER = column("E", "Referrer", "Police", "Police", "Larkhill Primary School", "Police")


def test_a_usual_list_is_mapped_without_asking() -> None:
    assert suggest((REFERENCE, RECEIVED, OUTCOME, PREVIOUS, REFERRER)) == Mapping(
        reference="A",
        outcome="C",
        received="B",
        previous="D",
        outcomes=(
            ("nfa", Stratum.NO_FURTHER_ACTION),
            ("eh", Stratum.EARLY_HELP),
            ("c&f assessment s17", Stratum.SECTION_17),
        ),
    )


def test_a_yes_or_no_serves_where_there_is_no_earlier_date() -> None:
    found = suggest((REFERENCE, RECEIVED, OUTCOME, AGAIN, REFERRER))
    assert (found.previous, found.re_referred) == (None, "D")


def test_columns_in_another_order_with_plain_headings_are_still_told_apart() -> None:
    found = suggest(
        (
            column("A", "Threshold decision", *OUTCOME.cells),
            column("B", "Last referral", *PREVIOUS.cells),
            column("C", "Contact date", *RECEIVED.cells),
            column("D", "Case no", *REFERENCE.cells),
        )
    )
    assert (found.outcome, found.previous, found.received, found.reference) == ("A", "B", "C", "D")


def test_a_dropped_column_is_never_suggested() -> None:
    names = Column("A", "Reference name", kept=False, reason="is headed as names")
    assert suggest((names, RECEIVED, OUTCOME)).reference is None


def test_an_earlier_date_is_not_mistaken_for_the_only_date() -> None:
    assert suggest((REFERENCE, OUTCOME, RECEIVED)).previous is None


@pytest.mark.parametrize(
    ("word", "stratum"),
    [
        ("NFA", Stratum.NO_FURTHER_ACTION),
        ("No further action", Stratum.NO_FURTHER_ACTION),
        ("Information and advice", Stratum.NO_FURTHER_ACTION),
        ("Early Help", Stratum.EARLY_HELP),
        ("EH", Stratum.EARLY_HELP),
        ("C&F assessment s17", Stratum.SECTION_17),
        ("Child and family assessment", Stratum.SECTION_17),
        ("CIN", Stratum.SECTION_17),
        ("Section 17", Stratum.SECTION_17),
        ("S.47", Stratum.SECTION_47),
        ("section 47 enquiry", Stratum.SECTION_47),
        ("Strategy discussion", Stratum.SECTION_47),
        ("Family help", None),
        ("S17/S47", None),
        ("Closed to early help", None),
        ("Pending", None),
    ],
)
def test_words_for_an_outcome_are_recognised_and_unclear_ones_left_to_a_person(
    word: str, stratum: Stratum | None
) -> None:
    assert suggest_outcome(word) is stratum


def test_the_same_word_in_other_capitals_or_spaces_is_one_word() -> None:
    assert outcome_words(column("C", "Outcome", "NFA", " nfa", "N F A", "Nfa ")) == ("NFA", "N F A")


def test_the_surest_heading_wins_over_the_first_column() -> None:
    decided = column("A", "Decision date", "05/08/2025", "05/08/2025", "06/08/2025", "06/08/2025")
    priority = column("E", "Priority", "", "", "", "")
    found = suggest((decided, RECEIVED, OUTCOME, replace(REFERENCE, letter="F"), priority))
    assert (found.received, found.outcome, found.previous) == ("B", "C", None)
