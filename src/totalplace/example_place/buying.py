"""Card purchases and contracts: not payments, and never added to them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from totalplace.example_place.agencies import PROFILES
from totalplace.example_place.lines import Line
from totalplace.example_place.payments import Books
from totalplace.example_place.seasons import working_days
from totalplace.example_place.subjects import Subject, bought_by
from totalplace.example_place.suppliers import Supplier, number, spelt
from totalplace.example_place.truth import RowKind
from totalplace.example_place.words import PLACES

_MERCHANTS = (
    ("Brambello Bakery", "Catering", "01.3"),
    ("Wexmocke Hotel", "Hotels and lodging", "01.3"),
    ("Vosker Stationers", "Office supplies", "01.3"),
    ("Café Thrapaby", "Catering", "01.3"),
    ("Quennumber Rail Tickets", "Travel", "04.5"),
    ("Lorvingle Hardware", "Tools and hardware", "01.3"),
    ("Haskendon Books", "Books and subscriptions", "08.2"),
    ("Total Prid Parking", "Parking", "04.5"),
)


def card_purchases(books: Books, code: str, months: tuple[date, ...], a_month: int) -> list[Line]:
    """An agency's purchase card transactions of some months: small, gross, some refunded."""
    rng = books.rng(f"cards/{code}/{months[0]:%Y-%m}")
    subjects = bought_by(code, PROFILES[code].agency.kind)
    lines = []
    for month in months:
        days = working_days(month)
        for place in range(max(2, round(a_month * books.scale))):
            made = _card(rng.choice(subjects), rng)
            reference = f"PC{month:%y%m}{place + 1:04d}"
            lines.append(made._replace(paid_on=rng.choice(days), reference=reference))
    return sorted(lines, key=lambda line: (line.paid_on, line.reference))


def _card(held_in: Subject, rng: Random) -> Line:
    merchant, purpose, function = rng.choice(_MERCHANTS)
    net = min(80_000, int(450 * (1 - rng.random()) ** -0.9))
    net = -net if rng.random() < 0.02 else net
    return Line(
        kind=RowKind.CARD, net_pence=net, vat_pence=net * 20 // 100, paid_on=date.min,
        payee=f"{merchant} {rng.choice(PLACES)}", payee_number="", supplier="",
        unit=held_in.unit, purpose=purpose, function=function, service=held_in.service,
        telling=held_in.telling, detail="Card purchase", reference="", planted="purchase card",
    )  # fmt: skip


def contracts(books: Books, code: str, months: tuple[date, ...], a_month: int) -> list[Line]:
    """An agency's contracts that begin in some months: promises to pay, not payments."""
    rng = books.rng(f"contracts/{code}/{months[0]:%Y-%m}")
    known = books.known_to(code)
    lines = []
    for month in months:
        for place in range(max(1, round(a_month * books.scale))):
            made = _contract(rng.choice(known), code, rng)
            starts = month + timedelta(days=rng.randrange(28))
            ends = starts.replace(year=starts.year + rng.randrange(1, 6), day=1)
            reference = f"CON-{month:%y%m}-{place + 1:03d}"
            lines.append(made._replace(paid_on=starts, ends_on=ends, reference=reference))
    return lines


def _contract(supplier: Supplier, code: str, rng: Random) -> Line:
    profile = PROFILES[code]
    fits = [s for s in bought_by(code, profile.agency.kind) if s.trade == supplier.trade]
    subject = rng.choice(fits)
    net = min(900_000_000, int(1_000_000 * (1 - rng.random()) ** -0.8)) // 10_000 * 10_000
    return Line(
        kind=RowKind.COMMITMENT, net_pence=net, vat_pence=0, paid_on=date.min,
        payee=spelt(supplier, profile.style, rng), payee_number=number(supplier.code, code),
        supplier=supplier.code, unit=subject.unit, purpose=subject.purpose,
        function=subject.function, service=subject.service, telling=subject.telling,
        detail=f"{subject.purpose} – framework call-off", reference="", planted="contract",
    )  # fmt: skip
