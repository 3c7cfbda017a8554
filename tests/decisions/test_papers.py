"""Papers, advice and interests, and who may act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from totalplace.decisions import actions, queries
from totalplace.decisions.rules.proposals import Taking
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Matter, Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .conftest import Council

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
DAY = date(2026, 6, 1)
OnDay = Callable[[date], datetime]


def test_a_paper_is_open_until_it_is_marked_and_again_when_the_reason_has_gone(
    council: Council, on_day: OnDay
) -> None:
    citation, on = council.propose(), on_day(DAY)
    actions.add_paper(citation, "Report", address="https://example.org/r", by=ADA, on=on)
    actions.add_paper(citation, "Bids", category="3", reason="Two bids", by=ADA, on=on)
    report, bids = queries.decision(citation).papers
    assert (report.public, bids.public, bids.category) == (True, False, "3")
    assert queries.decision(citation).private
    actions.mark_paper(citation, 2, category="", reason="The contract is let", by=ADA, on=on)
    assert queries.decision(citation).papers[1].public


def test_the_title_of_a_paper_that_is_kept_back_is_not_on_the_record(
    council: Council, on_day: OnDay
) -> None:
    citation = council.propose()
    actions.add_paper(
        citation, "Payoff of Mr Smith", category="1", reason="About one person", by=ADA,
        on=on_day(DAY),
    )  # fmt: skip
    entries = record.about(queries.decision(citation).citation)
    assert not any("Smith" in entry.citing for entry in entries)
    assert "schedule 12A, paragraph 1" in entries[-1].citing


@pytest.mark.parametrize(
    "said", [{"title": " "}, {"address": "javascript:alert(1)"}, {"category": "9", "reason": "x"}]
)
def test_a_paper_that_cannot_be_is_refused(
    council: Council, on_day: OnDay, said: dict[str, str]
) -> None:
    citation = council.propose()
    given = {"title": "Report", **said}
    with pytest.raises(Refused):
        actions.add_paper(citation, given.pop("title"), **given, by=ADA, on=on_day(DAY))


def test_a_partnership_advises_and_the_advice_stands_with_the_decision(
    council: Council, on_day: OnDay
) -> None:
    citation = council.propose()
    actions.advise(citation, "We recommend it", source="The Partnership", by=ADA, on=on_day(DAY))
    (advice,) = queries.decision(citation).advice
    assert (advice.source, advice.finance) == ("The Partnership", False)


def test_nothing_is_said_of_a_decision_once_it_is_taken(council: Council, on_day: OnDay) -> None:
    citation, on = council.taken(), on_day(date(2026, 7, 1))
    with pytest.raises(Refused, match="is taken"):
        actions.comment_on_finance(citation, "Too late", by=ADA, on=on)
    with pytest.raises(Refused, match="is taken"):
        actions.declare_interest(citation, "A shop", pecuniary=True, by=ADA, on=on)


@pytest.fixture
def officers(council: Council, on_day: OnDay) -> dict[str, Officer]:
    """Officers of the council with one role each, and one of another council."""
    on = on_day(date(2026, 1, 2))
    places.register_agency("other", name="Other", kind="council", by=ADA, on=on)
    roles = {
        "finance": (Role.CHIEF_FINANCE_OFFICER, "wex"), "day": (Role.SCRUTINY, "wex"),
        "lee": (Role.ELECTED_MEMBER, "wex"), "clerk": (Role.DATA_STEWARD, "wex"),
        "commissioner": (Role.COMMISSIONER, "wex"), "stranger": (Role.ELECTED_MEMBER, "other"),
    }  # fmt: skip
    for code, (role, agency) in roles.items():
        places.appoint(code, name=f"{code.title()} Name", by=ADA, on=on)
        places.grant(code, role, Matter(agency), power="Constitution", by=ADA, on=on)
    return {code: Officer(code, f"{code.title()} Name") for code in roles}


def test_each_does_what_their_mandate_allows_and_no_more(
    council: Council, officers: dict[str, Officer], on_day: OnDay
) -> None:
    on = on_day(DAY)
    citation = Council(by=officers["commissioner"]).propose()
    with pytest.raises(Refused, match="may not comment"):
        actions.comment_on_finance(citation, "Fine", by=officers["lee"], on=on)
    actions.comment_on_finance(citation, "Fine", by=officers["finance"], on=on)
    with pytest.raises(Refused, match="may not give notice"):
        actions.give_notice(citation, by=officers["day"], on=on)
    actions.give_notice(citation, by=officers["clerk"], on=on)
    with pytest.raises(Refused, match="may not propose"):
        actions.withdraw(citation, reason="No", by=officers["stranger"], on=on)


def test_nobody_agrees_urgency_in_anothers_name(
    council: Council, officers: dict[str, Officer], on_day: OnDay
) -> None:
    citation = Council(by=officers["commissioner"]).propose()
    with pytest.raises(Refused, match="with their own account"):
        actions.agree_urgency(
            citation, reason="Roof", agreed_by="Cllr Day", by=officers["lee"], on=on_day(DAY)
        )


def test_an_interest_bars_under_ones_name_and_under_ones_account(
    council: Council, officers: dict[str, Officer], on_day: OnDay
) -> None:
    citation = Council(by=officers["commissioner"]).propose(amount_pence=0)
    on = on_day(DAY)
    actions.declare_interest(citation, "A shop", pecuniary=True, by=officers["lee"], on=on)
    (declared,) = queries.decision(citation).interests
    assert declared.interest.who == "Lee Name"
    for name in ("Lee Name", "lee"):
        with pytest.raises(Refused, match="may not take part"):
            actions.take(citation, Taking("Good", [name]), by=officers["commissioner"], on=on)
