"""/api/v1/readiness/: assessments, what each side scored once it may be seen, evidence, waivers.

A score is told as the pages tell it: to its own side's officers alone before both are in, to both
sides' officers until they agree, and then to anybody.
"""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from totalplace.agreements.queries import devolution
from totalplace.decisions.rules.days import local_day
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.readiness_shown import (
    Assessment,
    EvidenceItem,
    PowerTold,
    ReadinessFollowed,
    ReadinessLack,
    ReadinessWaiver,
    followed_shown,
    item_shown,
    shown,
    waiver_shown,
)
from totalplace.doors.api.words import Day, Line, OptionalWords, Reason, Said, Words
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer
from totalplace.readiness import actions, queries
from totalplace.readiness.queries import AssessmentRow
from totalplace.readiness.rules.agreeing import AgreedLevel
from totalplace.readiness.rules.eligibility import FactSaid
from totalplace.readiness.rules.evidence import EvidenceKind, EvidenceSaid
from totalplace.readiness.rules.scale import Area, Level, Side
from totalplace.readiness.rules.scoring import Scored

router = Router()
_ONE = "/assessments/{place}/{number}"
_ACTS = {
    Side.PLACE: (Act.SCORE_FOR_PLACE, Act.AGREE_READINESS_FOR_PLACE),
    Side.CENTRE: (Act.SCORE_FOR_CENTRE, Act.AGREE_READINESS_FOR_CENTRE),
}
Need = Annotated[str, Field(min_length=1, max_length=64, description="An area, or a fact.")]
Numbers = Annotated[list[int], Field(max_length=100)]


class Beginning(Said):
    """With which department, and why."""

    place: Code
    centre: Code
    why: Words


class StatingFact(Said):
    """A fact: its day, or null where it never happened or has not ended; and the source."""

    code: Code
    happened_on: Day | None
    source: Line
    ongoing: bool = Field(default=False, description="It has not ended.")


class StatingFacts(Said):
    """Every fact of eligibility."""

    facts: Annotated[list[StatingFact], Field(max_length=20)]


class Scoring(Said):
    """A level in an area, why, and on which items it rests."""

    area: Area
    level: Level
    why: Words
    evidence: Numbers = Field(default_factory=list)


class HandingIn(Said):
    """All four scores."""

    scores: Annotated[list[Scoring], Field(max_length=8)]


class PuttingLevel(Said):
    """What is put forward in an area."""

    area: Area
    level: Level | None
    reason: Words
    disputed: OptionalWords = ""


class Putting(Said):
    """All four levels."""

    levels: Annotated[list[PuttingLevel], Field(max_length=8)]


class Consenting(Said):
    """The number of the other side's last proposal."""

    proposal: Number


class GivingEvidence(Said):
    """An item of evidence."""

    place: Code
    area: Area
    kind: EvidenceKind
    title: Line
    says: Words
    where: Line
    first_day: Day
    last_day: Day
    renews: Number | None = None


class SayingFollowed(Said):
    """What followed in an area, whether as the level let one expect, and who says so."""

    area: Area
    went_well: bool
    what: Words
    source: Line


class Waiving(Reason):
    """What is to be done without, and until when."""

    place: Code
    centre: Code
    need: Need
    level: Need
    until: Day


