"""What each concession costs each side, as the difference of two offers. It weighs nothing up.

Nothing here guesses what a side would settle for: that would need its red lines, which it keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from totalplace.agreements.rules.lines import Line, Where
from totalplace.agreements.rules.offers import Terms
from totalplace.agreements.rules.promises import Kind, Promise


@dataclass(frozen=True, slots=True)
class Cost:
    """What one difference comes to. Pence of None is not known, which is not nought.

    `devolved` is how much more the place decides; `place` and `centre` how much more each owes or
    bears: for a guarantee a year, for what is promised as it is promised.
    """

    about: str
    title: str
    devolved: int | None = 0
    place: int | None = 0
    centre: int | None = 0
    conditions_added: tuple[str, ...] = ()
    conditions_lifted: tuple[str, ...] = ()
    burden: str = ""  # a rule that is to be lifted, or no longer is; what a payment is of
    outcomes: tuple[str, ...] = ()  # titles of the place's targets that it touches


@dataclass(frozen=True, slots=True)
class Sum:
    """All differences together, in pence, of those that are known; and how many are not."""

    devolved: int
    place: int
    centre: int
    unknown: int


def costs(
    before: Terms,
    after: Terms,
    *,
    departments: Iterable[str],
    targets: Mapping[str, str],
    names: Mapping[str, str] | None = None,
) -> list[Cost]:
    """What each difference between two offers comes to; nothing where there is none.

    `departments` are the agencies of the centre; `targets` the place's own: indicator -> title;
    `names` those of agencies by their codes.
    """
    found = _of_lines(before, after, targets)
    found += _of_entitlements(before, after)
    found += _of_promises(before, after, frozenset(departments), targets, names or {})
    had = {one.code: one for one in before.lifts}
    has = {one.code: one for one in after.lifts}
    for code in [*had, *(code for code in has if code not in had)]:
        if (code in had) != (code in has):
            one = has.get(code) or had[code]
            words = (
                f"{'asked to be' if code in has else 'no longer asked to be'} lifted by {one.by}"
            )
            pence = one.pence if one.pence is None or code not in has else -one.pence
            found.append(Cost("rule", one.rule, place=pence, burden=words))
    return found


def together(rows: Iterable[Cost]) -> Sum:
    """All of them added up, of what is known."""
    listed = list(rows)
    unknown = sum(1 for one in listed if None in (one.devolved, one.place, one.centre))
    return Sum(
        sum(one.devolved or 0 for one in listed),
        sum(one.place or 0 for one in listed),
        sum(one.centre or 0 for one in listed),
        unknown,
    )


def _of_lines(before: Terms, after: Terms, targets: Mapping[str, str]) -> list[Cost]:
    had = {line.code: line for line in before.lines}
    has = {line.code: line for line in after.lines}
    found = []
    for code in [*had, *(code for code in has if code not in had)]:
        old, new = had.get(code), has.get(code)
        if old != new:
            cost = _of_line(old, new, targets)
            found += [cost] if cost else []
    return found


def _of_line(old: Line | None, new: Line | None, targets: Mapping[str, str]) -> Cost | None:
    was, now = _in_block(old), _in_block(new)
    old_conditions, new_conditions = _conditions(old), _conditions(new)
    devolved = None if was is None or now is None else now - was
    added = tuple(c for c in new_conditions if c not in old_conditions)
    lifted = tuple(c for c in old_conditions if c not in new_conditions)
    if devolved == 0 and not added and not lifted:
        return None
    outcomes = {*(old.outcomes if old else ()), *(new.outcomes if new else ())}
    title = (new or old).fund  # type: ignore[union-attr]  # one of the two is a line
    return Cost(
        "line", title, devolved, 0, 0, added, lifted, outcomes=_touched(outcomes, targets)
    )  # fmt: skip


def _in_block(line: Line | None) -> int | None:
    """Pence of a line that the place decides; None where a line of the block states no sum."""
    if line is None or line.where is not Where.BLOCK:
        return 0
    return line.stated()


def _conditions(line: Line | None) -> list[str]:
    return [f"{c.kind}: {c.text}" for c in line.conditions] if line else []


def _of_entitlements(before: Terms, after: Terms) -> list[Cost]:
    had = {one.code: one for one in before.entitlements}
    has = {one.code: one for one in after.entitlements}
    found = []
    for code in [*had, *(code for code in has if code not in had)]:
        if code not in has:
            pence = had[code].pence
            lighter = None if pence is None else -pence
            found.append(Cost("national guarantee", had[code].title, place=lighter))
        elif code not in had:
            found.append(Cost("national guarantee", has[code].title, place=has[code].pence))
    return found


def _of_promises(
    before: Terms,
    after: Terms,
    departments: frozenset[str],
    targets: Mapping[str, str],
    names: Mapping[str, str],
) -> list[Cost]:
    had = {(one.by, one.to, one.what): one for one in before.promises}
    has = {(one.by, one.to, one.what): one for one in after.promises}
    lines = {line.code for line in (*before.lines, *after.lines)}
    found = []
    for key in [*had, *(key for key in has if key not in had)]:
        old, new = had.get(key), has.get(key)
        if old is None or new is None or old.pence != new.pence:
            one = new or old
            assert one is not None  # noqa: S101  (one of the two holds it)
            was, now = _promised(old), _promised(new)
            pence = None if was is None or now is None else now - was
            pays_a_line = one.kind is Kind.PAY and one.line in lines
            pence = 0 if pays_a_line else pence  # the line itself is counted already
            centre, title = one.by in departments, f"{names.get(one.by, one.by)}: {one.what}"
            found.append(
                Cost(
                    "promise",
                    title,
                    place=0 if centre else pence,
                    centre=pence if centre else 0,
                    burden="is how the line is paid, and adds nothing to it" if pays_a_line else "",
                    outcomes=_touched(_targets(one), targets),
                )
            )
    return found


def _promised(one: Promise | None) -> int | None:
    """Pence of a promise: none where there is no promise, not known of money without a sum."""
    if one is None:
        return 0
    return one.pence if one.kind in (Kind.PAY, Kind.SPEND) else one.pence or 0


def _targets(one: Promise) -> set[str]:
    return set(one.targets)


def _touched(outcomes: Iterable[str], targets: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(targets[one] for one in outcomes if one in targets))
