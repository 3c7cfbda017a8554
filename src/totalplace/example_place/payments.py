"""What each agency really paid, month by month, before anyone publishes it."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from random import Random
from typing import TypeVar

from totalplace.example_place import between, traps
from totalplace.example_place.agencies import PROFILES, Profile
from totalplace.example_place.lines import Line
from totalplace.example_place.seasons import (
    FIRST_YEAR,
    SEASON_PER_CENT,
    months_of,
    working_days,
    year_of,
)
from totalplace.example_place.silent import as_published
from totalplace.example_place.subjects import NOT_SPENDING, Subject, bought_by
from totalplace.example_place.suppliers import Supplier, invent, number, spelt
from totalplace.example_place.truth import RowKind

POOL = 640  # suppliers that one agency knows; many are known to several agencies
STANDING = 24  # arrangements that cost the same every month

Option = TypeVar("Option")


@dataclass(frozen=True, slots=True)
class _Standing:
    subject: Subject
    supplier: Supplier
    net_pence: int


@dataclass(frozen=True, slots=True)
class _Custom:
    """An agency's suppliers by trade, as likely as their weights, and its standing payments."""

    by_trade: dict[str, tuple[list[Supplier], list[float]]]
    subjects: tuple[Subject, ...]
    standing: tuple[_Standing, ...]


