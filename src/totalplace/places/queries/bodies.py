"""Bodies of the register: by code, by what became what, by name, and by the land they are over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from totalplace.places import models
from totalplace.places.definitions import register as definitions
from totalplace.places.queries import membership
from totalplace.places.queries.areas import parcels_of_place
from totalplace.places.queries.register import register
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.recognised_kinds import RegisterName
from totalplace.places.rules.register.bodies import Body
from totalplace.places.rules.register.conflicts import misnamed
from totalplace.places.rules.register.facts import AREA_KINDS, Conflict, NameForm, gss_of
from totalplace.places.rules.register.held_within import Within, holder
from totalplace.places.rules.register.succession import Step
from totalplace.places.rules.register.whole import Register

_OWN: Final = ("", "", "")


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code of a body: its scheme (gss, registry, org-id, ods), who says so, and its standing.

    Its days are those on which it replaced another or was replaced, where a source says so.
    """

    scheme: str
    code: str
    sources: tuple[str, ...]
    former: bool
    disputed: bool
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body or area of the register. Days: None is always, or still.

    `code` is the one it is known by, with its scheme. `in_full` is false where no source gives more
    than the name of its area, Wexshire. `doubt` says, in a sentence, where another
    body claims the code by which it was looked up; it is empty where none does.
    """

    code: str
    gss: str
    name: str
    kind: AgencyKind
    first_day: date | None
    last_day: date | None
    codes: tuple[CodeRow, ...]
    names: tuple[str, ...]
    sources: tuple[str, ...]
    in_full: bool
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One body became another, or part of it: `on` is the first day of the new one.

    `old` and `new` are GSS codes, or codes with their scheme where there is none.
    """

    old: str
    old_name: str
    new: str
    new_name: str
    on: date
    source: str


@dataclass(frozen=True, slots=True)
class OverRow:
    """A body that is over some land of a place.

    `within` is the GSS code of the body in whose accounts its money stands, with that body's name
    and why it is so; all three are empty where the body has accounts of its own.
    """

    body: BodyRow
    within: str
    within_name: str
    why: str


def body_by_code(code: str) -> BodyRow | None:
    """The body of a code, with or without its scheme; None where no source knows the code.

    Where several claim it, the one that most sources give it to, with the others in `doubt`.
    """
    found = bodies_by_code(code)
    return found[0] if found else None


def bodies_by_code(code: str) -> tuple[BodyRow, ...]:
    """Every body that a source gives a code to, with or without its scheme: mostly one."""
    whole = register()
    keys = whole.find(code)
    return tuple(_row(whole, key, _doubt(whole, code, key, keys)) for key in keys)


def successors(code: str, on: date | None = None) -> tuple[StepRow, ...]:
    """What a body has become by a day (None: in the end), step by step, the earliest first.

    Empty where it stands, or where no source knows the code.
    """
    whole = register()
    after = whole.succession.after
    start = whole.find(code)
    return _steps(whole, start, lambda at: after.get(at, ()), lambda step: step.new, on)


def predecessors(code: str, on: date | None = None) -> tuple[StepRow, ...]:
    """What became a body by a day (None: ever), step by step, the earliest first."""
    whole = register()
    before = whole.succession.before
    start = whole.find(code)
    return _steps(whole, start, lambda at: before.get(at, ()), lambda step: step.old, on)


def standing(code: str, on: date) -> tuple[BodyRow, ...]:
    """What a body is on a day: itself, what it has become, or what it was made of."""
    whole = register()
    found = whole.find(code)
    if not found:
        return ()
    keys = whole.succession.standing(found[0], on)
    return tuple(_row(whole, key) for key in keys if key in whole.bodies)


def register_names() -> Sequence[RegisterName]:
    """Every name of every body, with its code and kind, for recognising payees.

    The name of an area alone is given only for councils that have no other: "Wexshire" is not the
    police of Wexshire.
    """
    return [
        RegisterName(name, body.key, body.kind.value, body.last_day is not None)
        for body in register().bodies.values()
        for name in _full_names(body)
    ]


