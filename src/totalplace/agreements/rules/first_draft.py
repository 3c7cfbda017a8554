"""The first draft of an agreement, from an offer that was agreed: what it says, and no more.

What an offer does not say (aims, governance, the ladder of disputes) is written as it is usual, or
left empty, and the officers of the place go on from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Model, SetBy, Side
from totalplace.agreements.rules.lines import Line, Where
from totalplace.agreements.rules.offers import Terms as Offered
from totalplace.agreements.rules.promises import Promise
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.years import FinancialYear

# The ladder of the mission, with days that both sides may change.
_LADDER: Final = (
    t.Rung(1, "officials of both sides", 20), t.Rung(2, "the programme board", 20),
    t.Rung(3, "ministers and leaders", 30), t.Rung(4, "an independent adjudicator", 60),
)  # fmt: skip
_CURE_DAYS: Final = 28
_ANSWER_DAYS: Final = 28
_NOTICE_DAYS: Final = 180
_CAP_PENCE: Final = 50_000_00
_REMEDIES: Final = tuple(
    t.Remedy(side, t.Period.WEEK, per_cent=Decimal(1), cap_pence=_CAP_PENCE) for side in Side
)


@dataclass(frozen=True, slots=True)
class Begun:
    """What a first draft is made of; `names` are what agencies are called, by their codes."""

    place: str
    number: int
    title: str
    host: str
    departments: Sequence[str]
    names: Mapping[str, str]
    years: tuple[int, int]  # in which the first and the last begin
    partners: Sequence[str] = ()
    targets: t.TargetsCited | None = None
    goals: tuple[t.Goal, ...] = ()


def first_draft(begun: Begun, model: Model, offered: Offered | None = None) -> t.Terms:
    """The terms of a first draft, from what was agreed, if anything was."""
    first, last = (FinancialYear(year) for year in begun.years)
    said = offered or Offered()
    lifts = [
        t.Change(at, (*begun.departments, begun.host)[0], plain(one.rule), plain(one.by),
                 last.last_day, "not said yet", one.pence)
        for at, one in enumerate(said.lifts, start=1)
    ]  # fmt: skip
    parties = _parties(begun, {who for one in said.promises for who in (one.by, one.to)})
    order = sorted(parties, key=lambda one: (one.accountable, one.side is Side.CENTRE))
    return t.Terms(
        place=begun.place, number=begun.number, title=plain(begun.title), model=model.code,
        parties=parties, targets=begun.targets, goals=begun.goals,
        contributions=tuple(_contributions(begun, said.lines)),
        entitlements=tuple(t.Attached(one.code, one.version) for one in said.entitlements),
        promises=tuple(_promise(one, model) for one in said.promises),
        flexibility=_flexibility(model),
        risk_share=t.RiskShare(t.Sharing.BY_CONTRIBUTION, t.Unspent.SHARED),
        changes=tuple(lifts), review=t.Review(model.review_months or 12, first.last_day),
        variation=t.Variation(_ANSWER_DAYS), breach=t.Breach(_CURE_DAYS), ladder=_LADDER,
        remedies=_REMEDIES, duration=t.Duration(first.first_day, last.last_day),
        termination=t.Termination(_NOTICE_DAYS),
        signing=tuple(t.Turn(at, one.agency) for at, one in enumerate(order, start=1)),
    )  # fmt: skip


def plain(words: str) -> str:
    """Words as they can stand in a clause: of one line, and without double quotation marks."""
    kept = words.replace("“", "‘").replace("”", "’").replace('"', "’")
    kept = "".join(letter if letter.isprintable() else " " for letter in kept)
    return " ".join(kept.split()) or "not said"


def _parties(begun: Begun, named: set[str]) -> tuple[t.Party, ...]:
    centre = list(begun.departments)
    place = [begun.host, *begun.partners]
    place += sorted(code for code in named if code not in (*place, *centre))
    parties = [
        t.Party(code, _name(begun, code), Side.PLACE, accountable=code == begun.host)
        for code in dict.fromkeys(place)
    ]
    return (*parties, *(t.Party(code, _name(begun, code), Side.CENTRE) for code in centre))


def _name(begun: Begun, code: str) -> str:
    # A name stands in sentences, where brackets, colons and quotation marks mean something.
    return "".join(c for c in begun.names.get(code, code) if c not in "“”£():;\n").strip()


def _contributions(begun: Begun, lines: Sequence[Line]) -> list[t.Contribution]:
    """What each line in the block brings; a department that is no party pays by the first."""
    found = []
    for line in lines:
        if line.where is not Where.BLOCK:
            continue
        payer = (
            line.department
            if line.department in begun.departments
            else (*begun.departments, begun.host)[0]
        )
        found += [
            t.Contribution(payer, begun.host, line.code, Nature(one.nature), one.year, one.pence)
            for one in line.sums
        ]
    return found


def _promise(one: Promise, model: Model) -> Promise:
    targets = one.targets if model.targets.set_by is SetBy.PLACE else ()
    return replace(
        one, what=plain(one.what), verb=plain(one.verb) if one.verb else "",
        about=plain(one.about) if one.about else "", targets=targets,
    )  # fmt: skip


def _flexibility(model: Model) -> tuple[t.Flexibility, ...]:
    found = []
    if model.movement.per_cent is not None:
        found.append(t.Flexibility(t.Freedom.MOVE, Decimal(model.movement.per_cent)))
    if model.year_end.per_cent is not None:
        found.append(t.Flexibility(t.Freedom.CARRY, Decimal(model.year_end.per_cent)))
    if not model.capital_to_revenue:
        found.append(t.Flexibility(t.Freedom.NO_CAPITAL))
    return tuple(found)
