"""A line of the count: a sum with its service, basis, status, range and origin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Income(StrEnum):
    """The income rule of a total; sums of different rules are never added."""

    NET = "net"  # fees, charges and other income are set against spending
    GROSS = "gross"  # nothing is set against it


class Basis(StrEnum):
    """How it is known that the money was spent for the place (HM Treasury, CRA guidance)."""

    ACTUAL = "actual"
    HEAD_COUNT = "head-count"
    CASELOAD = "caseload"
    FORMULA = "formula"
    APPORTIONED = "apportioned"


class Status(StrEnum):
    """How well a sum is known."""

    MEASURED = "measured"
    APPORTIONED = "apportioned"
    MODELLED = "modelled"
    MISSING = "missing"


class Economic(StrEnum):
    """Running costs and building, kept apart."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of the count. `pence` is None where it is missing; low and high are its range."""

    agency: str
    agency_name: str
    year: str
    service: str
    income: Income
    economic: Economic
    basis: Basis
    status: Status
    pence: int | None
    low_pence: int | None
    high_pence: int | None
    source: str  # what it was read from: document, form, row; or what it was modelled from
    note: str = ""
    detail: str = ""  # the line as published, where it is finer than the service

    def __post_init__(self) -> None:
        """Refuse a missing sum with a value, and a range that does not hold it: ValueError."""
        values = (self.low_pence, self.pence, self.high_pence)
        if self.status is Status.MISSING:
            if self.pence is not None:
                raise ValueError("what is missing has no value, only perhaps a range")
            return
        if None in values:
            raise ValueError(f"a line that is {self.status} has a value and a range")
        low, pence, high = (v or 0 for v in values)
        if not low <= pence <= high:
            raise ValueError(f"{pence} is not between {low} and {high}")

    @property
    def is_certain(self) -> bool:
        """Whether the range is a point."""
        return self.pence is not None and self.low_pence == self.high_pence


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of lines of one income rule: what is known of it, and how."""

    pence: int
    low_pence: int
    high_pence: int
    by_status: dict[Status, int]  # pence of each status
    missing: int  # lines without a value

    def share_of(self, status: Status) -> float | None:
        """The share of the sum that has a status, 0 to 1; None where there is no sum."""
        return self.by_status.get(status, 0) / self.pence if self.pence else None


def total(lines: Iterable[Line]) -> Total:
    """Lines of one income rule, added up. Raises ValueError for lines of two.

    The range is the sum of the ranges: the widest that it can be, as errors of one key go together.
    """
    listed = list(lines)
    if len({line.income for line in listed}) > 1:
        raise ValueError("gross and net sums do not add")
    by_status = dict.fromkeys(Status, 0)
    for line in listed:
        by_status[line.status] += line.pence or 0
    known = [line for line in listed if line.pence is not None]
    return Total(
        pence=sum(line.pence or 0 for line in known),
        low_pence=sum(line.low_pence or 0 for line in known),
        high_pence=sum(line.high_pence or 0 for line in known),
        by_status=by_status,
        missing=len(listed) - len(known),
    )
