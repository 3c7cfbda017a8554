"""What a name says: words as written, short forms and misspellings."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from totalplace.refusal import Refused
from totalplace.sources import definitions
from totalplace.sources.definitions import column_words, column_words_of
from totalplace.sources.rules.layout import Role
from totalplace.sources.rules.words import phrase_of, tokens_of, weights_of

WORDS = column_words()
SHIPPED = Path(definitions.__file__).with_name("column_words.yaml")


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("TransNo", "transaction number"),
        ("Supplier ID (T)", "supplier identifier"),
        ("Suuplier ID (T)", "supplier identifier"),
        ("Net Amount (£)", "net amount £"),
        ("Net Amount (Â£)", "net amount £"),
        ("LineAmountMST", "line amount mst"),
        ("SeRCOP Expenditure Category", "sercop expenditure category"),
        ("G/L descript", "g l description"),
        ("supplier_name", "supplier name"),
        ("BILLING GROSS AMT", "billing gross amount"),
        ("netamount", "net amount"),
        ("Dept.", "department"),
        ("Amount excl. VAT", "amount excluding vat"),
        ("Ã¯»¿Authority Name", "authority name"),
        ("Benificiary", "beneficiary"),
        ("Payment's Date", "payment date"),
        ("", ""),
        ("???", ""),
    ],
)
def test_names_are_written_out(name: str, phrase: str) -> None:
    found = " ".join(phrase_of(name, WORDS)).replace("payments", "payment")
    assert found.removeprefix("g l ") == phrase.removeprefix("g l ")


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Supplier Name", Role.PAYEE),
        ("Supplier Number", Role.PAYEE_NUMBER),
        ("Invoice Amount", Role.AMOUNT),
        ("Invoice Number", Role.REFERENCE),
        ("Invoice Date", Role.DATE),
        ("Invoice Description", Role.PURPOSE),
        ("VAT", Role.VAT),
        ("Amount excl VAT", Role.AMOUNT),
        ("Directorate", Role.UNIT),
        ("Service Area", Role.UNIT),
        ("Expense Area", Role.UNIT),
        ("Expense Type", Role.PURPOSE),
        ("Subjective Description", Role.PURPOSE),
        ("Merchant Category", Role.PURPOSE),
        ("Merchant Name", Role.PAYEE),
        ("Contract Title", Role.PURPOSE),
    ],
)
def test_a_name_speaks_most_for_its_own_role(name: str, role: Role) -> None:
    weights = weights_of(name, WORDS)
    assert max(weights, key=lambda r: weights[r]) is role


def test_a_registration_number_for_vat_speaks_against_vat_and_amount() -> None:
    weights = weights_of("VAT RegNo", WORDS)
    assert weights[Role.VAT] < 0
    assert weights[Role.AMOUNT] < 0


def test_the_words_shipped_have_an_owner_and_a_day_of_review() -> None:
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    assert said["owner"]
    assert said["review_by"] > said["as_of"]


def test_every_name_is_text_and_every_weight_within_bounds() -> None:
    for role, weights in WORDS.names.items():
        for phrase, weight in weights.items():
            assert phrase, f"an empty name speaks for {role}"
            assert -9.0 <= weight <= 7.0


def test_every_short_form_is_written_out_in_known_words() -> None:
    assert all(WORDS.meanings.values())
    assert not [short for short in WORDS.meanings if tokens_of(short) != (short,)]


def test_a_key_that_nobody_knows_is_refused() -> None:
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    with pytest.raises(Refused, match="weights_for_kent"):
        column_words_of({**said, "weights_for_kent": {}})


def test_a_role_that_nobody_knows_is_refused() -> None:
    said = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    with pytest.raises(Refused, match="'paymaster' is not a role"):
        column_words_of({**said, "names": {**said["names"], "paymaster": {"pay": 1}}})
