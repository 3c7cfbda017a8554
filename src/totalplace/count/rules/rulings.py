"""What officers ruled about lines, and which ruling is in force for which line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Subject(StrEnum):
    """What a ruling is about."""

    PURPOSE = "purpose"  # said: a service
    PAYEE = "payee"  # said: a body of the register, or NOT_PUBLIC
    COPY = "copy"  # said: PAID_ONCE (leave it out) or PAID_TWICE (both are real)
    TRANSFER = "transfer"  # said: NO_TRANSFER (the payer's own spending)


NOT_PUBLIC: Final = "not a public body"
PAID_ONCE: Final = "paid once"
PAID_TWICE: Final = "paid twice"
NO_TRANSFER: Final = "no transfer"
SAYINGS: Final = {
    Subject.COPY: (PAID_ONCE, PAID_TWICE),
    Subject.TRANSFER: (NO_TRANSFER,),
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """An officer's ruling, in force. Empty words stand for any."""

    number: int
    agency: str
    subject: Subject
    said: str
    reason: str
    payee: str = ""
    unit: str = ""
    purpose: str = ""
    detail: str = ""
    file: str = ""
    sheet: str = ""
    row: int | None = None

    @property
    def lines(self) -> tuple[object, ...]:
        """The lines that it is about: two rulings on the same lines cannot both be in force."""
        return (
            self.agency, self.subject, self.payee.lower(), self.unit.lower(),
            self.purpose.lower(), self.detail.lower(), self.file, self.sheet, self.row,
        )  # fmt: skip

    @property
    def about(self) -> str:
        """The lines in words, for a list."""
        if self.file:
            at = f" · {self.sheet}" if self.sheet else ""
            return f"{self.file[:12]}{at}, row {self.row}"
        words = (self.payee, self.unit, self.purpose, self.detail)
        return " / ".join(word for word in words if word)


def in_force(rulings: Iterable[Ruling], withdrawn: Iterable[int]) -> list[Ruling]:
    """The rulings that hold: not withdrawn, and the latest about its lines. In order of number."""
    gone = set(withdrawn)
    latest: dict[tuple[object, ...], Ruling] = {}
    for ruling in sorted(rulings, key=lambda r: r.number):
        if ruling.number not in gone:
            latest[ruling.lines] = ruling
    return sorted(latest.values(), key=lambda r: r.number)


def of_subject(rulings: Iterable[Ruling], subject: Subject) -> list[Ruling]:
    """The rulings about one subject."""
    return [r for r in rulings if r.subject is subject]


@dataclass(frozen=True, slots=True)
class NamedLines:
    """The lines that some rulings are about, told by payee and, where they name them, by words."""

    by_payee: Mapping[tuple[str, str], Sequence[Ruling]]

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> NamedLines:
        """The lines of rulings that each name a payee of an agency. Texts match in any case."""
        found: dict[tuple[str, str], list[Ruling]] = {}
        for ruling in rulings:
            found.setdefault((ruling.agency, ruling.payee.lower()), []).append(ruling)
        return cls(found)

    def has(self, agency: str, line: Mapping[str, Any]) -> bool:
        """Whether a ruling is about a line: its `payee`, `unit`, `purpose` and `detail`."""
        same = self.by_payee.get((agency, line["payee"].lower()), ())
        return any(
            all(
                said in ("", line[word].lower())
                for word, said in (
                    ("unit", ruling.unit.lower()),
                    ("purpose", ruling.purpose.lower()),
                    ("detail", ruling.detail.lower()),
                )
            )
            for ruling in same
        )
