"""A name found in words as a reader would see it, and the words without it."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from totalplace.refusal import Refused
from totalplace.sources.rules.erasure import (
    ERASED,
    Columns,
    Eraser,
    changes,
    folded,
    name_of,
    names_within,
    position_of,
    row_digest,
)
from totalplace.sources.rules.layout import Cell
from totalplace.sources.rules.payees import redacted
from totalplace.sources.rules.rows import LETTERS_OF_A_FAULT, letter

JANE: Final = Eraser(name_of("Jane Q Carer"))
ASH: Final = Eraser(name_of("Ash"))
SHOWN_ALIKE: Final = [
    "jane q carer", "JANE Q CARER", "Jane  Q\tCarer", "Jane Q\r\nCarer", "Jane\xa0Q Carer",
    "Ja\u00adne Q Carer", "Jane Q\u200b Carer", "  Jane Q Carer  ",
]  # fmt: skip


@pytest.mark.parametrize("cell", SHOWN_ALIKE)
def test_a_name_is_known_as_a_reader_sees_it(cell: str) -> None:
    assert JANE.is_name(cell)
    assert JANE.without(cell) == ERASED
    assert JANE.without(f"Fees of {cell}, May") in {
        f"Fees of {ERASED}, May", f"Fees of   {ERASED}  , May",
    }  # fmt: skip


NUMBERED: Final = ["Jane Q Carer (4411)", "Jane Q Carer: 4411", "12345 JANE Q CARER"]


@pytest.mark.parametrize("cell", NUMBERED)
def test_a_supplier_number_beside_the_name_goes_with_it(cell: str) -> None:
    assert JANE.is_name(cell)
    assert JANE.without(cell) == ERASED
    assert name_of(cell).bare == "jane q carer"


@pytest.mark.parametrize("cell", ["Jane Q Carers", "XJane Q Carer", "Jane Q Carer2", "Jane C", ""])
def test_longer_or_other_words_are_another_name(cell: str) -> None:
    assert not JANE.is_name(cell)
    assert JANE.without(cell) == cell


@pytest.mark.parametrize(
    ("cell", "without"),
    [
        ("Fostering (Jane Q Carer) May", f"Fostering ({ERASED}) May"),
        ("jane q carer's flat; JANE Q CARER", f"{ERASED}'s flat; {ERASED}"),
        ("re:Jane Q Carer", f"re:{ERASED}"),
        ("Jane Q Carer Jane Q Carer", f"{ERASED} {ERASED}"),
    ],
)
def test_within_other_words_only_the_name_goes(cell: str, without: str) -> None:
    assert JANE.without(cell) == without


def test_accents_written_apart_or_as_one_are_the_same_and_none_is_another_letter() -> None:
    eraser = Eraser(name_of("Zoë Strauß"))
    for cell in ("zoë strauss", unicodedata.normalize("NFD", "Zoë Strauß"), "ZOË STRAUSS"):
        assert eraser.without(cell) == ERASED
        assert eraser.without(f"To {cell}.") == f"To {ERASED}."
    assert eraser.without("Zoe Strauß") == "Zoe Strauß"
    assert Eraser(name_of("Ann Jose")).without("to Ann José") == "to Ann José"


def test_a_name_of_one_word_is_looked_for_within_only_where_the_row_is_the_persons() -> None:
    assert ASH.without("Ash Tree Ltd") == "Ash Tree Ltd"
    assert ASH.without("ASH") == ERASED
    assert changes(["Ash Tree Ltd", "Ash trees", "1.00"], ASH, Columns(payee=0)) == {}
    row = ["Ash", "Fees of Ash", "77", "1.00"]
    own = changes(row, ASH, Columns(payee=0, number=2))
    assert own == {0: ERASED, 1: f"Fees of {ERASED}", 2: ""}


def test_a_firm_named_after_somebody_keeps_its_name() -> None:
    payees = {"Jane Q Carer", "Jane Q Carer Homes Ltd", "Oak Ltd", "jane q carer (4411)"}
    kept = names_within(payees, JANE.name)
    assert kept == {"jane q carer homes ltd"}
    eraser = Eraser(JANE.name, kept)
    text = "Jane Q Carer Homes Ltd for Jane Q Carer"
    assert eraser.without(text) == f"Jane Q Carer Homes Ltd for {ERASED}"


def test_names_of_files_and_addresses_have_other_signs_for_spaces() -> None:
    assert JANE.without("fees_jane-q.carer.csv") == f"fees_{ERASED}.csv"
    assert JANE.without("mailto:jane.q.carer@example.org") == f"mailto:{ERASED}@example.org"
    assert Eraser(name_of("Jo-Ann O. Carer")).without("x_jo_ann-o-carer.csv") == f"x_{ERASED}.csv"
    assert not JANE.is_name("Jane-Q Carer")


def test_a_quotation_cut_short_within_the_name_is_cut_before_it() -> None:
    whole = "x" * (LETTERS_OF_A_FAULT - 7) + " Jane Q Carer"
    assert JANE.without_cut(whole[:LETTERS_OF_A_FAULT], within=True) == "x" * 493 + f" {ERASED}"
    assert JANE.without_cut("x Jane Q", within=True) == "x Jane Q"


def test_a_title_that_a_reading_quotes_loses_the_name_whole_or_cut_short() -> None:
    title = "Payments by card, and all others, to the account of Jane Q Carer"
    said = f"The title speaks of cards ({title[:60]!r}): all rows are taken."
    assert "Jane" in said
    assert JANE.without_in(said) == said.replace("Jane Q C", ERASED)
    odd = Eraser(name_of('O\'Carer "J" Q'))
    assert odd.without_in("Called {!r}, to see.".format('to O\'Carer "J" Q')) == (
        f"Called 'to {ERASED}', to see."
    )
    assert ASH.without_in("called 'Ash'; 5% of Ash trees") == f"called '{ERASED}'; 5% of Ash trees"
    assert JANE.without_in("The payee's number isn't 'there'") == "The payee's number isn't 'there'"


@pytest.mark.parametrize("said", ["", " ", "(erased)", "REDACTED", "12", "12345", "-", "J"])
def test_what_names_nobody_cannot_be_erased(said: str) -> None:
    with pytest.raises(Refused, match="Nothing was erased"):
        name_of(said)


def test_what_is_erased_is_read_as_a_redaction_from_then_on() -> None:
    assert redacted(ERASED)
    assert not redacted("Erased Media Ltd")


def test_a_name_stands_in_no_message_about_it() -> None:
    assert "jane" not in repr(Eraser(JANE.name, frozenset({"jane q carer homes"}))).lower()


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(SHOWN_ALIKE))
def test_wherever_it_stands_nothing_of_a_name_is_left(before: str, after: str, name: str) -> None:
    text = f"{before} {name} {after}"
    assert "jane q carer" not in folded(JANE.without(text))
    assert not JANE.stands_in(JANE.without(text))


@given(st.text(max_size=60))
def test_a_text_without_the_name_is_left_as_it_is(text: str) -> None:
    assume("carer" not in folded(text))
    assert JANE.without(text) == text
    assert JANE.without(text, within=True) == text


@given(st.text(min_size=2, max_size=12), st.text(max_size=8), st.text(max_size=8))
def test_any_text_that_is_a_name_is_found_again(name: str, before: str, after: str) -> None:
    try:
        eraser = Eraser(name_of(name))
    except Refused:
        return
    assert eraser.is_name(name)
    assert eraser.without(f"{before} · {name} · {after}", within=True) != name
    assert not eraser.stands_in(eraser.without(f"{before} · {name} · {after}", within=True))


@given(st.integers(0, 20_000))
def test_a_column_is_found_by_its_letters(at: int) -> None:
    assert position_of(letter(at)) == at


def test_the_digest_of_a_row_can_be_computed_by_anybody() -> None:
    cells: list[Cell] = ["02/04/2024", "Jane Q Carer", " Fees\n May ", 250.5, None, ""]
    said = hashlib.sha256(b'["02/04/2024",null,"Fees May","250.5"]').hexdigest()
    assert row_digest(cells, {1}) == said
    assert row_digest(["02/04/2024", "Another", "Fees May", 250.5], [1]) == said
    assert row_digest(["02/04/2024", "Another", "Fees June", 250.5], [1]) != said
