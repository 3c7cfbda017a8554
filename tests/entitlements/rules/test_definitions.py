"""The guarantees that ship: their own tests come out, and nobody is asked a thing in two ways."""

from __future__ import annotations

import pytest

from totalplace.entitlements.definitions.reading import ENGLAND, centre, shipped
from totalplace.entitlements.rules.facts import Answer, Fact
from totalplace.entitlements.rules.guarantee import failed


@pytest.mark.parametrize("code", ENGLAND)
def test_what_a_policy_officer_wrote_comes_out(code: str) -> None:
    guarantee = shipped()[code]
    assert guarantee.code == code
    assert failed(guarantee) == []
    if guarantee.personal:
        assert {case.answer for case in guarantee.tests} >= {Answer.YES, Answer.NO}


def test_nobody_is_asked_one_thing_in_two_ways() -> None:
    asked: dict[str, Fact] = {}
    for guarantee in shipped().values():
        for code, fact in guarantee.facts.items():
            assert asked.setdefault(code, fact) == fact


def test_they_are_few_and_each_says_which_citations_nobody_has_read() -> None:
    assert len(ENGLAND) <= centre().most
    assert all(law.says for guarantee in shipped().values() for law in guarantee.law.values())
    read = [law.text for one in shipped().values() for law in one.law.values() if law.verified]
    assert read == ["SI 2015/313, regulation 2", "SI 2008/1189, article 2"]
