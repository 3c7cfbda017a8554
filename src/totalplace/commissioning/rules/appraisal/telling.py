"""An appraisal in plain words and in tables, which the page, the command and the workbook show.

A cell is words, a whole number, or a sum of pounds to the penny (Decimal).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from totalplace.commissioning.rules.appraisal import Appraised
from totalplace.commissioning.rules.appraisal.chances import Spread
from totalplace.commissioning.rules.appraisal.results import Column, Payback
from totalplace.commissioning.rules.appraisal.sharing import Agreed, NoneExists, stakes
from totalplace.commissioning.rules.appraisal.terms import Named, Number
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear

Cell = str | int | Decimal
ALL: Final = "All together"
_GIVE_OR_TAKE: Final = 100


@dataclass(frozen=True, slots=True)
class Told:
    """A table with what it is for."""

    name: str  # of a sheet or file
    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def years_said(one: Appraised) -> tuple[str, ...]:
    """The financial years of an appraisal."""
    first = one.terms.first_year
    return tuple(FinancialYear(first + n).label for n in range(one.terms.years))


def summary(one: Appraised) -> tuple[str, ...]:
    """What an appraisal comes to, in sentences that a councillor would use."""
    return tuple(_summary(one))


def _summary(one: Appraised) -> Iterator[str]:
    terms, found = one.terms, one.result
    base = FinancialYear(terms.price_year).label
    years = f"{terms.years} year{'s' if terms.years > 1 else ''}"
    yield (
        f"Over {years} from {years_said(one)[0]}, at {base} prices and in what it is worth in the "
        f"first year, it costs {pounds(found.costs)} and brings {pounds(found.gains)} of every "
        f"kind: {_more(found.net)}."
    )
    if found.ratio is not None and found.fiscal_return is not None:
        yield (
            f"Each pound of cost brings £{found.ratio:.2f} of every kind, and "
            f"£{found.fiscal_return:.2f} to the public purse."
        )
    yield f"To the public purse alone: {_back(found.payback, terms.years)}."
    matrix = found.matrix
    yield (
        f"In cash: {pounds(matrix.of_column(Column.CASHABLE).worth)} can be taken out of budgets "
        f"and {pounds(-matrix.of_column(Column.CASH_COST).worth)} is put in: "
        f"{_more(found.cash_net)}; {_back(found.cash_payback, terms.years)}."
    )
    for stake in stakes(matrix):
        yield (
            f"{stake.who} puts in {_cash(stake.puts_in)} in cash and can take out "
            f"{_cash(stake.takes_out)}."
        )
    if found.net > 0 and found.gains > 0:
        cut = 100 * (1 - found.costs / found.gains)
        yield f"All gains could be {cut:.0f} in 100 smaller before it costs as much as it brings."
    yield from _too_late(one)
    yield _chance(one)
    yield _guessed(one)
    if found.lower_net is not None:
        yield (
            "It runs so long that the Green Book asks for lower rates beside: at those, "
            f"{_more(found.lower_net)}."
        )


def _too_late(one: Appraised) -> Iterator[str]:
    """A warning of each change that begins only after the last year, and so brings nothing here."""
    years = one.terms.years
    for outcome in one.terms.outcomes:
        if outcome.lag_years >= years:
            yield (
                f"'{outcome.title}' begins after {_plural(outcome.lag_years)}, and only "
                f"{_plural(years)} are looked at: none of its gains is counted. Look at more "
                "years, or mend when it begins."
            )


def _plural(years: int) -> str:
    return f"{years} year{'' if years == 1 else 's'}"


def _cash(pence: int) -> str:
    return pounds(pence) if pence else "nothing"


def _more(net: int) -> str:
    if net == 0:
        return "as much as it costs, to the penny"
    return f"{pounds(abs(net))} {'more' if net > 0 else 'less'} than it costs"


def _back(payback: Payback, years: int) -> str:
    if payback.nothing_owed:
        return "nothing has to be paid back, for it never falls short"
    if payback.years is None:
        return f"what is put in is not back within {years} years"
    return f"what is put in is back by the end of year {payback.years}, and stays so"


def _chance(one: Appraised) -> str:
    net, fiscal = one.drawn.net, one.drawn.fiscal
    return (
        f"Drawn {one.drawn.draws:,} times within what is not certain, it is worth more than it "
        f"costs in {_in_100(net)} draws of 100, and to the public purse alone in "
        f"{_in_100(fiscal)}; 95 in 100 lie from {pounds(net.low)} to {pounds(net.high)}."
    )


def _in_100(spread: Spread) -> str:
    if spread.above in (0, 1):  # as many draws as these leave a chance of three in them open
        give = _GIVE_OR_TAKE * spread.give_or_take
        return f"fewer than {give:.2f}" if spread.above == 0 else f"more than {100 - give:.2f}"
    return f"{100 * spread.above:.1f} (give or take {_GIVE_OR_TAKE * spread.give_or_take:.1f})"


def _guessed(one: Appraised) -> str:
    number, of = len(one.guesses), len(one.numbers)
    if not number:
        return f"Each of its {of} numbers has a source."
    are = "has no source: it is a guess" if number == 1 else "have no source: they are guesses"
    return f"{number} of its {of} numbers {are}. All that is said here rests on that."


def told(one: Appraised) -> tuple[Told, ...]:
    """Every table, in the order in which they are shown: who pays and who gains first."""
    return (
        _matrix(one), *_shared(one), _yearly(one), _switches(one), _swings(one), _drawn(one),
        _numbers(one),
    )  # fmt: skip


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100


def _matrix(one: Appraised) -> Told:
    matrix = one.result.matrix
    rows: list[tuple[Cell, ...]] = []
    for party in matrix.parties:
        worth = [matrix.cell(party, column).worth for column in Column]
        rows.append((party, *map(_pounds, worth), _pounds(matrix.of_party(party).worth)))
    worth = [matrix.of_column(column).worth for column in Column]
    rows.append((ALL, *map(_pounds, worth), _pounds(matrix.of_all().worth)))
    return Told(
        "Who pays and who gains", "Who pays and who gains",
        "In what it is worth in the first year. Costs are below nought. What can be cashed has a "
        "column of its own: no budget can be cut by the others.",
        ("Party", *(column.value.capitalize() for column in Column), "All of it"), tuple(rows),
    )  # fmt: skip


def _yearly(one: Appraised) -> Told:
    matrix, years = one.result.matrix, years_said(one)
    rows: list[tuple[Cell, ...]] = []
    for party in (*matrix.parties, ALL):
        for column in Column:
            cell = matrix.of_column(column) if party == ALL else matrix.cell(party, column)
            if any(cell.yearly) or cell.worth:
                rows.append((party, column.value.capitalize(), *map(_pounds, cell.yearly)))
    return Told(
        "Year by year", "Year by year",
        "At the prices of the base, each year as it is: nothing is taken off for waiting.",
        ("Party", "What", *years), tuple(rows),
    )  # fmt: skip


def _said(value: float | None, named: Named) -> str:
    if value is None:
        return "at none"
    return f"{100 * value:.1f}%" if named.share else f"{value:,.2f}"


def _number(value: Decimal, named: Named) -> str:
    return _said(float(value), named)


def _switches(one: Appraised) -> Told:
    rows = [
        (s.named.words, _number(s.named.number.mid, s.named), _said(s.net, s.named),
         _said(s.fiscal, s.named))
        for s in one.switches
    ]  # fmt: skip
    return Told(
        "Where it turns", "Where it turns",
        "The value of each number, with all others as they are, at which it brings as much as it "
        "costs. At none: no value that is possible turns it.",
        ("Number", "As it is", "Turns at, all gains", "Turns at, public purse"), tuple(rows),
    )  # fmt: skip


def _swings(one: Appraised) -> Told:
    rows = [
        (s.named.words, _number(s.named.number.low, s.named),
         _number(s.named.number.high, s.named), _pounds(s.at_low), _pounds(s.at_high),
         _pounds(s.width))
        for s in one.swings
    ]  # fmt: skip
    return Told(
        "What matters most", "What matters most",
        "What all of it is worth with one number at its low and at its high, the widest first.",
        ("Number", "Low", "High", "Worth at the low", "Worth at the high", "Between them"),
        tuple(rows),
    )  # fmt: skip


def _drawn(one: Appraised) -> Told:
    spreads = {
        "All gains of every kind, less all costs": one.drawn.net,
        "Gains to the public purse, less all costs": one.drawn.fiscal,
        "What can be cashed, less cash put in": one.drawn.cash,
    }
    rows = [
        (what, _pounds(s.low), _pounds(s.mean), _pounds(s.high), f"{_in_100(s)} in 100")
        for what, s in spreads.items()
    ]
    return Told(
        "How sure it is", "How sure it is",
        f"{one.drawn.draws:,} draws with seed {one.drawn.seed}, each number by itself, between its "
        "low and its high in the shape that is said of it. 95 draws in 100 lie between the two "
        "ends. Optimism is taken off by grade and is not drawn. The mean differs from the middle "
        "where a spread is lopsided.",
        ("Sum", "From", "Mean", "To", "Chance above nought"),
        tuple(rows),
    )  # fmt: skip


def _shared(one: Appraised) -> Iterator[Told]:
    for by_rule in one.shared:
        yield _none(by_rule) if isinstance(by_rule, NoneExists) else _agreed(by_rule)


def _none(proof: NoneExists) -> Told:
    if not proof.stakes:
        note = "Nobody puts in or takes out cash, so there is nothing to share."
    else:
        note = (
            f"Those who may pay gain {pounds(proof.could_pay)} in cash over what they put in; the "
            f"others are short of {pounds(proof.lacking)}. Payments only move money between them, "
            f"so for every party to be better off by a penny, {pounds(proof.short)} more would "
            "have to be cashable. No payments can do it."
        )
    rows = [
        (s.who, _pounds(s.puts_in), _pounds(s.takes_out), _pounds(s.net),
         "yes" if s.may_pay else "no")
        for s in proof.stakes
    ]  # fmt: skip
    rows.append(_sum_of(proof))
    return Told(
        "Sharing the gain", "No payments leave every party better off", note,
        ("Party", "Puts in cash", "Takes out cash", "Left with", "May pay"), tuple(rows),
    )  # fmt: skip


def _sum_of(proof: NoneExists) -> tuple[str, Decimal, Decimal, Decimal, str]:
    put, taken = (sum(getattr(s, what) for s in proof.stakes) for what in ("puts_in", "takes_out"))
    return (ALL, _pounds(put), _pounds(taken), _pounds(taken - put), "all")


def _agreed(by_rule: Agreed) -> Told:
    rows: list[tuple[Cell, ...]] = [
        (p.stake.who, _pounds(p.stake.puts_in), _pounds(p.stake.takes_out), _pounds(p.stake.net),
         _pounds(p.receives), _pounds(p.after), _pounds(p.yearly[0]))
        for p in by_rule.parties
    ]  # fmt: skip
    rows.append(
        (ALL, *(_pounds(sum(sums)) for sums in zip(
            *((p.stake.puts_in, p.stake.takes_out, p.stake.net, p.receives, p.after, p.yearly[0])
              for p in by_rule.parties), strict=True)))
    )  # fmt: skip
    name = {"STAKE": "Sharing by stake", "ALIKE": "Sharing alike"}[by_rule.split.name]
    return Told(
        name, f"Sharing the gain: {by_rule.split.value}",
        "Cash only, in what it is worth in the first year, at the middle of every number: an "
        "offer to talk about, not what will happen. Below nought, a party pays. The last column is "
        "the same in equal payments, one in each year, which may fall before a party gains.",
        ("Party", "Puts in cash", "Takes out cash", "Left with, no payments", "Receives",
         "Left with, after", "Receives in each year"),
        tuple(rows),
    )  # fmt: skip


def _numbers(one: Appraised) -> Told:
    rows = [
        (n.words, _number(n.number.low, n), _number(n.number.mid, n), _number(n.number.high, n),
         _shape(n.number), n.number.source or "None: a guess", n.number.address)
        for n in one.numbers
    ]  # fmt: skip
    return Told(
        "Sources", "Every number, and where it is from",
        "A number without a source is a guess, and is counted as one.",
        ("Number", "Low", "Middle", "High", "Shape", "Source", "Address"), tuple(rows),
    )  # fmt: skip


def _shape(number: Number) -> str:
    return "certain" if number.certain else number.shape.value
