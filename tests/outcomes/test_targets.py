"""Sets of targets: drafted, proposed, heard, revised for an answer, decided and adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from totalplace.money.years import FinancialYear
from totalplace.outcomes import queries
from totalplace.outcomes.actions import target_sets as actions
from totalplace.outcomes.queries.targets_heard import adoption_lacks, stage_of, you_said
from totalplace.outcomes.rules.target_moves import Stage
from totalplace.outcomes.rules.targets import Step
from totalplace.outcomes.rules.wanted import Wanted
from totalplace.participation import queries as participation
from totalplace.places import actions as register
from totalplace.places import queries as places
from totalplace.places.rules.mandates import MAY, Act, Officer, Role
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .place_made import (
    ADA,
    ADOPTED,
    CONCLUDED,
    DRAFTED,
    ONE,
    OPENED,
    PROPOSED,
    TAKEN,
    WexshirePlace,
)
from .targets_made import a_wanted

pytestmark = pytest.mark.django_db
LESS = {"wex": Decimal(50), "icb": Decimal(20)}
TWO = "wexshire/2"


def eased() -> Wanted:
    """What the council wants after the health board has objected."""
    steps = (Step(date(2028, 3, 31), Decimal(11)), Step(date(2030, 3, 31), Decimal(10)))
    return a_wanted(shares=LESS, steps=steps)


def test_a_set_is_drafted_proposed_heard_decided_and_adopted(wexshire: WexshirePlace) -> None:
    made = wexshire.heard([a_wanted()])
    assert made.versions[-1].number == 1
    assert queries.targets("wexshire") is None
    assert stage_of(made, on=wexshire.day(CONCLUDED - 1)) is Stage.PROPOSED
    assert stage_of(made, on=wexshire.day(CONCLUDED)) is Stage.HEARD
    wexshire.adopted(wexshire.decided())
    found = queries.targets("wexshire")
    assert found is not None
    assert found.targets == tuple(queries.target_set(ONE).targets)
    assert found.targets[0].last.value == Decimal(9)
    assert (found.adoption.version, found.adoption.hearing) == (1, "hearing 1")
    assert found.set.kept is Stage.ADOPTED
    said = [entry.verb for entry in record.about(made.citation)]
    assert said == ["drafted", "changed the draft", "propose", "adopt"]
    assert record.first_fault() is None


def test_an_objection_is_answered_and_leads_to_a_changed_target(wexshire: WexshirePlace) -> None:
    wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=True)
    wexshire.revised([eased()], because=1)
    wexshire.concluded(number)
    wexshire.adopted(wexshire.decided())
    found = queries.targets("wexshire")
    assert found is not None
    assert found.adoption.version == 2
    assert [part.share for part in found.targets[0].parts] == [20, 50, 30]
    (done,) = you_said(found.set)
    assert (done.who, done.version, done.answer.changed) == ("Wexshire Health Board", 2, True)
    assert "thirty per cent" in done.said
    assert [change.what for change in done.changes] == [
        "By 31 March 2029", "By 31 March 2030", "What icb can move", "What nobody here can move",
    ]  # fmt: skip


def test_an_answer_that_nothing_changes_holds_up_nothing(wexshire: WexshirePlace) -> None:
    wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=False)
    wexshire.concluded(number)
    assert wexshire.adopted(wexshire.decided()).kept is Stage.ADOPTED
    (done,) = you_said(queries.target_set(ONE))
    assert (done.version, done.changes) == (None, ())


def test_a_silent_agency_holds_up_nothing(wexshire: WexshirePlace) -> None:
    wexshire.heard([a_wanted()])
    (heard,) = participation.hearings(place="wexshire")
    assert {one.agency for one in heard.silent} == {"icb", "wex"}
    assert wexshire.adopted(wexshire.decided()).kept is Stage.ADOPTED


def test_later_targets_take_the_place_of_those_before(wexshire: WexshirePlace) -> None:
    wexshire.heard([a_wanted()])
    wexshire.proposed([eased()])
    about = Citation("targets", TWO)
    wexshire.concluded(wexshire.opened(about))
    wexshire.adopted(wexshire.decided())
    wexshire.adopted(wexshire.decided(about=about), TWO, on=ADOPTED + 1)
    found = queries.targets("wexshire")
    assert found is not None
    assert found.set.citation.id == TWO
    stages = [row.kept for row in queries.target_sets("wexshire")]
    assert stages == [Stage.SUPERSEDED, Stage.ADOPTED]
    with pytest.raises(Refused, match="they are adopted"):
        actions.withdraw(TWO, reason="Too late", by=ADA, on=wexshire.at(ADOPTED + 2))


def test_a_draft_is_changed_freely_and_each_draft_is_kept(wexshire: WexshirePlace) -> None:
    wexshire.drafted([a_wanted()])
    other = a_wanted(area="E10000018")
    row = wexshire.revised([a_wanted(), other], because=None, on=DRAFTED + 1)
    assert [(one.number, len(one.targets)) for one in row.versions] == [(0, 1), (0, 2)]
    assert row.published == ()
    with pytest.raises(Refused, match="were not changed"):
        wexshire.revised([a_wanted(), other], because=None, on=DRAFTED + 2)
    with pytest.raises(Refused, match="no answer to name"):
        wexshire.revised([a_wanted()], because=1, on=DRAFTED + 2)


def test_what_is_proposed_is_revised_freely_until_it_is_heard(wexshire: WexshirePlace) -> None:
    wexshire.proposed([a_wanted()])
    row = wexshire.revised([eased()], because=None, on=PROPOSED + 1)
    assert [one.number for one in row.published] == [1, 2]
    assert len(row.changes(2)) == 4
    assert row.changes(1) == []
    with pytest.raises(Refused, match="no version 3"):
        row.version(3)


WAYS: dict[str, Callable[[WexshirePlace, int], object]] = {
    "which answer led to the change": lambda p, n: p.revised([eased()], because=None),
    "there is no answer 7": lambda p, n: p.revised([eased()], because=7),
    "answer 1 says that nothing changed": lambda p, n: p.revised([eased()], because=1),
}


@pytest.mark.parametrize("why", WAYS)
def test_what_is_being_heard_is_changed_only_as_an_answer_says(
    wexshire: WexshirePlace, why: str
) -> None:
    wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=False)
    with pytest.raises(Refused, match=why):
        WAYS[why](wexshire, number)


def test_a_set_is_not_proposed_once_people_are_heard_on_it(wexshire: WexshirePlace) -> None:
    wexshire.drafted([a_wanted()])
    wexshire.opened()
    with pytest.raises(Refused, match="nothing yet to be heard on"):
        actions.propose(ONE, reason="Late", by=ADA, on=wexshire.at(OPENED + 1))


def test_all_that_is_lacking_is_said_at_once(wexshire: WexshirePlace) -> None:
    row = wexshire.proposed([a_wanted()])
    lacks = adoption_lacks(row, None, on=wexshire.day(PROPOSED))
    assert [lack.what for lack in lacks] == [
        "Nobody was heard on this", "No decision to adopt these targets is named",
    ]  # fmt: skip
    with pytest.raises(Refused, match="and 1 more things are lacking"):
        wexshire.adopted(Citation("decision", "wex-council/9"), on=PROPOSED)


DRAFTS: dict[str, dict[str, object]] = {
    "it has no title|they have no title": {"title": " "},
    "why the place sets them": {"why": ""},
    "more than 300 letters": {"title": "x" * 301},
    "last year is before the first": {"years": (FinancialYear(2028), FinancialYear(2027))},
    "at most 20 can be foreseen": {"years": (FinancialYear(2027), FinancialYear(2060))},
    "There is no agency": {"agency": "nobody"},
    "There is no place": {"place": "nowhere"},
    "does not belong to the place": {"agency": "dfe"},
}


@pytest.mark.parametrize("why", DRAFTS)
def test_a_draft_that_does_not_say_what_it_is_is_refused(wexshire: WexshirePlace, why: str) -> None:
    register.register_agency("dfe", name="A department", kind="department", by=ADA,
                             on=wexshire.at(0))  # fmt: skip
    said: dict[str, object] = {
        "title": "Targets", "why": "They matter.", "years": wexshire.years, "agency": "wex",
        "place": "wexshire",
    } | DRAFTS[why]  # fmt: skip
    place, title = str(said.pop("place")), str(said.pop("title"))
    with pytest.raises(Refused, match=why):
        actions.draft(place, title, by=ADA, on=wexshire.at(1), **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"indicator": "nothing-known"}, "There is no indicator"),
        ({"area": "no area"}, "is no area"),
        ({"shares": {"dfe": Decimal(10)}}, "no agency of that code belongs to the place"),
        ({"shares": {"wex": Decimal(101)}}, "come to 101"),
    ],
)
def test_targets_that_cannot_stand_are_refused(
    wexshire: WexshirePlace, wanted: dict[str, object], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        wexshire.drafted([a_wanted(**wanted)])


@pytest.mark.parametrize("role", list(Role))
def test_only_a_place_sets_targets_and_never_the_centre(
    wexshire: WexshirePlace, an_officer: Callable[..., Officer], role: Role
) -> None:
    wexshire.drafted([a_wanted()])
    named = "wexshire" if role is not Role.DEPARTMENT_OFFICIAL else ""
    officer = an_officer("bea", role, place=named)
    on = wexshire.at(175)
    for act, roles in (
        (Act.PROPOSE_TARGETS, {Role.COMMISSIONER}),
        (Act.ADOPT_TARGETS, {Role.COMMISSIONER, Role.ELECTED_MEMBER}),
    ):
        assert MAY[act].roles == roles
        assert places.may(officer, act, place="wexshire", on=on) is (role in roles)
    if role is not Role.COMMISSIONER:
        with pytest.raises(Refused, match="may not propose or change targets"):
            actions.propose(ONE, reason="It is ours", by=officer, on=on)
        with pytest.raises(Refused, match="may not propose or change targets"):
            actions.withdraw(ONE, reason="It is ours", by=officer, on=on)


def test_a_set_is_withdrawn_before_it_is_adopted(wexshire: WexshirePlace) -> None:
    wexshire.proposed([a_wanted()])
    row = actions.withdraw(ONE, reason="The grant fell away", by=ADA, on=wexshire.at(PROPOSED))
    assert row.kept is Stage.WITHDRAWN
    with pytest.raises(Refused, match="they are withdrawn"):
        wexshire.revised([eased()], because=None)
    with pytest.raises(Refused, match="they are withdrawn"):
        wexshire.adopted(wexshire.decided())


@pytest.mark.parametrize(
    "citation", ["wexshire/9", "nowhere/1", "wexshire", "\x00/1", "wexshire/x"]
)
def test_a_set_that_is_not_there_is_told(wexshire: WexshirePlace, citation: str) -> None:
    with pytest.raises(Refused, match="There are no targets"):
        queries.target_set(citation)


def test_a_decision_of_the_cabinet_or_before_the_hearing_adopts_nothing(
    wexshire: WexshirePlace,
) -> None:
    row = wexshire.heard([a_wanted()])
    cabinet = wexshire.decided("wex-cabinet", matter="executive")
    (lack, *_) = adoption_lacks(row, cabinet, on=wexshire.day(ADOPTED))
    assert "does not set the policy" in lack.why
    hearings_day = wexshire.decided(on=CONCLUDED)
    lacks = adoption_lacks(row, hearings_day, on=wexshire.day(ADOPTED))
    assert [f"taken on {wexshire.day(CONCLUDED).day}" in one.why for one in lacks] == [True]
    other = wexshire.decided(about=Citation("targets", TWO), on=TAKEN)
    (about,) = adoption_lacks(row, other, on=wexshire.day(ADOPTED))
    assert "it is about targets wexshire/2" in about.why
    (edition,) = adoption_lacks(row, Citation("edition", "x/1"), on=wexshire.day(ADOPTED))
    assert "is no decision" in edition.what


def test_an_agency_that_joins_by_a_revision_has_to_be_asked_too(wexshire: WexshirePlace) -> None:
    wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=True)
    shares = {"wex": Decimal(50), "icb": Decimal(20), "fire": Decimal(10)}
    row = wexshire.revised([a_wanted(shares=shares)], because=1)
    wexshire.concluded(number)
    lacks = adoption_lacks(row, wexshire.decided(), on=wexshire.day(ADOPTED))
    assert [lack.what for lack in lacks] == ["fire was not asked"]


def test_an_answer_that_says_something_changed_is_owed_a_version(wexshire: WexshirePlace) -> None:
    row = wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=True)
    wexshire.concluded(number)
    decision = wexshire.decided()
    (lack,) = adoption_lacks(row, decision, on=wexshire.day(ADOPTED))
    assert lack.what == "Answer 1 says that something changed, and nothing did"
    wexshire.revised([eased()], because=1, on=CONCLUDED + 1)
    assert wexshire.adopted(decision).adoption is not None


def test_what_is_changed_after_it_was_decided_has_to_be_decided_anew(
    wexshire: WexshirePlace,
) -> None:
    wexshire.proposed([a_wanted()])
    number = wexshire.opened()
    wexshire.objected(number)
    wexshire.answered(number, changed=True)
    wexshire.concluded(number)
    decision = wexshire.decided()
    row = wexshire.revised([eased()], because=1, on=TAKEN, hour=15)
    (lack,) = adoption_lacks(row, decision, on=wexshire.day(ADOPTED))
    assert "version 2 was made after it was taken" in lack.why
    with pytest.raises(Refused, match="nobody decided on that"):
        wexshire.adopted(decision)
