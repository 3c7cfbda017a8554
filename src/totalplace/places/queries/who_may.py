"""Officers, their mandates, and whether they allow an act: pages and actions ask the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from totalplace.places import models
from totalplace.places.rules import mandates as rules
from totalplace.places.rules.mandates import Act, Mandate, Matter, Memberships, Officer, Who
from totalplace.refusal import Refused


def officer(code: str) -> Officer:
    """An officer who can act. Raises Refused where there is none of that code, or they have left.

    Codes are the same in whatever case they are typed.
    """
    row = models.Officer.objects.filter(code__iexact=code).first()
    if row is None or not row.is_active:
        raise Refused(
            f"There is no officer {code}",
            why="none of that code is appointed" if row is None else "they have left",
            next_step="See them with: totalplace places officers",
        )
    return Officer(row.code, row.name)


def officers() -> list[Officer]:
    """All who can act, by code."""
    rows = models.Officer.objects.filter(is_active=True).order_by("code")
    return [Officer(row.code, row.name) for row in rows]


def mandates(*, officer: str = "", agency: str = "", place: str = "") -> list[Mandate]:
    """Mandates in the order in which they were granted, ended ones too; empty words mean any."""
    rows = models.Mandate.objects.select_related("officer", "agency", "place", "end")
    if officer:
        rows = rows.filter(officer__code=officer)
    if agency:
        rows = rows.filter(agency__code=agency)
    if place:
        rows = rows.filter(place__code=place)
    return [_mandate(row) for row in rows.order_by("pk")]


def mandate(number: int) -> Mandate:
    """One mandate. Raises Refused where there is none of that number."""
    rows = models.Mandate.objects.select_related("officer", "agency", "place", "end")
    row = rows.filter(pk=number).first()
    if row is None:
        raise Refused(
            f"There is no mandate {number}",
            why="none has that number",
            next_step="See them with: totalplace places mandates",
        )
    return _mandate(row)


def power(by: Who, act: Act, *, agency: str = "", place: str = "", on: date) -> str:
    """The power under which somebody may do an act about an agency or a place, in words.

    Raises Refused where they may not. `on` is the day of the act, or its time.
    """
    found = _power(by, act, Matter(agency, place), on)
    if found is None:
        raise rules.refusal(by.name, act, Matter(agency, place))
    return found


def may(by: Who | None, act: Act, *, agency: str = "", place: str = "", on: date) -> bool:
    """Whether somebody may do an act; nobody signed in may do nothing."""
    return by is not None and _power(by, act, Matter(agency, place), on) is not None


def may_where(by: Who | None, act: Act, on: date) -> list[Matter]:
    """Of which agencies or places somebody holds a mandate that can allow an act."""
    if not isinstance(by, Officer):
        return []
    held = [m for m in mandates(officer=by.code) if m.holds(on) and m.role in rules.MAY[act].roles]
    return list(dict.fromkeys(Matter(m.agency, m.place) for m in held))


def memberships(on: date) -> Memberships:
    """The places that each agency belongs to on a day."""
    day = rules.day_of(on)
    rows = models.Member.objects.exclude(first_day__gt=day).exclude(last_day__lt=day)
    found: dict[str, set[str]] = defaultdict(set)
    for agency, place in rows.values_list("agency__code", "place__code"):
        found[agency].add(place)
    return {agency: frozenset(places) for agency, places in found.items()}


def _power(by: Who, act: Act, matter: Matter, on: date) -> str | None:
    if not isinstance(by, Officer):
        anyone = models.Mandate.objects.exists()
        if not rules.operator_may(act, anyone_holds_a_mandate=anyone):
            return None
        return "operator of this installation" + ("" if anyone else ", where nobody has a mandate")
    if not models.Officer.objects.filter(code=by.code, is_active=True).exists():
        return None
    held = mandates(officer=by.code)
    allowing = rules.permitting(held, act, matter, members=memberships(on), on=on)
    return allowing.said if allowing else None


def _mandate(row: models.Mandate) -> Mandate:
    end = getattr(row, "end", None)
    return Mandate(
        number=row.pk,
        officer=row.officer.code,
        role=rules.Role(row.role),
        agency=row.agency.code if row.agency else "",
        place=row.place.code if row.place else "",
        first_day=row.first_day,
        power=row.power,
        no_longer_from=end.no_longer_from if end else None,
    )
