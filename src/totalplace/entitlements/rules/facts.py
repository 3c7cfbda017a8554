"""What a guarantee needs to know of a person: its kind, the question that asks it, its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

from totalplace.money.pence import pounds
from totalplace.refusal import Refused

# Outside of these nobody is alive or waits for anything: what is typed beyond them is a slip.
FIRST_DAY: Final = date(1880, 1, 1)
LAST_DAY: Final = date(2199, 12, 31)


class Answer(IntEnum):
    """No, not known, or yes, in this order: "all" is the least of its parts, "any" the greatest."""

    NO = 0
    CANNOT_SAY = 1
    YES = 2

    @property
    def words(self) -> str:
        """As it is said."""
        return ("no", "cannot say", "yes")[self]


class FactKind(StrEnum):
    """What kind of thing a fact is."""

    DAY = "day"
    YES_NO = "yes or no"
    NUMBER = "number"
    PENCE = "pence"  # asked in pounds
    CHOICE = "choice"


Value = date | bool | int | str
Person = Mapping[str, Value | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to know of a person. `least` and `most` bound a number or a sum of pence."""

    code: str
    title: str
    ask: str
    kind: FactKind
    least: int = 0
    most: int = 0
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """The codes of its options, in their order."""
        return tuple(code for code, _ in self.options)

    def say(self, value: Value | None) -> str:
        """A value in words."""
        if value is None:
            return "not said"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, date):
            return f"{value.day} {value:%B %Y}"
        if self.kind is FactKind.PENCE and isinstance(value, int):
            return pounds(value).removesuffix(".00")
        if self.kind is FactKind.CHOICE:
            return dict(self.options).get(str(value), str(value))
        return f"{value:,}" if isinstance(value, int) else str(value)

    def check(self, value: Value | None) -> None:
        """Raise Refused for a value that is none of its kind or lies out of its bounds."""
        if value is None:
            return
        why = self._wrong(value)
        if why:
            raise Refused(
                f"'{self.title}' cannot be {str(value)[:60]}",
                why=why,
                next_step="Put it right, or leave it out where it is not known",
            )

    def _wrong(self, value: Value) -> str:
        match self.kind:
            case FactKind.YES_NO:
                return "" if isinstance(value, bool) else "it is yes or no"
            case FactKind.DAY:
                if not isinstance(value, date):
                    return "it is a day, such as 2018-05-03"
                inside = FIRST_DAY <= value <= LAST_DAY
                return "" if inside else f"it lies between {FIRST_DAY.year} and {LAST_DAY.year}"
            case FactKind.CHOICE:
                return "" if value in self.choices else f"it is one of {', '.join(self.choices)}"
            case _:
                if isinstance(value, bool) or not isinstance(value, int):
                    return "it is a whole number" + (" of pence" * (self.kind is FactKind.PENCE))
                if self.least <= value <= self.most:
                    return ""
                return f"it is {self.say(self.least)} to {self.say(self.most)}"


def check_person(person: Person, facts: Mapping[str, Fact]) -> None:
    """Raise Refused where something is said of a person that nobody asks, or that cannot be."""
    for code, value in person.items():
        if code not in facts:
            raise Refused(
                f"'{code}' is not asked of anybody",
                why=f"what is asked is {', '.join(facts) or 'nothing'}",
                next_step="Leave it out, or put its name right",
            )
        facts[code].check(value)
