"""A place sets its own variant above the floor, and goes back to the floor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.entitlements import models
from totalplace.entitlements.actions.proposing import check_asked_once, digest, one_at_a_time
from totalplace.entitlements.queries.guarantees import GuaranteeRow, VersionRow, guarantee
from totalplace.entitlements.queries.variants import VariantRow, variants
from totalplace.entitlements.rules.floors import Checked, check_floor
from totalplace.entitlements.rules.moves import check_reason
from totalplace.entitlements.rules.variants import WHAT, read_variant
from totalplace.entitlements.rules.written import written
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

KIND = "local variant"  # of its citation


@dataclass(frozen=True, slots=True)
class _Saying:
    """What is said of a place from a day: a text, or with none that the floor holds again."""

    of: GuaranteeRow
    place: str
    text: str
    first_day: date
    checked: str
    reason: str


@transaction.atomic
def set_variant(text: str, *, reason: str, by: Who, on: datetime) -> VariantRow:
    """Set what a place gives beyond a guarantee, from a day that has not passed.

    Raises Refused, saying where, for a variant that is worse for anybody than the guarantee as it
    is in force on any of its days, and for one whose guarantee is not in force on its first.
    """
    spot = written(text, what=WHAT)
    if not spot.has("of") or not spot.has("place") or not spot.has("in_force"):
        raise spot.refused("it says of which guarantee, in which place and from which day it is")
    place, first = spot.text("place"), spot.at("in_force").day("from")
    power = places.power(by, Act.SET_LOCAL_VARIANT, place=places.place(place).code, on=on)
    why = check_reason(reason, "set a local variant")
    one_at_a_time()
    of = guarantee(spot.text("of"))
    checked = []
    for version, begins in _versions_from(of, first):
        variant = read_variant(text, version.rule)
        what = f"'{variant.title}' cannot be set in {place}"
        check_asked_once(of.code, variant.known.facts, what)
        checked.append(check_floor(version.rule, replace(variant, first_day=begins)))
    if not checked:
        raise Refused(
            f"A variant of '{of.latest.title}' cannot begin on {in_words(first)}",
            why="the guarantee is not in force on that day",
            next_step="Choose a day on which it is",
        )
    said = _Saying(of, place, text, first, _words(checked), why)
    return _add(said, "set a local variant", power=power, by=by, on=on)


@transaction.atomic
def end_variant(
    code: str, place: str, *, first_day: date, reason: str, by: Who, on: datetime
) -> VariantRow:
    """Go back to the floor in a place from a day. Raises Refused where it has no variant."""
    power = places.power(by, Act.SET_LOCAL_VARIANT, place=places.place(place).code, on=on)
    why = check_reason(reason, "end a local variant")
    one_at_a_time()
    of = guarantee(code)
    rows = variants(code=code, place=place)
    if not rows or rows[-1].ends:
        raise Refused(
            f"There is nothing to end in {place}",
            why=f"it has no variant of '{of.latest.title}'",
            next_step="See what holds there with: totalplace entitlements list --place PLACE",
        )
    said = _Saying(of, place, "", first_day, "", why)
    return _add(said, "ended a local variant", power=power, by=by, on=on)


def _versions_from(of: GuaranteeRow, first: date) -> Iterator[tuple[VersionRow, date]]:
    """The version in force on a day, and those enacted to follow it, each with its first day."""
    now = of.in_force(first)
    if now is None:
        return
    yield now, first
    for event in of.events:
        if event.version is not None and event.first_day > first:
            yield of.version(event.version), event.first_day


def _words(checked: list[Checked]) -> str:
    people, days = sum(one.people for one in checked), sum(one.days for one in checked)
    said = f"held against {people:,} people on {days} day{'s' * (days != 1)}"
    if all(one.whole for one in checked):
        return f"{said}: every combination of the boundaries of both rules"
    return f"{said}: a sample of the combinations, drawn with seed {checked[0].seed}"


def _add(said: _Saying, verb: str, *, power: str, by: Who, on: datetime) -> VariantRow:
    today = local_day(on)
    before = variants(code=said.of.code, place=said.place)
    latest = max([today, *(row.first_day for row in before)])
    if said.first_day < latest:
        raise Refused(
            f"It cannot begin on {in_words(said.first_day)}",
            why="that day has passed" if latest == today else "a later one was said already",
            next_step=f"Choose {in_words(latest)} or later",
        )
    models.Variant.objects.create(
        guarantee_id=said.of.id, place_id=places.place(said.place).id, number=len(before) + 1,
        text=said.text, digest=digest(said.text), first_day=said.first_day, day=today,
        checked=said.checked, reason=said.reason, by=by.name, on=on,
    )  # fmt: skip
    made = variants(code=said.of.code, place=said.place)[-1]
    about = Citation(KIND, f"{made.code}/{made.place}/{made.number}")
    citing = f"from {made.first_day}; text {made.digest}; {made.reason}"
    record.write(by.name, verb, about=about, on=on, power=power, citing=citing)
    return made
