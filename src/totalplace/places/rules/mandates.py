"""Who may do what: officers, their mandates, and what the table of `acts` allows them.

A mandate is a role that an officer holds for an agency, a place, both or everywhere, from a day and
perhaps until a day, under a power that is said in words. What the table does not allow is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from totalplace.places.rules.acts import MAY, Act, Allowed, Role, Whose
from totalplace.refusal import Refused

__all__ = [
    "MAY", "Act", "Allowed", "Mandate", "Matter", "NoMandate", "Officer", "Operator", "Role", "Who",
    "Whose", "check_grant", "day_of", "operator_may", "permitting", "refusal",
]  # fmt: skip

# What whoever runs the command on the computer of the records may do once there are mandates.
OPERATOR: Final = frozenset({Role.ADMINISTRATOR, Role.DATA_STEWARD})


@dataclass(frozen=True, slots=True)
class Officer:
    """A person with an account, by the code under which they stand on the record."""

    code: str
    full_name: str = ""

    @property
    def name(self) -> str:
        """What stands on the record: the code, so that a person's name can change or go."""
        return self.code


@dataclass(frozen=True, slots=True)
class Operator:
    """Whoever may run the command on the computer that holds the records."""

    name: str


Who = Officer | Operator


def day_of(on: date) -> date:
    """The day of an act that is said by its day or by its time."""
    return on.date() if isinstance(on, datetime) else on


@dataclass(frozen=True, slots=True)
class Mandate:
    """A role held by an officer. An empty agency or place means any."""

    number: int
    officer: str
    role: Role
    agency: str
    place: str
    first_day: date
    power: str  # the law, scheme of delegation or letter under which it was given
    no_longer_from: date | None = None  # the first day on which it no longer holds

    def holds(self, on: date) -> bool:
        """Whether it holds on a day."""
        day = day_of(on)
        return self.first_day <= day and not (self.no_longer_from and self.no_longer_from <= day)

    @property
    def scope(self) -> str:
        """Of whom it is, in words."""
        if not self.agency and not self.place:
            return "everywhere"
        return " in ".join(filter(None, (self.agency, self.place)))

    @property
    def said(self) -> str:
        """As it stands on the record beside an act done under it."""
        return f"{self.role} of {self.scope}, mandate {self.number}: {self.power}".strip(": ")


@dataclass(frozen=True, slots=True)
class Matter:
    """What an act is about: an agency, a place, both, or neither."""

    agency: str = ""
    place: str = ""

    def __str__(self) -> str:
        return " in ".join(filter(None, (self.agency, self.place))) or "the whole installation"


Memberships = Mapping[str, frozenset[str]]  # agency -> places that it belongs to


def permitting(
    held: Iterable[Mandate], act: Act, matter: Matter, *, members: Memberships, on: date
) -> Mandate | None:
    """The first of an officer's mandates that allows an act on a day, or None."""
    allowed = MAY[act]
    for mandate in held:
        if mandate.role not in allowed.roles or not mandate.holds(on):
            continue
        if _is_of(mandate, allowed.whose, matter, members):
            return mandate
    return None


def _is_of(mandate: Mandate, whose: Whose, matter: Matter, members: Memberships) -> bool:
    """Whether a mandate is of those of whom it must be; `matter` decides what is not said."""
    everywhere = not mandate.agency and not mandate.place
    if whose is Whose.EVERYWHERE or (not matter.agency and not matter.place):
        return everywhere and whose is not Whose.OWN
    if matter.agency and whose is not Whose.PLACE:
        return _of_agency(mandate, matter, members) or (
            whose is not Whose.OWN and _of_place_of(mandate, matter, members)
        )
    if not matter.place or whose is Whose.OWN:
        return False
    if not mandate.agency:
        return mandate.place in ("", matter.place)
    if whose is not Whose.IN_PLACE:
        return False
    in_it = matter.place in members.get(mandate.agency, frozenset())
    return in_it and mandate.place in ("", matter.place)


def _of_agency(mandate: Mandate, matter: Matter, members: Memberships) -> bool:
    """Of the agency itself; given for one place, it is about that place and no other."""
    if mandate.agency != matter.agency:
        return False
    if not mandate.place:
        return True
    here = mandate.place in members.get(matter.agency, frozenset())
    return here and matter.place in ("", mandate.place)


def _of_place_of(mandate: Mandate, matter: Matter, members: Memberships) -> bool:
    """Of no single agency, and of everywhere or of a place that the agency belongs to."""
    if mandate.agency:
        return False
    if not mandate.place:
        return True
    here = mandate.place in members.get(matter.agency, frozenset())
    return here and matter.place in ("", mandate.place)


def operator_may(act: Act, *, anyone_holds_a_mandate: bool) -> bool:
    """Whether the operator may: all, until the first mandate; then only what runs the house."""
    return not anyone_holds_a_mandate or bool(MAY[act].roles & OPERATOR)


class NoMandate(Refused):
    """An act that no mandate allows, told apart so that such attempts can be noticed."""


def refusal(by: str, act: Act, matter: Matter) -> NoMandate:
    """The refusal of an act that no mandate allows, with who may do it."""
    allowed = MAY[act]
    who = " or ".join(sorted(allowed.roles))
    return NoMandate(
        f"{by} may not {act} ({matter})",
        why=f"it needs a mandate as {who} {allowed.whose}",
        next_step="Ask one of them, or ask an administrator for a mandate",
    )


def check_grant(
    role: Role, of: Matter, power: str, *, to: str, by: Who, held: Iterable[Mandate],
    from_day: date,
) -> None:  # fmt: skip
    """Raise Refused for a mandate to oneself, without a power, held already, or beside another.

    Whoever hands out powers must not use them: the separation that an auditor looks for first.
    """
    if not power.strip():
        raise Refused(
            f"{to} cannot be made {role}",
            why="it is not said under which power",
            next_step="Name the law, scheme of delegation or letter that it rests on",
        )
    if isinstance(by, Officer) and by.code == to:
        raise Refused(
            "A mandate cannot be granted to oneself",
            why="another administrator has to",
            next_step="Ask another administrator",
        )
    for mandate in held:
        if mandate.no_longer_from is not None and mandate.no_longer_from <= from_day:
            continue
        if (mandate.role is Role.ADMINISTRATOR) != (role is Role.ADMINISTRATOR):
            raise Refused(
                f"{to} cannot be made {role}",
                why="an administrator holds no other role: who hands out powers does not use them",
                next_step=f"End mandate {mandate.number} first, or give it to another officer",
            )
        if (mandate.role, mandate.agency, mandate.place) == (role, of.agency, of.place):
            raise Refused(
                f"{to} cannot be made {role} of {mandate.scope}",
                why=f"they hold that already, by mandate {mandate.number}",
                next_step="End it first if its power or days are to change",
            )
