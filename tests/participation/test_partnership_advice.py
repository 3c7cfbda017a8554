"""Advice that reaches a hearing is answered there; silence is shown; all of it is open data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from totalplace.doors.civil_society import watch_support
from totalplace.doors.popolo import popolo_of
from totalplace.participation.actions import partnership as actions
from totalplace.participation.actions.partnership import NewMotion
from totalplace.participation.queries import partnership as queries
from totalplace.participation.queries.partnership import Spoke
from totalplace.participation.rules.drafts import When
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.partnership.advice import Outcome, Standing
from totalplace.participation.rules.partnership.motions import Kind
from totalplace.participation.rules.partnership.offers import NewOffer
from totalplace.participation.rules.partnership.support import NewSupport, SupportKind
from totalplace.participation.rules.replies import Answered
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home

from .conftest import Hearing, a_draft
from .partners import ADA, COUNCIL, HEALTH, MEETS, PLACE, RESIDENT, SET_UP, VCS, Partners
from .partners import a_partnership as made
from .partners import at as moment

pytestmark = pytest.mark.django_db
LAST: Final = date(2026, 8, 31)
TEXT: Final = "Advise the council to open one hub"


@pytest.fixture
def partners(db: None) -> Partners:
    """A partnership with everybody in their seats."""
    return made()


def a_hearing() -> Hearing:
    """A hearing in which the partnership is asked while it meets."""
    found = Hearing().begin(a_draft(when=When(SET_UP, LAST)))
    return found.open(affected=(Affected("wex", 1_00),), on=SET_UP)


def advised(text: str = TEXT, cites: Citation | None = None) -> None:
    """What was agreed without a vote."""
    motion = NewMotion(Kind.ADVISE, text, cites)
    number = actions.move(PLACE, 1, 1, motion, seat=VCS, by=ADA, on=moment(MEETS)).number
    actions.second(PLACE, number, seat=RESIDENT, by=ADA, on=moment(MEETS))
    actions.agree(PLACE, number, by=ADA, on=moment(MEETS))


def test_advice_on_a_hearing_is_a_point_of_it_and_is_answered_there(partners: Partners) -> None:
    hearing = a_hearing()
    partners.sits()
    advised(cites=Citation("hearing", "1"))
    [point] = hearing.row.points
    assert (point.words, str(point.source)) == (TEXT, "advice wexshire/1")
    [advice] = queries.advice(PLACE)
    assert (advice.point, advice.standing(LAST)) == ("1/1", Standing.OVERDUE)
    with pytest.raises(Refused, match="it was raised in a hearing"):
        actions.answer_advice(PLACE, 1, "accepted", "Yes, at once.", by=ADA, on=moment(MEETS))
    said = Answered(changed=True, words="There will be one hub, in the north.")
    hearing.close().answer(1, said)
    [advice] = queries.advice(PLACE)
    assert advice.answer is not None
    assert advice.answer.outcome is Outcome.ACCEPTED
    assert advice.answer.words == "There will be one hub, in the north."
    assert queries.asked(PLACE, on=LAST)[0][1] is Spoke.ADVISED


def test_a_partnership_that_says_nothing_was_silent_and_does_not_block(partners: Partners) -> None:
    hearing = a_hearing()
    assert [spoke for _, spoke in queries.asked(PLACE, on=LAST)] == [Spoke.ASKED]
    hearing.close()
    assert [spoke for _, spoke in queries.asked(PLACE, on=hearing.today)] == [Spoke.SILENT]
    hearing.finish().conclude()
    assert hearing.row.concluded_on is not None


def test_advice_cites_the_offers_that_it_names(partners: Partners) -> None:
    partners.sits()
    for what in ("beds", "cars"):
        new = NewOffer(1_000_00, "2026-27", what, "hubs")
        actions.offer(PLACE, "icb", new, by=ADA, on=moment(MEETS))
    advised("Advise the council to add as much as offer wexshire/2")
    assert [one.offers for one in queries.advice(PLACE)] == [(2,)]


def test_support_is_counted_by_kind_and_a_mistake_is_taken_back_in_sight(
    partners: Partners,
) -> None:
    def count(kind: SupportKind, amount: int, to: str, basis: str = "") -> None:
        new = NewSupport(kind, to, amount, MEETS, MEETS, "Letter", "", basis)
        actions.count_support(PLACE, "wex", new, by=ADA, on=moment(MEETS))

    count(SupportKind.GRANT, 5_00, "Food Bank")
    count(SupportKind.GRANT, 7_00, " food  bank")
    count(SupportKind.LENT, 9_00, "Scouts", "market rent")
    count(SupportKind.VOLUNTEERING, 40, "Scouts")
    actions.take_back_support(PLACE, 3, reason="Counted twice", by=ADA, on=moment(MEETS))
    found = {one.kind: (one.amount, one.times, one.organisations)
             for one in queries.support(PLACE, "2026-27")}  # fmt: skip
    assert found == {SupportKind.GRANT: (12_00, 2, 1), SupportKind.VOLUNTEERING: (40, 1, 1)}
    assert queries.supports(PLACE)[2].taken_back == "Counted twice"
    assert queries.support(PLACE, "2025-26") == []
    with pytest.raises(Refused, match="how the asset was valued"):
        count(SupportKind.GIVEN, 9_00, "Scouts", "a guess")
    with pytest.raises(Refused, match="There is no agency nobody"):
        other = NewSupport(SupportKind.GRANT, "X", 1, MEETS, MEETS, "Letter")
        actions.count_support(PLACE, "nobody", other, by=ADA, on=moment(MEETS))


# The classes of popoloproject.com/specs that are given, with the fields of each that must be
# there, and the type of every field that may be.
TEXTS: Final = ("id", "name", "classification", "label", "role", "text", "result", "status",
                "requirement", "location", "identifier", "start_date", "end_date", "date",
                "organization_id", "person_id", "post_id", "on_behalf_of_id", "motion_id",
                "legislative_session_id", "creator_id", "vote_event_id", "voter_id", "option",
                "abstract", "founding_date")  # fmt: skip
SPECIFIED: Final[dict[str, set[str]]] = {
    "organizations": {"id", "name"},
    "persons": {"id", "name"},
    "posts": {"id", "label", "role", "organization_id"},
    "memberships": {"id", "person_id", "organization_id"},
    "events": {"id", "name", "start_date"},
    "motions": {"id", "organization_id", "text", "classification", "date", "result"},
    "vote_events": {"id", "motion_id", "organization_id", "start_date", "counts", "votes"},
    "votes": {"vote_event_id", "voter_id", "option", "weight"},
    "counts": {"option", "value"},
}
LISTS: Final = {"vote_events", "votes", "counts", "identifiers", "links", "sources"}


def check(kind: str, one: dict[str, Any]) -> None:
    """One object of a class of the specification, and those within it."""
    assert SPECIFIED[kind] <= set(one), one
    for name, value in one.items():
        if name in LISTS:
            assert isinstance(value, list)
            for within in value if name in SPECIFIED else ():
                check(name, within)
        elif name in ("value", "weight"):
            assert isinstance(value, int)
        else:
            assert name in TEXTS, name
            assert value is None or isinstance(value, str)
        if name.endswith("date") and value:
            date.fromisoformat(value[:10])


def test_the_partnership_is_open_data_by_the_popolo_specification(partners: Partners) -> None:
    partners.sits()
    number = partners.put_to_the_vote(TEXT)
    for seat, side in ((COUNCIL, "for"), (VCS, "for"), (HEALTH, "against"), (RESIDENT, "abstain")):
        actions.vote(PLACE, number, side, seat=seat, by=ADA, on=moment(MEETS))
    actions.close_vote(PLACE, number, by=ADA, on=moment(MEETS))
    found = popolo_of(PLACE, on=MEETS, root="https://example.org/")
    for kind, rows in found.items():
        assert rows, kind
        for one in rows:
            check(kind, one)
    ids = [one["id"] for rows in found.values() for one in rows]
    assert len(set(ids)) == len(ids)
    [event] = found["motions"][0]["vote_events"]
    assert event["result"] == "pass"
    assert [one["value"] for one in event["counts"]] == [2, 1, 1]
    assert {one["voter_id"] for one in event["votes"]} <= {o["id"] for o in found["organizations"]}
    known = {one["id"] for one in found["persons"]}
    assert {one["person_id"] for one in found["memberships"]} == known


def test_support_is_watched_as_indicators_of_the_place(partners: Partners, tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(Refused, match="nobody has counted support"):
        watch_support(PLACE, home=home, by=ADA, on=moment(MEETS))
    for kind, amount in ((SupportKind.GRANT, 25_000_00), (SupportKind.VOLUNTEERING, 340)):
        new = NewSupport(kind, "Food bank", amount, MEETS, MEETS, "Letter")
        actions.count_support(PLACE, "wex", new, by=ADA, on=moment(MEETS))
    codes = watch_support(PLACE, home=home, by=ADA, on=moment(MEETS))
    assert codes == ["civil-society-grants-wexshire", "civil-society-volunteering-wexshire"]
    with pytest.raises(Refused, match="held already"):
        watch_support(PLACE, home=home, by=ADA, on=moment(MEETS))
