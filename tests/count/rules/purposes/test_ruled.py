"""What officers ruled wins over words; of several rulings, the one that names most."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.definitions.services import services
from totalplace.count.rules.purposes.classifier import Purpose
from totalplace.count.rules.purposes.words import Words
from totalplace.count.rules.rulings import Ruling, Subject

LINE = Words("Libraries", "Stock", "Spring order", "Acme Books Ltd")


def a_ruling(number: int = 1, said: str = "education", **words: str) -> Ruling:
    agency = words.pop("agency", "wex")
    made = Ruling(number, agency, Subject.PURPOSE, said, "the school library service")
    return replace(made, **words)  # type: ignore[arg-type]


def told(*rulings: Ruling, line: Words = LINE, agency: str = "wex") -> Purpose:
    (found,) = classifier().with_rulings(rulings).classify([line], agency=agency)
    return found


def test_a_ruling_wins_and_says_why() -> None:
    found = told(a_ruling(unit="Libraries"))
    assert (found.service, found.confidence) == ("education", 1.0)
    assert found.why == "ruled by an officer: the school library service"


def test_a_ruling_holds_for_the_words_it_names_and_no_others() -> None:
    assert told(a_ruling(unit="Libraries", payee="Other Ltd")).service == "culture"
    assert told(a_ruling(unit="libraries", payee="ACME BOOKS LTD")).service == "education"


def test_a_ruling_about_another_agency_does_not_hold() -> None:
    assert told(a_ruling(unit="Libraries"), agency="other").service == "culture"
    assert told(a_ruling(unit="Libraries", agency=""), agency="other").service == "education"


def test_the_ruling_that_names_more_of_a_line_wins() -> None:
    wide = a_ruling(2, "planning", unit="Libraries")
    narrow = a_ruling(1, "housing", unit="Libraries", purpose="Stock")
    assert told(wide, narrow).service == "housing"


def test_of_two_rulings_about_the_same_words_the_later_wins() -> None:
    earlier, later = a_ruling(1, "planning", unit="Libraries"), a_ruling(2, unit="Libraries")
    assert told(later, earlier).service == "education"


def test_rulings_about_other_subjects_change_no_purpose() -> None:
    payee = Ruling(1, "wex", Subject.PAYEE, "gss:E10000017", "it is the county", unit="Libraries")
    assert told(payee).service == "culture"


def test_lines_that_no_ruling_names_are_told_by_their_words() -> None:
    assert told(a_ruling(unit="Libraries"), line=Words("Refuse")).service == "environment"


@given(
    st.builds(Words, *[st.text(max_size=12)] * 4),
    st.sampled_from(sorted(services())),
    st.sampled_from(["unit", "purpose", "detail", "payee"]),
)
def test_rulings_win_over_any_words(line: Words, service: str, field: str) -> None:
    named = getattr(line, field)
    if named:
        assert told(a_ruling(said=service, **{field: named}), line=line).service == service
