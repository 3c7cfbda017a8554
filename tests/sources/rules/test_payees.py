"""Payees as published: supplier numbers taken off the name, redactions known as one class."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.sources.rules.payees import redacted, split_number

NAMES = (
    "LANCASHIRE COUNTY COUNCIL", "Aldwick Building Services Ltd", "Quillfax Systems (UK) Ltd",
    "St Osyth's Primary School", "3M United Kingdom PLC", "Mrs P Ellerby", "A & B Plant Hire",
)  # fmt: skip
numbers = st.integers(10_000, 10**12 - 1).map(str)


@given(
    st.sampled_from(NAMES),
    numbers,
    st.sampled_from(
        ["{} ({})", "{} [{}]", "{}({})", "{} - {}", "{} – {}", "{}: {}", "{} | {}", "{} / {}"]
    ),
)
def test_a_number_after_a_name_is_taken_off(name: str, number: str, form: str) -> None:
    assert split_number(form.format(name, number)) == (name, number)


@given(
    st.sampled_from(NAMES[:3] + NAMES[5:]),
    numbers,
    st.sampled_from(["{1} {0}", "{1} - {0}", "{1}-{0}", "{1}: {0}", "({1}) {0}", "[{1}] - {0}"]),
)
def test_a_number_before_a_name_is_taken_off(name: str, number: str, form: str) -> None:
    assert split_number(form.format(name, number)) == (name, number)


@pytest.mark.parametrize(
    "name",
    [
        "", "Studio (2004) Ltd", "Fencing Co (1998)", "1610 Ltd", "Route 66 Diner", "24 7 Staffing",
        "365 Response", "Total-Play Limited", "123456", "(123456)", "Unit 12", "Smith - 12",
        "Company 12345 Ltd", "Level 5",
    ],
)  # fmt: skip
def test_a_number_that_is_part_of_a_name_stays(name: str) -> None:
    assert split_number(name) == (name, "")


@given(st.text(max_size=60))
def test_no_letter_of_any_name_is_lost(name: str) -> None:
    bare, number = split_number(name)
    assert sorted(ch for ch in bare if ch.isalpha()) == sorted(ch for ch in name if ch.isalpha())
    assert number in name
    assert not number or (number.isdigit() and number.isascii())
    assert bare or not name


@pytest.mark.parametrize(
    "name",
    [
        "REDACTED", "Redacted", "[Redacted]", "REDACTED PERSONAL DATA", "Redacted - Personal Data",
        "Supplier Name Redacted", "Name redacted", "Personal Data Redacted", "THIRD PARTY",
        "THIRD PARTY SUPPLIER", "third-party payee", "Name Withheld", "Withheld under S40",
        "Individual", "Private Individual", "individuals", "Personal Data", "Personal Information",
        "Confidential", "Sensitive Data", "Data Protection", "GDPR", "Section 40", "XXXXX", "*****",
        "████", "Not disclosed", "Exempt from publication", "Supplier name removed",
    ],
)  # fmt: skip
def test_a_payee_left_out_by_its_publisher_is_a_redaction(name: str) -> None:
    assert redacted(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "Individual Care Ltd", "Third Party Logistics Ltd", "Personal Touch Catering",
        "Confidential Shredding Limited", "Sensitive Skin Clinic", "Exempt Housing Association",
        "XX Motors", "Removals R Us", "Private Hire Taxis", "Data Protection Services Ltd",
        "LANCASHIRE COUNTY COUNCIL", "Smith, J",
    ],
)  # fmt: skip
def test_a_body_whose_name_is_like_a_redaction_is_a_payee(name: str) -> None:
    assert not redacted(name)
