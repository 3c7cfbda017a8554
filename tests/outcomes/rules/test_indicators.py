"""Definitions of indicators: a closed vocabulary, and everything that is shipped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.rules.indicators import Family, indicator_of, rounded, share
from totalplace.refusal import Refused

ONCE = {
    "owner_local": "somebody here", "owner_national": "somebody there", "source": "a source",
    "review_by": date(2027, 1, 1),
}  # fmt: skip
SAID: dict[str, Any] = {
    "title": "Bins collected", "why": "Everybody notices.", "numerator": "bins collected",
    "denominator": "bins", "unit": "%", "better": "higher", "family": "experience",
    "level": "district", "frequency": "monthly",
    "held_as": [{"form": "own", "measure": "bins"}],
}  # fmt: skip


def test_a_definition_says_all_that_it_must() -> None:
    one = indicator_of("bins", SAID, once=ONCE, where="test")
    assert (one.better, one.frequency.months, one.owner_national) == ("higher", 1, "somebody there")


@pytest.mark.parametrize("key", [*SAID, *ONCE])
def test_a_definition_that_lacks_a_key_is_refused_by_name(key: str) -> None:
    said = {k: v for k, v in SAID.items() if k != key}
    once = {k: v for k, v in ONCE.items() if k != key}
    with pytest.raises(Refused, match=f"it lacks {key}"):
        indicator_of("bins", said, once=once, where="test")


@pytest.mark.parametrize("more", [
    {"colour": "red"}, {"better": "sideways"}, {"decimals": 9}, {"year": "lunar"},
    {"breaks": [{"why": "no day"}]}, {"held_as": [{"form": "own"}]}, {"title": " "},
])  # fmt: skip
def test_a_key_or_a_word_that_nobody_knows_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="bins in test cannot be read"):
        indicator_of("bins", SAID | more, once=ONCE, where="test")


@pytest.mark.parametrize("code", ["Bins", "bins_", "tables", "a" * 65, "a--b", ""])
def test_a_code_that_could_not_be_an_address_is_refused(code: str) -> None:
    with pytest.raises(Refused, match="cannot be the code of an indicator"):
        indicator_of(code, SAID, once=ONCE, where="test")


def test_what_is_shipped_is_whole_and_watches_experience_too() -> None:
    shipped = definitions.shipped_indicators()
    assert len(shipped) == 60
    own = [one for one in shipped.values() if one.family is Family.EXPERIENCE]
    assert len(own) >= 3
    forms = set(definitions.shipped_forms()) | {definitions.OWN}
    assert all(h.form in forms for one in shipped.values() for h in one.held_as)
    measures = [(h.form, h.measure) for one in shipped.values() for h in one.held_as]
    assert len(measures) == len(set(measures))


def test_every_number_of_the_department_is_one_area_and_every_area_one_region() -> None:
    areas, ended = definitions.dfe_areas()
    assert len(set(areas.values())) == len(areas)
    assert not ended & set(areas)
    lie = definitions.regions()
    in_england = [a for a in areas.values() if a[:3] in ("E06", "E08", "E09", "E10")]
    assert all(area in lie.region_of for area in in_england)


@pytest.mark.parametrize(("value", "decimals", "said"), [
    ("20.399999999999999", 1, "20.4"), ("0.25", 1, "0.3"), ("-0.04", 1, "0.0"),
    ("1234.5", 0, "1,235"),
])  # fmt: skip
def test_a_value_is_shown_rounded_half_up_with_its_thousands_parted(
    value: str, decimals: int, said: str
) -> None:
    assert rounded(Decimal(value), decimals) == said


def test_a_share_of_nobody_is_none_and_not_nought() -> None:
    assert share(0, 0, 100) is None
    assert share(1, 4, 100) == Decimal(25)