@reads(router, "/assessments", answers=Listed[Assessment])
def every_assessment(
    by: Asker, *, place: Annotated[str, Field(max_length=64)] = "", after: After = "",
    limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Assessments by place, the last first; scores as far as whoever asks may see them."""
    rows = sorted(queries.assessments(place), key=_key)
    return page(rows, _key, lambda row: _told(by, row), after=after or None, limit=limit)


@reads(router, _ONE, answers=Assessment)
def one_assessment(by: Asker, *, place: Code, number: Number) -> Assessment:
    """One assessment."""
    return _told(by, there(lambda: queries.assessment(f"{place}/{number}")))


@reads(router, "/evidence/{place}", answers=list[EvidenceItem])
def evidence_of_place(_: Asker, *, place: Code) -> list[EvidenceItem]:
    """All evidence of a place, what expired too."""
    return [item_shown(row) for row in queries.evidence(place)]


@reads(router, "/waivers/{place}", answers=list[ReadinessWaiver])
def waivers_of_place(_: Asker, *, place: Code) -> list[ReadinessWaiver]:
    """What was waived in a place, or offered to be."""
    return [waiver_shown(row) for row in queries.waivers(place)]


@reads(router, "/followed/{place}", answers=list[ReadinessFollowed])
def followed_in_place(_: Asker, *, place: Code) -> list[ReadinessFollowed]:
    """What is known to have followed the agreed levels of a place."""
    return [followed_shown(row) for row in queries.followed(place)]


@reads(router, "/lacking/{place}/{model}", answers=list[ReadinessLack])
def lacking_for_model(
    _: Asker, *, place: Code, model: Code, on: Day | None = None
) -> list[ReadinessLack]:
    """What a place lacks on a day for an agreement under a model of devolution."""
    needs = there(lambda: devolution.model(model)).needs
    found = queries.lacking(place, needs, on=on or local_day(now()))
    return [ReadinessLack(what=one.what, why=one.why, next_step=one.next_step) for one in found]


@reads(router, "/opens/{place}/{model}", answers=list[PowerTold])
def powers_of_place(
    _: Asker, *, place: Code, model: Code, on: Day | None = None
) -> list[PowerTold]:
    """Which powers of a model the agreed levels of a place open on a day."""
    found = there(lambda: devolution.model(model))
    row = queries.agreed_assessment(place, on=on or local_day(now()))
    return [
        PowerTold(
            code=one.power.code, title=one.power.title, open=one.is_open, needs=list(one.lacking)
        )
        for one in devolution.opens(found, row.levels if row else {})
    ]


@writes(router, "/assessments", act=Act.SCORE_FOR_PLACE, answers=Assessment, status=201)
def begin_for_place(by: Officer, *, said: Beginning) -> Assessment:
    """Begin an assessment for the place."""
    return _begun(by, said, Side.PLACE)


@writes(router, "/assessments/for-centre", act=Act.SCORE_FOR_CENTRE, answers=Assessment, status=201)
def begin_for_centre(by: Officer, *, said: Beginning) -> Assessment:
    """Begin an assessment for a department."""
    return _begun(by, said, Side.CENTRE)


@writes(router, _ONE + "/facts", act=Act.GIVE_EVIDENCE, answers=Assessment)
def state_facts(by: Officer, *, place: Code, number: Number, said: StatingFacts) -> Assessment:
    """State every fact of eligibility."""
    facts = [FactSaid(one.code, one.happened_on, one.source, one.ongoing) for one in said.facts]
    return _done(actions.state_facts(_at(place, number), facts, by=by, on=now()))


@writes(router, _ONE + "/place-scores", act=Act.SCORE_FOR_PLACE, answers=Assessment)
def hand_in_for_place(by: Officer, *, place: Code, number: Number, said: HandingIn) -> Assessment:
    """Hand in the place's scores, unseen by the centre until its own are in."""
    return _handed_in(by, _at(place, number), said, Side.PLACE)


@writes(router, _ONE + "/centre-scores", act=Act.SCORE_FOR_CENTRE, answers=Assessment)
def hand_in_for_centre(by: Officer, *, place: Code, number: Number, said: HandingIn) -> Assessment:
    """Hand in the centre's scores, unseen by the place until its own are in."""
    return _handed_in(by, _at(place, number), said, Side.CENTRE)


@writes(router, _ONE + "/place-levels", act=Act.AGREE_READINESS_FOR_PLACE, answers=Assessment)
def put_for_place(by: Officer, *, place: Code, number: Number, said: Putting) -> Assessment:
    """Put levels to the centre."""
    return _put(by, _at(place, number), said, Side.PLACE)


@writes(router, _ONE + "/centre-levels", act=Act.AGREE_READINESS_FOR_CENTRE, answers=Assessment)
def put_for_centre(by: Officer, *, place: Code, number: Number, said: Putting) -> Assessment:
    """Put levels to the place."""
    return _put(by, _at(place, number), said, Side.CENTRE)


@writes(router, _ONE + "/place-consent", act=Act.AGREE_READINESS_FOR_PLACE, answers=Assessment)
def agree_for_place(by: Officer, *, place: Code, number: Number, said: Consenting) -> Assessment:
    """Agree for the place to what the centre put forward last."""
    at = _at(place, number)
    return _done(actions.consent(at, Side.PLACE, proposal=said.proposal, by=by, on=now()))


@writes(router, _ONE + "/centre-consent", act=Act.AGREE_READINESS_FOR_CENTRE, answers=Assessment)
def agree_for_centre(by: Officer, *, place: Code, number: Number, said: Consenting) -> Assessment:
    """Agree for the centre to what the place put forward last."""
    at = _at(place, number)
    return _done(actions.consent(at, Side.CENTRE, proposal=said.proposal, by=by, on=now()))


@writes(router, _ONE + "/withdraw", act=Act.SCORE_FOR_PLACE, answers=Assessment)
def withdraw_for_place(by: Officer, *, place: Code, number: Number, said: Reason) -> Assessment:
    """Withdraw an assessment for the place."""
    at = _at(place, number)
    return _done(actions.withdraw(at, side=Side.PLACE, reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/withdraw-for-centre", act=Act.SCORE_FOR_CENTRE, answers=Assessment)
def withdraw_for_centre(by: Officer, *, place: Code, number: Number, said: Reason) -> Assessment:
    """Withdraw an assessment for the centre."""
    at = _at(place, number)
    return _done(actions.withdraw(at, side=Side.CENTRE, reason=said.reason, by=by, on=now()))


@writes(router, _ONE + "/followed", act=Act.GIVE_EVIDENCE, answers=Assessment)
def say_followed_for_place(
    by: Officer, *, place: Code, number: Number, said: SayingFollowed
) -> Assessment:
    """Say for the place what followed an agreed level."""
    return _followed(by, _at(place, number), said, Side.PLACE)


@writes(router, _ONE + "/followed-for-centre", act=Act.SCORE_FOR_CENTRE, answers=Assessment)
def say_followed_for_centre(
    by: Officer, *, place: Code, number: Number, said: SayingFollowed
) -> Assessment:
    """Say for the centre what followed an agreed level."""
    return _followed(by, _at(place, number), said, Side.CENTRE)


@writes(router, "/evidence", act=Act.GIVE_EVIDENCE, answers=EvidenceItem, status=201)
def give_evidence(by: Officer, *, said: GivingEvidence) -> EvidenceItem:
    """Give an item of evidence of a place, that expires."""
    item = EvidenceSaid(
        said.area, said.kind, said.title, said.says, said.where, said.first_day, said.last_day,
        said.renews,
    )  # fmt: skip
    return item_shown(actions.give(said.place, item, by=by, on=now()))


@writes(router, "/evidence/{place}/{number}/withdraw", act=Act.GIVE_EVIDENCE, answers=EvidenceItem)
def withdraw_evidence(by: Officer, *, place: Code, number: Number, said: Reason) -> EvidenceItem:
    """Withdraw an item: what rests on it is unsupported from today."""
    at = f"{place}/{number}"
    there(lambda: queries.evidence_item(at))
    return item_shown(actions.withdraw_evidence(at, reason=said.reason, by=by, on=now()))


@writes(router, "/waivers", act=Act.AGREE_READINESS_FOR_PLACE, answers=ReadinessWaiver, status=201)
def offer_waiver_for_place(by: Officer, *, said: Waiving) -> ReadinessWaiver:
    """Offer for the place to do without a score or a fact until a day."""
    return _offered(by, said, Side.PLACE)


@writes(
    router, "/centre-waivers", act=Act.AGREE_READINESS_FOR_CENTRE, answers=ReadinessWaiver,
    status=201,
)  # fmt: skip
def offer_waiver_for_centre(by: Officer, *, said: Waiving) -> ReadinessWaiver:
    """Offer for the centre to do without a score or a fact until a day."""
    return _offered(by, said, Side.CENTRE)


@writes(
    router, "/waivers/{place}/{number}/place-consent", act=Act.AGREE_READINESS_FOR_PLACE,
    answers=ReadinessWaiver,
)  # fmt: skip
def agree_waiver_for_place(
    by: Officer, *, place: Code, number: Number, said: Reason
) -> ReadinessWaiver:
    """Agree for the place to do without."""
    return _waived(by, f"{place}/{number}", said.reason, Side.PLACE)


@writes(
    router, "/waivers/{place}/{number}/centre-consent", act=Act.AGREE_READINESS_FOR_CENTRE,
    answers=ReadinessWaiver,
)  # fmt: skip
def agree_waiver_for_centre(
    by: Officer, *, place: Code, number: Number, said: Reason
) -> ReadinessWaiver:
    """Agree for the centre to do without."""
    return _waived(by, f"{place}/{number}", said.reason, Side.CENTRE)


def _offered(by: Officer, said: Waiving, side: Side) -> ReadinessWaiver:
    wanted = actions.WaiverSaid(said.need, said.level, said.centre, said.reason, said.until)
    return waiver_shown(actions.offer_waiver(said.place, wanted, side=side, by=by, on=now()))


def _waived(by: Officer, at: str, reason: str, side: Side) -> ReadinessWaiver:
    there(lambda: queries.waiver(at))
    return waiver_shown(actions.agree_waiver(at, side=side, reason=reason, by=by, on=now()))


def _followed(by: Officer, at: str, said: SayingFollowed, side: Side) -> Assessment:
    wanted = actions.FollowedSaid(said.area, said.went_well, said.what, said.source)
    actions.say_followed(at, wanted, side=side, by=by, on=now())
    return _done(queries.assessment(at))


def _at(place: str, number: int) -> str:
    at = f"{place}/{number}"
    there(lambda: queries.assessment(at))
    return at


def _key(row: AssessmentRow) -> str:
    return f"{row.place}/{row.number:09d}"


def _begun(by: Officer, said: Beginning, side: Side) -> Assessment:
    row = actions.begin(said.place, centre=said.centre, why=said.why, side=side, by=by, on=now())
    return _done(row)


def _handed_in(by: Officer, at: str, said: HandingIn, side: Side) -> Assessment:
    scores = [Scored(one.area, one.level, one.why, tuple(one.evidence)) for one in said.scores]
    return _done(actions.hand_in(at, side, scores, by=by, on=now()))


def _put(by: Officer, at: str, said: Putting, side: Side) -> Assessment:
    levels = [AgreedLevel(one.area, one.level, one.reason, one.disputed) for one in said.levels]
    return _done(actions.propose(at, side, levels, by=by, on=now()))


def _done(row: AssessmentRow) -> Assessment:
    """What an act answers with: scores as nobody of the other side may see them."""
    return shown(row, dict.fromkeys(Side, None))


def _told(by: Asker, row: AssessmentRow) -> Assessment:
    seen: dict[Side, Officer | None] = {}
    for side in Side:
        asked = Side if row.both_in else (side,)
        officers = [by.reading(act) for one in asked for act in _ACTS[one]]
        seen[side] = next((one for one in officers if one is not None), None)
    return shown(row, seen)