class Books:
    """The true books of every agency of the place, the same for the same seed and scale."""

    def __init__(self, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        self.suppliers = invent(seed)
        self._customs: dict[str, _Custom] = {}
        self._spent: dict[tuple[str, date], Counter[str]] = {}

    def paid(self, code: str, month: date) -> list[Line]:
        """What an agency paid in a month, in order of day and reference."""
        profile = PROFILES[code]
        rng = self.rng(f"{code}/{month:%Y-%m}")
        paying = _Paying(profile, self._custom(profile), month, rng)
        lines = paying.standing(max(2, round(STANDING * min(1.0, self.scale))))
        wanted = profile.payments_a_month * SEASON_PER_CENT[month.month] / 100
        growing = 1 + 0.03 * (year_of(month) - FIRST_YEAR)
        lines += paying.ordinary(max(4, round(wanted * growing * self.scale) - len(lines)))
        lines += paying.other_bodies()
        lines = traps.everyday(lines, profile, rng)
        if (code, month) not in self._spent:
            self._spent[code, month] = _spent(lines)
        return sorted(lines, key=lambda line: (line.paid_on, line.reference, line.net_pence))

    def spent(self, code: str, year: int) -> Counter[str]:
        """What an agency truly spent in a financial year by service, published or not, in pence.

        VAT, what it paid to other public bodies and what buys nothing are left out.
        """
        sums = Counter[str]()
        for month in months_of(year):
            if (code, month) not in self._spent:
                self.paid(code, month)
            sums.update(self._spent[code, month])
        return sums

    def rng(self, words: str) -> Random:
        """A source of chance of its own for one named purpose."""
        return Random(f"{self.seed}/{words}")

    def known_to(self, code: str) -> list[Supplier]:
        """The suppliers that an agency knows, for its contracts."""
        by_trade = self._custom(PROFILES[code]).by_trade
        return [supplier for known, _ in by_trade.values() for supplier in known]

    def _custom(self, profile: Profile) -> _Custom:
        code = profile.agency.code
        if code not in self._customs:
            rng = self.rng(f"custom/{code}")
            self._customs[code] = _custom(profile, self.suppliers, rng)
        return self._customs[code]


def _spent(lines: Iterable[Line]) -> Counter[str]:
    sums = Counter[str]()
    for line in lines:
        if not line.nature and line.planted != traps.MISTAKEN_COPY and line.service != NOT_SPENDING:
            sums[line.service] += line.net_pence
    return sums


def _custom(profile: Profile, suppliers: Sequence[Supplier], rng: Random) -> _Custom:
    subjects = bought_by(profile.agency.code, profile.agency.kind)
    # The first of the list are known to every agency.
    known = [*rng.sample(suppliers, POOL), *suppliers[: POOL // 5]]
    by_trade: dict[str, tuple[list[Supplier], list[float]]] = {}
    named = [subject for subject in subjects if subject.trade != "person"]
    for trade in dict.fromkeys(subject.trade for subject in named):
        sellers = list(dict.fromkeys(seller for seller in known if seller.trade == trade))
        rng.shuffle(sellers)
        # A few suppliers are paid very often and most seldom (Zipf's law).
        weights = list(accumulate(1 / (rank + 2) for rank in range(len(sellers))))
        by_trade[trade] = (sellers, weights)
    standing = []
    for _ in range(STANDING):
        subject = rng.choice(named)
        seller = rng.choice(by_trade[subject.trade][0])
        standing.append(_Standing(subject, seller, _net_pence(profile, rng)))
    return _Custom(by_trade, subjects, tuple(standing))


def _net_pence(profile: Profile, rng: Random) -> int:
    """A sum above the threshold with a heavy tail (Pareto): many small, a few very large."""
    threshold = profile.agency.threshold_pence
    net = threshold * (1 - rng.random()) ** (-1 / profile.steepness)
    pence = min(int(net), profile.most_pence - int(rng.random() * profile.most_pence / 2))
    chance = rng.random()
    if chance < 0.10:
        return max(threshold, pence // 10_000 * 10_000)
    return max(threshold, pence // 100 * 100) if chance < 0.35 else pence


def _pick(options: Sequence[Option], rng: Random) -> Option:
    return options[int(rng.random() * len(options))]


class _Paying:
    """One agency paying in one month."""

    def __init__(self, profile: Profile, custom: _Custom, month: date, rng: Random) -> None:
        self._profile, self._custom, self._rng = profile, custom, rng
        self._code = profile.agency.code
        self._month = month
        self._days = working_days(month)
        self._prefix = f"{profile.reference}{month:%y%m}"
        self._place = 0

    def standing(self, count: int) -> list[Line]:
        """What costs the same every month."""
        return [
            self._line(agreed.subject, agreed.supplier, agreed.net_pence)
            for agreed in self._custom.standing[:count]
        ]

    def ordinary(self, count: int) -> list[Line]:
        """Invoices, and payments to people who are never named."""
        rng = self._rng
        lines = []
        for _ in range(count):
            subject = _pick(self._custom.subjects, rng)
            seller = None
            if subject.trade != "person":
                sellers, weights = self._custom.by_trade[subject.trade]
                seller = sellers[bisect(weights, rng.random() * weights[-1])]
            lines.append(self._line(subject, seller, _net_pence(self._profile, rng)))
        return lines

    def other_bodies(self) -> list[Line]:
        """Precepts, grants and other money passed to public bodies."""
        flows = [flow for flow in between.FLOWS if flow.payer == self._code]
        return [
            self._passed_on(flow, place)
            for place, flow in enumerate(flows)
            if self._month.month in flow.months
        ]

    def _line(self, subject: Subject, supplier: Supplier | None, net_pence: int) -> Line:
        rng = self._rng
        self._place += 1
        reference = f"{self._prefix}{self._place:04d}"
        whom = supplier.code if supplier else reference
        subject = as_published(subject, self._code, self._profile.agency.kind, whom)
        return Line(
            kind=RowKind.PAYMENT,
            net_pence=net_pence,
            vat_pence=(net_pence * subject.vat_percent + 50) // 100,
            paid_on=_pick(self._days, rng),
            payee=(
                spelt(supplier, self._profile.style, rng)
                if supplier
                else _pick(self._profile.redacts_as, rng)
            ),
            payee_number=number(supplier.code, self._code) if supplier else "",
            supplier=supplier.code if supplier else "",
            unit=subject.unit,
            purpose=subject.purpose,
            function=subject.function,
            service=subject.service,
            telling=subject.telling,
            detail=_detail(subject, rng),
            reference=reference,
            redacted=supplier is None,
        )

    def _passed_on(self, flow: between.Flow, place: int) -> Line:
        body = PROFILES.get(flow.payee)
        return Line(
            kind=RowKind.PAYMENT,
            net_pence=between.instalment_pence(flow, year_of(self._month) - FIRST_YEAR),
            vat_pence=0,
            paid_on=self._days[14],
            payee=_pick(body.known_as, self._rng) if body else flow.payee,
            payee_number=number(flow.payee, self._code),
            supplier=flow.payee if body else "",
            payee_agency=flow.paid_to,
            receiver=flow.received_by,
            nature=flow.nature,
            unit=flow.unit,
            purpose=flow.purpose,
            function=flow.function,
            service=flow.service,
            telling=flow.telling,
            detail="Direct debit" if flow.nature == "precept" else "BACS transfer",
            reference=f"{self._prefix}{9000 + place:04d}",
            planted=flow.planted,
        )


def _detail(subject: Subject, rng: Random) -> str:
    chance = rng.random()
    if chance < 0.02:
        return f'{subject.purpose}\nsee "schedule {2 + int(chance * 300)}"'
    if chance < 0.5:
        return f"Invoice, {subject.purpose.lower()}"
    return f"Inv {1000 + int(rng.random() * 98_999)}"
