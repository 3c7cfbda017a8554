"""Proposing a guarantee or a change of one, and saying what it costs in a place."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from totalplace.entitlements import models
from totalplace.entitlements.queries.guarantees import (
    GuaranteeRow,
    VersionRow,
    guarantee,
    guarantees,
    read_once,
    version,
)
from totalplace.entitlements.rules.facts import Fact
from totalplace.entitlements.rules.guarantee import Guarantee, failed
from totalplace.entitlements.rules.moves import Stage, check_reason
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class CostSaid:
    """What somebody says a version costs in a place in a year, in pence, with its bounds."""

    place: str
    pence: int
    low: int
    high: int
    source: str


def one_at_a_time() -> None:
    """Wait for other writers of this room, until this transaction ends."""
    take_turn("totalplace.entitlements")


@transaction.atomic
def propose(
    text: str, *, reason: str, costs: Sequence[CostSaid] = (), by: Who, on: datetime
) -> VersionRow:
    """Propose a guarantee by its text, or a change of one that there is, under the same code.

    Raises Refused where the text cannot be read, one of its own tests does not come out, its
    national body is not registered or is another's than before, or nothing is changed.
    """
    said = read_once(text)
    one_at_a_time()
    agency = places.agency(said.agency)
    power = places.power(by, Act.PROPOSE_ENTITLEMENT, agency=said.agency, on=on)
    why = check_reason(reason, "propose")
    _check_tests(said)
    before = next((row for row in guarantees() if row.code == said.code), None)
    _check_fits(said, text, before)
    whose = before.id if before else _begun(said.code, agency.id, by, on)
    number = len(before.versions) + 1 if before else 1
    made = models.Version.objects.create(
        guarantee_id=whose, number=number, title=said.title, text=text, digest=digest(text),
        reason=why, by=by.name, on=on,
    )  # fmt: skip
    for cost in costs:
        _cost(made.pk, cost, by, on)
    found = guarantee(said.code).version(number)
    verb = "proposed a change" if before else "proposed"
    citing = f"{said.title}; text {found.digest}; {why}"
    record.write(by.name, verb, about=found.citation, on=on, power=power, citing=citing)
    return found


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _begun(code: str, agency: int, by: Who, on: datetime) -> int:
    made = models.Guarantee.objects.create(code=code, agency_id=agency, by=by.name, on=on)
    return made.pk


def _check_tests(said: Guarantee) -> None:
    wrong = failed(said)
    if wrong:
        raise Refused(
            f"'{said.title}' cannot be proposed",
            why=f"{len(wrong)} of its own tests do not come out as it says: {wrong[0]}",
            next_step="Put the rule or the test right",
        )


def _check_fits(said: Guarantee, text: str, before: GuaranteeRow | None) -> None:
    what = f"'{said.title}' cannot be proposed"
    if before is not None and before.agency != said.agency:
        raise Refused(
            what,
            why=f"'{said.code}' is {before.agency_name}'s, and this text is of {said.set_by}",
            next_step="Choose another code, or have that body propose it",
        )
    if before is not None and any(one.text == text for one in before.versions):
        raise Refused(
            what,
            why="a version with the very same text was proposed before",
            next_step="Propose what is to be changed",
        )
    check_asked_once(said.code, said.facts, what)


def check_asked_once(of: str, facts: Mapping[str, Fact], what: str) -> None:
    """Raise Refused where another guarantee asks the same thing in another way."""
    for row in guarantees():
        if row.code == of or row.latest.stage not in (Stage.PROPOSED, Stage.ENACTED):
            continue
        for code, fact in row.latest.rule.facts.items():
            if facts.get(code, fact) != fact:
                raise Refused(
                    what,
                    why=f"it asks '{code}' otherwise than '{row.code}' does, and people are asked "
                    "each thing once",
                    next_step=f"Ask it as that does ('{fact.ask}'), or give it another name",
                )


@transaction.atomic
def add_cost(citation: str, cost: CostSaid, *, by: Who, on: datetime) -> VersionRow:
    """Say what a version costs in a place in a year, anew or for the first time.

    Raises Refused where there is no such version or place, for a cost out of its own bounds, and
    for one without a source.
    """
    one_at_a_time()
    row = version(citation)
    power = places.power(by, Act.PROPOSE_ENTITLEMENT, agency=guarantee(row.code).agency, on=on)
    _cost(row.id, cost, by, on)
    said = f"{cost.place}: {cost.pence} pence, {cost.low} to {cost.high}; {cost.source.strip()}"
    record.write(by.name, "said the cost", about=row.citation, on=on, power=power, citing=said)
    return version(citation)


def _cost(of: int, cost: CostSaid, by: Who, on: datetime) -> None:
    place = places.place(cost.place)
    if not 0 <= cost.low <= cost.pence <= cost.high <= 10**15 or not cost.source.strip():
        raise Refused(
            f"The cost in {place.name} cannot be kept",
            why="it lies between its low and its high, none below nought, and has a source",
            next_step="Give all three sums in pence, and where they are from",
        )
    models.PlaceCost.objects.create(
        version_id=of, place_id=place.id, pence=cost.pence, pence_low=cost.low,
        pence_high=cost.high, source=cost.source.strip(), by=by.name, on=on,
    )  # fmt: skip
