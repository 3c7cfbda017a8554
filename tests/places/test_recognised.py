"""Payees that are public bodies: which they are, and what only looks like one."""

from __future__ import annotations

import csv
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.places.definitions.public_bodies import public_bodies, public_bodies_of
from totalplace.places.rules.recognised import BodyKind, Names, RegisterName, recognise
from totalplace.places.rules.recognised_words import one_letter_off
from totalplace.refusal import Refused

HERE: Final = Path(__file__).parent
NAMES: Final = Names.of()


def table(name: str) -> Iterator[dict[str, str]]:
    """A table of facts beside this test."""
    with (HERE / name).open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


SPELLINGS: Final = list(table("spellings.csv"))
PAYEES: Final = [row["payee"] for row in [*SPELLINGS, *table("payees.csv")]]


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row["payee"])
def test_the_usual_spellings_lead_to_their_body(row: dict[str, str]) -> None:
    found = recognise(row["payee"], NAMES)
    assert bool(found and found.public) == (row["public"] == "yes")
    if row["kind"]:
        assert found
        assert (found.kind, found.body) == (row["kind"], row["body"])


def pence_and_rows(rows: list[dict[str, str]]) -> tuple[int, int]:
    return sum(int(row["pence"]) for row in rows), len(rows)


def test_payees_labelled_by_hand_are_recognised_by_pounds_and_by_count() -> None:
    readable = [row for row in table("payees.csv") if not row["payee"].startswith("sha256:")]
    met = {row["payee"] for row in readable if is_public(row["payee"])}
    labelled = [row for row in readable if row["public"] == "yes"]
    right = [row for row in labelled if row["payee"] in met]
    called = [row for row in readable if row["payee"] in met]
    assert len(labelled) == 104
    for of_right, of_called, of_labelled in zip(
        pence_and_rows(right), pence_and_rows(called), pence_and_rows(labelled), strict=True
    ):
        assert of_right >= 0.98 * of_called  # precision
        assert of_right >= 0.98 * of_labelled  # recall


def is_public(payee: str) -> bool:
    found = recognise(payee, NAMES)
    return found is not None and found.public


def test_payees_labelled_by_hand_are_of_the_kind_that_was_labelled() -> None:
    tiers = {BodyKind.COUNTY: "council", BodyKind.DISTRICT: "council"}
    for row in table("payees.csv"):
        if row["public"] == "yes":
            found = recognise(row["payee"], NAMES)
            assert found
            assert tiers.get(found.kind, found.kind.value) == row["kind"], row["payee"]


cases = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
gaps = st.text(" \t.,;:/-_()[]*|", min_size=1, max_size=4).filter(lambda text: " " in text)
numbers = st.from_regex(r"[0-9]{3,8}|[A-Z][0-9]{4,6}", fullmatch=True)


@given(st.data())
def test_case_spacing_punctuation_and_supplier_numbers_never_change_the_answer(
    data: st.DataObject,
) -> None:
    payee = data.draw(st.sampled_from([p for p in PAYEES if not p.startswith("sha256:")]))
    words = data.draw(cases)(payee).split()
    written = data.draw(gaps).join(words)
    if data.draw(st.booleans()):
        written = f"{written} ({data.draw(numbers)})"
    if data.draw(st.booleans()):
        written = f"{data.draw(numbers)} - {written}"
    assert recognise(written, NAMES) == recognise(payee, NAMES)


@given(st.text(max_size=60))
def test_any_text_is_either_recognised_with_a_reason_or_not_at_all(text: str) -> None:
    found = recognise(text, NAMES)
    assert found is None or (found.name and found.why)
    assert found is None or bool(found.body) == found.public


@given(st.text(string.ascii_lowercase, min_size=1, max_size=9), st.integers(0, 8))
def test_one_letter_is_told_from_two(word: str, at: int) -> None:
    at %= len(word)
    assert one_letter_off(word, word[:at] + word[at + 1 :])
    assert one_letter_off(word, word[:at] + "x" + word[at + 1 :])
    assert not one_letter_off(word, word + "xy")


def test_a_register_gives_its_own_codes_and_names() -> None:
    names = Names.of([
        RegisterName("Wexshire County Council", "agency:wexshire", "county"),
        RegisterName("Wexshire Police", "agency:police", "police"),
        RegisterName("Wexshire Fire Authority", "agency:fire", "unknown"),
    ])  # fmt: skip
    met = {p: recognise(p, names) for p in ("WEXSHIRE C.C.", "PCC for Wexshire", "Wexshire Fire")}
    bodies = {payee: found.body for payee, found in met.items() if found}
    assert bodies == {
        "WEXSHIRE C.C.": "agency:wexshire",
        "PCC for Wexshire": "agency:police",
        "Wexshire Fire": "agency:fire",
    }


def test_a_register_that_knows_only_the_area_does_not_take_the_full_name_away() -> None:
    names = Names.of([RegisterName("Lancashire", "gss:E10000017", "county")])
    found = recognise("Lancashire CC", names)
    assert found
    assert (found.name, found.body) == ("Lancashire County Council", "gss:E10000017")


def test_a_council_has_ended_where_any_source_says_so() -> None:
    names = Names.of([RegisterName("Somerset", "gss:E10000027", "county")])
    found = recognise("Somerset Council", names)
    assert found
    assert found.body == "gss:E06000066"


def test_of_two_councils_of_one_area_the_kind_that_is_written_decides() -> None:
    now, before = recognise("Somerset Council", NAMES), recognise("Somerset C.C.", NAMES)
    assert now
    assert before
    assert (now.body, before.body) == ("gss:E06000066", "gss:E10000027")


def test_initials_are_told_by_the_councils_around_the_payer() -> None:
    near = Names.of(near=["gss:E10000017", "gss:E07000120"])
    county, district = recognise("LCC", near), recognise("H.B.C. Creditors", near)
    assert county
    assert district
    assert (county.body, district.body) == ("gss:E10000017", "gss:E07000120")
    elsewhere = recognise("LCC - Pensions", NAMES)
    assert elsewhere
    assert elsewhere.public
    assert not elsewhere.sure
    assert recognise("LCC", NAMES) is None


def test_what_was_cut_short_or_misspelt_is_not_sure() -> None:
    for payee in ("Middlesborough Council", "London Borough of Hammersmith & Ful", "HM Land Reg"):
        found = recognise(payee, NAMES)
        assert found
        assert found.public
        assert not found.sure


def test_an_unknown_key_in_the_names_is_refused() -> None:
    assert public_bodies().councils
    files = ("", "_councils", "_local", "_words")
    read: dict[str, dict[str, str]] = {f"public_bodies{name}.yaml": {} for name in files}
    with pytest.raises(Refused, match="lacks or should not have"):
        public_bodies_of(read)
