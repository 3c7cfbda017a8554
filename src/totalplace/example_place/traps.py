"""Planted traps: lines that a careless reader drops, doubles or misreads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from random import Random

from totalplace.example_place.agencies import Profile
from totalplace.example_place.lines import Line
from totalplace.example_place.truth import RowKind

CREDIT_NOTE = "credit note"
REAL_COPY = "real copy"
MISTAKEN_COPY = "mistaken copy"
CAPITAL = "capital spike"
REPEATED_TOTAL = "invoice total repeated on each line"
PAID_TWICE = "published in two months"
EARLIER = "dated before its file's month"
UNREADABLE_DATE = "unreadable date"
NO_DATE = "no date"
UNREADABLE_AMOUNT = "unreadable amount"


def everyday(lines: Iterable[Line], profile: Profile, rng: Random) -> list[Line]:
    """Credit notes (15 in a thousand), equal payments that are real, lines keyed twice."""
    out: list[Line] = []
    for line in lines:
        chance = rng.random()
        if line.planted or chance > 0.024:
            out.append(line)
        elif chance < 0.0155:
            out.append(_credited(line, profile, rng))
        elif chance < 0.021 and line.net_pence < 20 * profile.agency.threshold_pence:
            out += [line._replace(planted=REAL_COPY)] * rng.randrange(2, 5)
        else:
            out += [line, line._replace(planted=MISTAKEN_COPY)]
    return out


def _credited(line: Line, profile: Profile, rng: Random) -> Line:
    least = profile.agency.threshold_pence
    net = max(least, line.net_pence * rng.randrange(10, 101) // 100)
    vat = net * 20 // 100 if line.vat_pence else 0
    return line._replace(net_pence=-net, vat_pence=-vat, planted=CREDIT_NOTE, detail="Credit note")


def above(lines: Iterable[Line], threshold_pence: int) -> list[Line]:
    """Only the lines at or above a publication threshold; credit notes by their size."""
    return [line for line in lines if abs(line.net_pence) >= threshold_pence]


def without(lines: Iterable[Line], planted: str) -> list[Line]:
    """All lines but those of one trap or flow."""
    return [line for line in lines if line.planted != planted]


def spoilt_amounts(lines: list[Line], *words: str) -> list[Line]:
    """Some amount cells hold words instead of a sum, one for each of the words given."""
    return _every(
        lines, len(words),
        lambda line, nth: line._replace(amount_text=words[nth], planted=UNREADABLE_AMOUNT),
    )  # fmt: skip


def hidden_dates(lines: list[Line], count: int, text: str = "########") -> list[Line]:
    """Some date cells are too narrow and were saved as hashes, or are empty."""
    why = UNREADABLE_DATE if text else NO_DATE
    return _every(lines, count, lambda line, nth: line._replace(date_text=text, planted=why))


def _every(lines: list[Line], count: int, change: Callable[[Line, int], Line]) -> list[Line]:
    """Change so many lines without other traps, spread evenly over the list."""
    plain = [at for at, line in enumerate(lines) if not line.planted]
    step = max(1, len(plain) // (count + 1))
    out = list(lines)
    for nth, at in enumerate(plain[step - 1 :: step][:count]):
        out[at] = change(out[at], nth)
    return out


def invoices_in_full(lines: list[Line], sizes: tuple[int, ...]) -> list[Line]:
    """Some invoices of many lines show their whole total on each line, as if each were the sum."""
    plain = [at for at, line in enumerate(lines) if not line.planted and line.supplier]
    out = list(lines)
    for nth, size in enumerate(sizes):
        at = plain[(nth + 1) * len(plain) // (len(sizes) + 2)]
        out += [lines[at]._replace(planted=REPEATED_TOTAL)] * (size - 1)
        out[at] = lines[at]._replace(planted=REPEATED_TOTAL)
    return sorted(out, key=lambda line: (line.paid_on, line.reference))


def published_again(lines: list[Line], last_month: list[Line], count: int) -> list[Line]:
    """Lines of last month's file that stand in this month's file once more."""
    again = [line for line in last_month if not line.planted][-count:]
    return [line._replace(planted=PAID_TWICE) for line in again] + lines


def held_back(lines: list[Line], count: int) -> list[Line]:
    """The lines of a month without those that are published too late, in the next month's file."""
    late = [line for line in lines if not line.planted][:count]
    return [line for line in lines if line not in late]


def paid_earlier(lines: list[Line], last_month: list[Line], count: int) -> list[Line]:
    """Late lines, dated in the month before and published in this month's file only."""
    late = [line for line in last_month if not line.planted][:count]
    return [line._replace(planted=EARLIER) for line in late] + lines


def spike(
    lines: list[Line], purpose: str, sums_pence: Iterable[int], *, service: str
) -> list[Line]:
    """Stage payments for one building: real, and far above the agency's usual month."""
    builder = next((line for line in lines if line.vat_pence > 0), lines[0])
    stages = [
        builder._replace(
            kind=RowKind.PAYMENT, net_pence=net, vat_pence=net * 20 // 100, planted=CAPITAL,
            purpose=purpose, service=service, telling=True, detail=f"Stage payment {nth}",
            reference=f"{builder.reference}C{nth}",
        )
        for nth, net in enumerate(sums_pence, start=1)
    ]  # fmt: skip
    return sorted(lines + stages, key=lambda line: (line.paid_on, line.reference))