def aliases(agency_code: str) -> tuple[str, ...]:
    """Every name of an agency in the register, by its GSS code. Refused: no such agency."""
    gss = membership.agency(agency_code).gss
    whole = register()
    return tuple(name for key in whole.find(gss) for name in _full_names(whole.bodies[key]))


def bodies_over(place: str, *, on: date) -> tuple[OverRow, ...]:
    """The bodies over any land of a place that stand on a day, by kind and name.

    Refused: there is no such place. Empty where no areas were said of it.
    """
    whole, parcels = register(), parcels_of_place(place)
    found = []
    for body in whole.bodies.values():
        if body.gss and body.stands(on) and _is_over(whole, body, parcels, on):
            held = _holder(body, on)
            told = (held.within, _name(whole, whole.area(held.within)), held.why) if held else _OWN
            found.append(OverRow(_row(whole, body.key), *told))
    return tuple(sorted(found, key=lambda o: (o.body.kind, o.body.name, o.body.code)))


def conflicts() -> tuple[Conflict, ...]:
    """What sources say differently, and agencies whose GSS code the register gives to another."""
    whole = register()
    found = list(whole.conflicts)
    for row in models.Agency.objects.exclude(gss="").order_by("code"):
        said, holders = (row.name, AgencyKind(row.kind), row.gss), whole.find(row.gss)
        conflict = misnamed(*said, whole.bodies, holders) if row.name != row.code else None
        if conflict is not None:
            found.append(conflict)
    return tuple(found)


def _steps(
    whole: Register,
    start: Iterable[str],
    onward: Callable[[str], tuple[Step, ...]],
    to: Callable[[Step], str],
    on: date | None,
) -> tuple[StepRow, ...]:
    """Every step on the ways from some bodies that was taken by a day, the earliest first."""
    found: dict[tuple[str, str], Step] = {}
    waiting = list(start)[:1]
    while waiting:
        for step in onward(waiting.pop()):
            if (on is None or step.day <= on) and (step.old, step.new) not in found:
                found[step.old, step.new] = step
                waiting.append(to(step))
    ordered = sorted(found.values(), key=lambda s: (s.day, s.old, s.new))
    return tuple(
        StepRow(
            _code(s.old), _name(whole, s.old), _code(s.new), _name(whole, s.new), s.day,
            str(whole.sources[s.source]),
        )
        for s in ordered
    )  # fmt: skip


def _code(body: str) -> str:
    return gss_of(body) or body


def _name(whole: Register, body: str) -> str:
    return whole.bodies[body].name if body in whole.bodies else _code(body)


def _row(whole: Register, key: str, doubt: str = "") -> BodyRow:
    body = whole.bodies[key]
    codes = tuple(
        CodeRow(
            held.code.partition(":")[0], held.code.partition(":")[2],
            tuple(str(whole.sources[s]) for s in held.sources), held.former, held.disputed,
            held.began, held.ended,
        )
        for held in body.held
    )  # fmt: skip
    return BodyRow(
        body.key, body.gss, body.name, body.kind, body.first_day, body.last_day, codes,
        tuple(name for name, _ in body.names), tuple(str(whole.sources[s]) for s in body.sources),
        any(form is NameForm.OFFICIAL for _, form in body.names), doubt,
    )  # fmt: skip


def _doubt(whole: Register, code: str, mine: str, keys: Iterable[str]) -> str:
    others = [whole.bodies[key] for key in keys if key != mine]
    if not others:
        return ""
    named = " and ".join(f"{body.name} ({body.key.partition(':')[2]})" for body in others)
    return f"The code {code} is also claimed for {named}"


def _full_names(body: Body) -> list[str]:
    full = [name for name, form in body.names if form is not NameForm.AREA]
    if full or body.kind not in AREA_KINDS | {AgencyKind.COUNTY}:
        return full
    return [name for name, _ in body.names]


def _is_over(whole: Register, body: Body, parcels: frozenset[str], on: date) -> bool:
    covered = whole.coverage(body.key, on=on)
    return any(
        c.is_land and not whole.land.parcels(c.area).isdisjoint(parcels) for c in covered.areas
    )


def _holder(body: Body, on: date) -> Within | None:
    codes = [code.partition(":")[2] for code in body.codes]
    return holder(codes, definitions.held_within(), on=on)
