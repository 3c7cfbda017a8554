"""What a published table is taken to be: which rows are its header, which column holds what.

A layout is a guess with reasons. It is shown to the officer beside the figures, and a recipe
(dated YAML, one per agency) overrides any part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

Cell = str | int | float | bool | date | datetime | time | timedelta | None


class Role(StrEnum):
    """What a column holds, in the words of the Local Government Transparency Code 2015."""

    AMOUNT = "amount"
    NET = "net"
    VAT = "vat"
    GROSS = "gross"
    DATE = "date"
    PAYEE = "payee"
    PAYEE_NUMBER = "payee_number"
    UNIT = "unit"
    PURPOSE = "purpose"
    REFERENCE = "reference"
    KIND = "kind"


class Kind(StrEnum):
    """Payments, card purchases and contracts are different things and never added together."""

    PAYMENT = "payment"
    CARD = "card"
    COMMITMENT = "commitment"


class VatBasis(StrEnum):
    """Whether the amount leaves recoverable VAT out (net), has it in (gross), or is silent."""

    NET = "net"
    GROSS = "gross"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Taken:
    """A column taken for a role: where it stands, what it is called, how sure, and why."""

    position: int  # counted from 0
    header: str
    confidence: float  # 0 to 1
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table is read. Row numbers are as in the file, the first is 1."""

    header_rows: tuple[int, ...]
    first_row: int  # the first row that may be a payment; rows above it are header or preamble
    width: int
    taken: Mapping[Role, Taken] = field(default_factory=dict)
    details: tuple[int, ...] = ()  # other columns of words, kept for classification
    vat_basis: VatBasis = VatBasis.UNKNOWN
    month_first: bool = False
    kind: Kind = Kind.PAYMENT  # of rows whose own cells do not say otherwise
    unsure: tuple[str, ...] = ()  # full sentences for the officer
