"""Published effects are dated, sourced, and read without guessing."""

from __future__ import annotations

from importlib import resources

import pytest

from totalplace.commissioning.definitions.reading import read_effect, register, registered
from totalplace.refusal import Refused


def text_of(code: str) -> str:
    """A register entry as it ships."""
    folder = resources.files("totalplace.commissioning.definitions").joinpath("effects")
    return folder.joinpath(f"{code}.yaml").read_text("utf-8")


def test_what_was_not_checked_at_its_source_moves_no_money() -> None:
    for one in register().values():
        effect = one.effect_on("an-outcome", "E10000017")
        assert effect.drives is one.checked, one.code
        assert effect.openable is one.checked, one.code


def test_some_effects_are_checked_and_some_did_not_work() -> None:
    checked = [one for one in register().values() if one.checked]
    assert len(checked) >= 5
    assert any(one.mid <= 0 for one in register().values())


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('mid: "0.195"', 'mid: "0.3"', "does not lie between low and high"),
        ('mid: "0.195"', "mid: 0.195", "a number in quotes"),
        ("grade: 5", "grade: 9", "from 0 to 5"),
        ("checked: true", "checked: false", "what was not has none"),
        ("address: https://doi", "address: https://x:y@doi", "the address of a public page"),
        ("address: https", "address: ftp", "the address of a public page"),
        ("cost_source:", "cost_sauce:", "'cost_sauce' means nothing here"),
        ("lasts_years: 1", "lasts_years: 0", "from 1 to 30"),
        ('kept: "1"', 'kept: "2"', "from 0 to 1"),
        ('cost_pounds: "119.66"', 'cost_pounds: "119.665"', "two digits of pence"),
    ],
)
def test_an_effect_that_cannot_be_is_refused_with_its_line(old: str, new: str, why: str) -> None:
    with pytest.raises(Refused, match="line ") as no:
        read_effect(text_of("falls-exercise").replace(old, new), "falls-exercise")
    assert why in str(no.value)


def test_an_effect_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(Refused, match="falls-exercise"):
        registered("magic")
