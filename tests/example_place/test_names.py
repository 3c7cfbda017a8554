"""Nobody real is in the example place."""

from __future__ import annotations

import re

import pytest

from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.between import FLOWS
from totalplace.example_place.suppliers import HOW_MANY, invent
from totalplace.example_place.words import ENDS, PLACES, STARTS

REAL_PLACES = [
    "Bedfordshire",
    "Berkshire",
    "Birmingham",
    "Blackburn",
    "Blackpool",
    "Bolton",
    "Bradford",
    "Bristol",
    "Buckinghamshire",
    "Burnley",
    "Cambridgeshire",
    "Cheshire",
    "Chorley",
    "Cornwall",
    "Coventry",
    "Cumbria",
    "Derbyshire",
    "Devon",
    "Dorset",
    "Durham",
    "Essex",
    "Exeter",
    "Fylde",
    "Gateshead",
    "Gloucestershire",
    "Hampshire",
    "Herefordshire",
    "Hertfordshire",
    "Hyndburn",
    "Kent",
    "Lancashire",
    "Lancaster",
    "Leeds",
    "Leicestershire",
    "Lincolnshire",
    "Liverpool",
    "London",
    "Luton",
    "Manchester",
    "Newcastle",
    "Norfolk",
    "Northamptonshire",
    "Northumberland",
    "Nottinghamshire",
    "Oxfordshire",
    "Pendle",
    "Preston",
    "Rossendale",
    "Rutland",
    "Salford",
    "Sheffield",
    "Shropshire",
    "Somerset",
    "Staffordshire",
    "Suffolk",
    "Sunderland",
    "Surrey",
    "Sussex",
    "Trafford",
    "Warwickshire",
    "Wigan",
    "Wiltshire",
    "Worcestershire",
    "Wyre",
    "York",
    "Yorkshire",
]


def all_words(seed: int) -> set[str]:
    names = [agency.name for agency in AGENCIES] + [s.name for s in invent(seed)]
    names += [flow.payee for flow in FLOWS] + list(PLACES)
    return {word.lower() for name in names for word in re.findall(r"[A-Za-z]+", name)}


@pytest.mark.parametrize("seed", [1, 1979])
def test_no_real_county_or_council_is_named(seed: int) -> None:
    assert not all_words(seed) & {place.lower() for place in REAL_PLACES}


def test_no_invented_word_is_a_real_place() -> None:
    invented = {(start + end).lower() for start in STARTS for end in ENDS}
    assert not invented & {place.lower() for place in REAL_PLACES}


def test_codes_are_nobodys() -> None:
    codes = [agency.code for agency in AGENCIES]
    assert len(set(codes)) == len(codes) == 13
    assert all(re.fullmatch(r"EX-[A-Z]{2}", code) for code in codes)


def test_there_are_as_many_suppliers_as_promised_and_no_two_share_a_name() -> None:
    suppliers = invent(1)
    assert len({s.name for s in suppliers}) == len(suppliers) == HOW_MANY
