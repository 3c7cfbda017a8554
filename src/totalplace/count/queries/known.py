"""What is known of public bodies when a count is made: their names, codes and kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from totalplace.count.definitions.purpose_words import classifier
from totalplace.count.queries.between import Counted
from totalplace.count.queries.lookups import Known
from totalplace.count.rules.rulings import Ruling
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.recognised import Names, RegisterName


def code_of(agency: AgencyRow) -> str:
    """The code by which an agency is recognised as a payee."""
    return f"gss:{agency.gss}" if agency.gss else f"agency:{agency.code}"


def counted_bodies(members: Sequence[AgencyRow]) -> Counted:
    """The members of a place by every code that they may be recognised under."""
    agencies: dict[str, str] = {}
    for member in members:
        agencies[code_of(member)] = member.code
        agencies[f"agency:{member.code}"] = member.code
        body = places.body_by_code(member.gss) if member.gss else None
        for code in body.codes if body else ():
            agencies[f"gss:{code.code}"] = member.code
    return Counted(agencies, {m.code: m.kind.value for m in members})


def known_of(members: Sequence[AgencyRow], rulings: Sequence[Ruling]) -> Known:
    """All that payments of some agencies are looked up in."""
    own = tuple(
        RegisterName(name, code_of(m), m.kind.value)
        for m in members
        for name in (m.name, *places.aliases(m.code))
    )
    kinds = {m.code: m.kind.value for m in members}
    near = tuple(sorted(m.gss for m in members if m.gss))
    return Known(_names(own, near), kinds, classifier(), rulings)


@cache
def _names(own: tuple[RegisterName, ...], near: tuple[str, ...]) -> Names:
    """An index of names; bodies near the payers are those whose initials they write."""
    return Names.of([*places.register_names(), *own], near=near)
