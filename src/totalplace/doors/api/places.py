"""/api/v1/places/: places, agencies, members, and mandates."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Router, Schema
from pydantic import Field

from totalplace.count.queries.editions import editions
from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, number, page
from totalplace.doors.api.problems import there
from totalplace.doors.api.words import Day, Line, Said
from totalplace.doors.web.count.opening import was_signed_off
from totalplace.doors.web.showing import now
from totalplace.places import actions
from totalplace.places import queries as places
from totalplace.places.rules import mandates as rules
from totalplace.places.rules.mandates import Act, Matter, Officer, Role

router = Router()
Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]


class Place(Schema):
    """A locality whose public spending is looked at as a whole."""

    code: str
    name: str


class Agency(Schema):
    """A public body that spends."""

    code: str
    name: str
    kind: str
    gss: str = Field(description="Its code at the Office for National Statistics; or empty.")


class Member(Schema):
    """An agency as a member of a place."""

    agency: Agency
    first_day: date | None = Field(description="Null: always.")
    last_day: date | None = Field(description="Null: still.")


class Mandate(Schema):
    """A role held by an officer. An empty agency or place means any."""

    number: int
    officer: str
    role: str
    agency: str
    place: str
    first_day: date
    power: str
    no_longer_from: date | None = Field(description="The first day on which it no longer holds.")


class Me(Schema):
    """Whose token it is, what it is for, and what its officer's mandates are."""

    officer: str
    name: str
    token: int
    acts: list[str]
    mandates: list[Mandate]


class Granting(Said):
    """A role to be given to an officer, for an agency, a place, both, or everywhere."""

    to: Code
    role: Role
    agency: Annotated[str, Field(max_length=64)] = ""
    place: Annotated[str, Field(max_length=64)] = ""
    from_day: Day | None = None
    power: Line = Field(description="The law, scheme of delegation or letter under which.")


class Ending(Said):
    """Why a mandate ends, and from which day on if not at once."""

    reason: Line
    no_longer_from: Day | None = None


@reads(router, "/places", answers=Listed[Place])
def every_place(by: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Every place with a count that you may read, by code; to an officer, every place."""
    shown = set() if by.officer else _published()
    rows = [row for row in places.places() if by.officer or row.code in shown]
    return page(rows, lambda row: row.code, Place.from_orm, after=after or None, limit=limit)


@reads(router, "/places/{place}", answers=Place)
def one_place(_: Asker, *, place: Code) -> Any:
    """A place, by its code."""
    return there(lambda: places.place(place))


@reads(router, "/places/{place}/members", answers=Listed[Member])
def members(
    _: Asker, *, place: Code, on: Day | None = None, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The agencies of a place, by code: on a day, or all that ever were."""
    rows = there(lambda: places.members(place, on=on))
    return page(rows, _member_key, Member.from_orm, after=after or None, limit=limit)


@reads(router, "/agencies", answers=Listed[Agency])
def agencies(by: Asker, *, after: After = "", limit: Limit = 100) -> dict[str, Any]:
    """Agencies of places with a published count, by code; to an officer, every agency."""
    rows = places.agencies() if by.officer else _of_published()
    return page(rows, lambda row: row.code, Agency.from_orm, after=after or None, limit=limit)


@reads(router, "/agencies/{agency}", answers=Agency)
def one_agency(_: Asker, *, agency: Code) -> Any:
    """An agency, by its code."""
    return there(lambda: places.agency(agency))


@reads(router, "/me", answers=Me, alone=True)
def me(by: Asker) -> Me:
    """Whose token this is, which acts it is for, and the mandates of its officer."""
    officer = by.known()
    acts = [act.value for act in Act if act in by.acts]
    held = [_mandate(m) for m in places.mandates(officer=officer.code)]
    return Me(
        officer=officer.code, name=officer.full_name, token=by.token or 0, acts=acts, mandates=held
    )


@reads(router, "/mandates", answers=Listed[Mandate], alone=True)
def mandates(
    by: Asker, *, officer: Filter = "", agency: Filter = "", place: Filter = "",
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Mandates as they were granted, ended ones too: one's own, and those that one may grant."""
    on, known = now(), by.known()
    rows = [
        m for m in places.mandates(officer=officer, agency=agency, place=place)
        if m.officer == known.code or by.may(Act.GRANT, agency=m.agency, place=m.place, on=on)
    ]  # fmt: skip
    return page(rows, lambda m: m.number, _mandate, after=number(after) or None, limit=limit)


@writes(router, "/mandates", act=Act.GRANT, answers=Mandate, status=201)
def grant(by: Officer, *, body: Granting) -> Mandate:
    """Give an officer a role. It is put on the record, with the power under which it is given."""
    made = actions.grant(
        body.to, body.role, Matter(body.agency, body.place), from_day=body.from_day,
        power=body.power, by=by, on=now(),
    )  # fmt: skip
    return _mandate(made)


@writes(router, "/mandates/{mandate}/end", act=Act.GRANT, answers=Mandate)
def end(by: Officer, *, mandate: Number, body: Ending) -> Mandate:
    """End a mandate from a day on, at once if none is said."""
    there(lambda: places.mandate(mandate))
    ended = actions.end(
        mandate, reason=body.reason, no_longer_from=body.no_longer_from, by=by, on=now()
    )
    return _mandate(ended)


def _published() -> set[str]:
    """The places of which a resident can read a count."""
    return {row.place for row in editions() if was_signed_off(row)}


def _of_published() -> list[places.AgencyRow]:
    """The agencies of those places."""
    found = {m.agency.code: m.agency for code in _published() for m in places.members(code)}
    return list(found.values())


def _mandate(held: rules.Mandate) -> Mandate:
    return Mandate.from_orm(held)


def _member_key(row: places.MemberRow) -> str:
    return f"{row.agency.code} {row.first_day or date.min}"
