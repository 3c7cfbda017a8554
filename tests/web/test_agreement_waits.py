"""What waits for an officer of an agreement; and the book that is opened from its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from totalplace.agreements.queries.agreements import agreement
from totalplace.agreements.queries.books import book_of
from totalplace.decisions.rules.days import local_day
from totalplace.doors.web import waiting
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Officer, Role

from ..agreements.agreement_made import CITED, Wexshire, first_day, with_targets  # noqa: TID252
from ..agreements.negotiating import begun  # noqa: TID252
from ..agreements.terms_made import ICB, WEX  # noqa: TID252

Appointed = Callable[..., Officer]
SignedIn = Callable[[Officer], Client]
AT = f"/agreements/{CITED}/"


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    return with_targets(first_day(local_day(datetime.now(UTC))), tmp_path / "authority")


def words(officer: Officer) -> list[str]:
    """What waits for an officer."""
    return [one.words for one in waiting.for_officer(officer, on=now())]


def test_the_side_whose_move_it_is_is_told_so(db: None, an_officer: Appointed) -> None:
    bargain = begun(an_officer)
    said = "Answer in the negotiation 'The Wexshire block grant', or offer something else"
    assert words(bargain.place) == [said]
    assert words(bargain.centre) == []


def test_whose_turn_it_is_to_sign_and_who_owes_a_promise_is_told_so(
    here: Wexshire, an_officer: Appointed
) -> None:
    here.to_sign()
    board = an_officer("cfo", Role.CHIEF_FINANCE_OFFICER, agency=ICB)
    member = an_officer("mem", Role.ELECTED_MEMBER, agency=WEX)
    assert words(board) == ["Sign agreement wexshire/1, The Wexshire agreement on school"]
    assert words(member) == []
    here.signed(ICB, by=board)
    assert words(board) == words(member) == []


def test_the_finance_lead_opens_the_book_from_the_page(
    here: Wexshire, an_officer: Appointed, signed_in: SignedIn, client: Client
) -> None:
    here.in_force()
    lead = signed_in(an_officer("lea", Role.FINANCE_LEAD, agency=WEX))
    assert "Open its book" in lead.get(AT).content.decode()
    assert "Open its book" not in client.get(AT).content.decode()
    shown = lead.get(f"{AT}open-book/").content.decode()
    assert "£4,000,000" in shown
    assert "Of an overspend, the rest is shared by contribution." in shown
    assert lead.post(f"{AT}open-book/").headers["Location"] == "/ledger/wexshire-1/"
    assert book_of(agreement(CITED)) is not None
    assert "Where every pound of it stands" in client.get(AT).content.decode()
    again = lead.post(f"{AT}open-book/")
    assert again.status_code == 409
