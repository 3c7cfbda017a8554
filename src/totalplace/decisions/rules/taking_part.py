"""Who may take part in a decision, and who may agree that it cannot wait."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from totalplace.decisions.rules.bodies import Office
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Interest:
    """An interest that somebody declared in a decision; a dispensation says who gave it and why."""

    who: str
    pecuniary: bool
    dispensation: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An office that somebody holds from a day, or as a deputy until another."""

    office: Office
    holder: str
    first_day: date
    last_day: date | None = None
    deputy: bool = False


def same(one: str, other: str) -> bool:
    """Whether two names are of the same person, however they are written and spaced."""
    return one.casefold().split() == other.casefold().split()


def check_may_take_part(took_part: Iterable[str], interests: Sequence[Interest]) -> None:
    """Raise Refused where somebody took part who has a disclosable pecuniary interest.

    Localism Act 2011 section 31(4) and (8): neither discussion nor vote, nor a step by a member
    who decides alone, unless a dispensation under section 33 allows it.
    """
    for name in took_part:
        for one in interests:
            if one.pecuniary and not one.dispensation and same(one.who, name):
                raise Refused(
                    f"{name} may not take part in this decision",
                    why="they declared a disclosable pecuniary interest in it",
                    next_step="Take it without them, or have a dispensation granted and declared "
                    "(Localism Act 2011, sections 31 and 33)",
                )


def holders(held: Iterable[Held], office: Office, *, on: date) -> list[str]:
    """Who may act in an office on a day: its holder (the last said), then deputies of that day."""
    current: Held | None = None
    deputies = []
    for one in held:
        if one.office is not office or one.first_day > on:
            continue
        if one.last_day is not None and one.last_day < on:
            continue
        if one.deputy:
            deputies.append(one.holder)
        elif current is None or one.first_day >= current.first_day:
            current = one
    first = [current.holder] if current is not None and current.holder else []
    return first + [name for name in deputies if not any(same(name, f) for f in first)]


def check_decides_for(body: str, names: Sequence[str], held: Sequence[Held], *, on: date) -> None:
    """Raise Refused where it is said who decides for a body on a day and none of them does here.

    A power that was delegated to one person is not another's: LGA 1972 s.101, LGA 2000 s.9E.
    """
    found = holders(held, Office.DECIDER, on=on)
    said = any(one.office is Office.DECIDER and one.first_day <= on for one in held)
    if said and not any(same(name, one) for name in names for one in found):
        raise Refused(
            f"{names[0] if names else 'Nobody'} cannot decide for {body}",
            why=f"it is for {' or '.join(found)}" if found else "nobody holds that office today",
            next_step="Ask them, or appoint a deputy with: totalplace decisions appoint",
        )


def check_may_agree(
    name: str, offices: Sequence[Office], held: Sequence[Held], *, unable: str, on: date
) -> Office:
    """The office in which somebody may agree that a decision is urgent, or Refused.

    The first office in turn that has a holder agrees; a later one only where it is said why those
    before are unable to act. SI 2012/2089 regulation 11(1).
    """
    before: list[str] = []
    for office in offices:
        found = holders(held, office, on=on)
        if any(same(name, one) for one in found):
            if before and not unable.strip():
                raise Refused(
                    f"{name} cannot agree as {office.words}",
                    why=f"it is for {before[0]} to agree, who is there",
                    next_step="Say why they are unable to act, or ask them",
                )
            return office
        before += found
    first = offices[0].words if offices else "nobody"
    raise Refused(
        f"{name} cannot agree that this is urgent",
        why=f"they hold no office that may on that day: {first} comes first",
        next_step="Ask whoever holds it, or say who does with: totalplace decisions appoint",
    )


def check_signatures(names: Sequence[str], needed: int) -> list[str]:
    """The members who call a decision in, each once. Raises Refused where they are too few."""
    unlike: list[str] = []
    for name in (name.strip() for name in names):
        if name and not any(same(name, one) for one in unlike):
            unlike.append(name)
    if len(unlike) < needed:
        raise Refused(
            "The decision cannot be called in",
            why=f"{needed} members must ask for it, and {len(unlike)} did",
            next_step="Name each member who asks for it",
        )
    return unlike
