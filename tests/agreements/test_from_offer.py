"""The first draft of an agreement says what was agreed in its negotiation, and is begun once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from totalplace.agreements.actions.agreements import draft_from_offer
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import Stage
from totalplace.places.rules.mandates import Officer
from totalplace.refusal import Refused

from .negotiating import COUNTER, FIRST, begun

pytestmark = pytest.mark.django_db


def test_the_first_draft_says_what_was_agreed_and_is_begun_once(
    an_officer: Callable[..., Officer],
) -> None:
    bargain = begun(an_officer)
    bargain.offered(Side.PLACE, FIRST)
    with pytest.raises(Refused, match="Nothing is agreed in negotiation"):
        draft_from_offer(bargain.number, by=bargain.place, on=bargain.at(2))
    bargain.offered(Side.CENTRE, COUNTER, days=2)
    bargain.accepted(Side.PLACE)
    with pytest.raises(Refused, match="may not keep the text of an agreement"):
        draft_from_offer(bargain.number, by=bargain.centre, on=bargain.at(4))
    row = draft_from_offer(bargain.number, by=bargain.place, on=bargain.at(4))
    terms = row.last.terms
    assert row.kept is Stage.DRAFT
    assert row.negotiation == bargain.number
    assert [(one.payer, one.line, one.pence) for one in terms.contributions] == [
        ("dft", "bus-services", 3_500_000_00)
    ]
    assert [one.pence for one in terms.promised_by(Side.CENTRE)] == [1_000_000_00]
    assert [one.code for one in terms.entitlements] == ["adult-skills"]
    assert terms.accountable == "wex"
    assert [one.party for one in terms.signing] == ["mhclg", "dft", "wex"]
    with pytest.raises(Refused, match="one was begun from it already"):
        draft_from_offer(bargain.number, by=bargain.place, on=bargain.at(5))
