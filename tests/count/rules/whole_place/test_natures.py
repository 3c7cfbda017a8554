"""A payment between bodies is a transfer unless the words beside it say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import totalplace.count
from totalplace.count.rules.whole_place.natures import TRANSFER, Natures

FILE = Path(totalplace.count.__file__).parent / "definitions" / "natures.yaml"
NATURES = Natures.of(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("words", "nature"),
    [
        ("Council Tax Precept Sept 24", "precept"),
        ("LCC Ctax precerpt May 24", "precept"),  # as people type
        ("C/tax Pecept July 24", "precept"),
        ("Collection Fund surplus 2023/24", "precept"),
        ("Police Ctax Deficit 23/24", "precept"),
        ("Fire CT Deficit May 24", "precept"),
        ("C/tax deficit", "precept"),
        ("NDR Surplus 23/24", "precept"),
        ("Deficit on the collection fund", "precept"),
        ("Sale of surplus land at the depot", TRANSFER),
        ("Contribution to the trust's deficit", TRANSFER),
        ("Surplus catering equipment", TRANSFER),
        ("Deficit 23/24", TRANSFER),
        ("BRR & RSG Surplus 22-23 Nov 24", "business_rates"),
        ("BRR & RSG Central Share June 24", "business_rates"),
        ("NNDR Tariff Payment", "business_rates"),
        ("Integrated transport levy", "levy"),
        ("Apprenticeship Levy", "levy"),
        ("PAYE and NI month 4", "tax"),
        ("Superannuation employer", "pension"),
        ("Short term loan repaid", "loan"),
        ("Waste disposal recharge", TRANSFER),
        ("", TRANSFER),
    ],
)
def test_the_nature_is_told_by_words(words: str, nature: str) -> None:
    assert NATURES.told(words).nature == nature


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Police Ctax Precept", "police"), ("Fire CT Precept", "fire"), ("Precept", "")],
)
def test_a_precept_says_whose_it_is_though_another_body_is_paid(words: str, kind: str) -> None:
    assert NATURES.told("RESO - Resources", words).passed_to == kind


@pytest.mark.parametrize("words", ["Defecit 23/24", "Surplus 23/.24"])
def test_a_surplus_without_a_tax_beside_it_waits_for_what_its_equals_say(words: str) -> None:
    told = NATURES.told(words)
    assert (told.nature, told.perhaps) == (TRANSFER, "precept")


def test_a_short_word_is_not_guessed_at() -> None:
    assert NATURES.told("Heavy goods vehicle").nature == TRANSFER  # not a levy
    assert NATURES.told("Payee details").nature == TRANSFER  # not PAYE


@given(st.lists(st.sampled_from(["council", "tax", "precept", "september"]), min_size=1))
def test_the_order_and_case_of_words_do_not_matter(words: list[str]) -> None:
    told = NATURES.told(" ".join(words))
    assert NATURES.told(" ".join(reversed(words)).upper()) == told
    assert (told.nature == "precept") == ("precept" in words)


@given(st.text())
def test_any_text_has_a_nature_and_a_reason(text: str) -> None:
    told = NATURES.told(text)
    assert told.why
    assert NATURES.title(told.nature)
