"""Rows that want a second look before a sum is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final

from totalplace.count.rules.facts import Facts
from totalplace.count.rules.published import Finding, Weight
from totalplace.count.rules.repeated import totals_on_lines
from totalplace.count.rules.tallies import Kind, Tally
from totalplace.count.rules.words import (
    listed,
    month_name,
    months_said,
    percent,
    plural,
    short_pounds,
    whole_pounds,
)

_MANY: Final = 20  # copies in one month that are worth naming the month
_MUCH: Final = 3  # where they are a third of its payments or more


def invoice_totals(facts: Facts) -> Iterator[Finding]:
    """Months in which each line of an invoice seems to show the invoice's total."""
    months = [m for m in totals_on_lines(facts.invoices) if facts.is_asked(m.month)]
    if not months:
        return
    extra = sum(m.extra_pence for m in months)
    finer = sum(m.finer for m in months)
    also = f" In {plural(finer, 'of them', 'of them')} the net sums differ." if finer else ""
    yield Finding(
        Weight.FIGURES,
        "Invoice totals repeated on each line",
        facts.body,
        months_said(m.month for m in months),
        f"{plural(sum(m.repeated for m in months), 'invoice')} of three lines or more show one and"
        f" the same sum on every line, as if each line were the whole invoice.{also} If so, the"
        f" payments of these months are overstated by up to {short_pounds(extra)}.",
        "Ask the agency whether the column is the line's sum or the invoice's. Until then quote a"
        " range, and compare these months with no others.",
        figures=tuple(
            f"{month_name(m.month)}: {m.repeated_rows:,} of {plural(m.rows, 'line')};"
            f" {whole_pounds(m.pence)} as published, {whole_pounds(m.pence - m.extra_pence)} if"
            " each such invoice is counted once."
            for m in sorted(months, key=lambda m: m.month)
        ),
        pence=extra,
    )


def twice(facts: Facts) -> Iterator[Finding]:
    """Payments that stand in two tables."""
    found = facts.twice
    if found is None or not (facts.is_asked(found.first_month) or facts.is_asked(found.last_month)):
        return
    yield Finding(
        Weight.FIGURES,
        "The same payments in two files",
        facts.body,
        f"dated {months_said({found.first_month, found.last_month})}",
        f"{plural(found.rows, 'payment')} of {whole_pounds(found.pence)} stand in two of the"
        " agency's tables with the same payee, day, sum, reference and words. All are counted.",
        "Ask the agency which file is right, and whether one replaces part of the other.",
        pence=found.pence,
    )


def _by_year(facts: Facts, kind: Kind) -> list[tuple[str, Tally]]:
    return [(year.year, year.tallies.of(kind)) for year in facts.years]


def _all(facts: Facts, kind: Kind) -> Tally:
    return sum((tally for _, tally in _by_year(facts, kind)), Tally())


def copies(facts: Facts) -> Iterator[Finding]:
    """Rows that are equal to an earlier one of their table in every cell."""
    whole = _all(facts, Kind.PAYMENT)
    if not whole.copy_rows:
        return
    crowded = _crowded(facts)
    where = f" Most striking: {listed(crowded, most=4)}." if crowded else ""
    yield Finding(
        Weight.LOOK,
        "Copies",
        facts.body,
        "",
        f"{plural(whole.copy_rows, 'payment')} ({percent(whole.copy_rows, whole.rows)}) are"
        " equal in every cell to an earlier one of the same table. They may be real, such as"
        f" several of the same thing on one day, or keyed twice. They are flagged and kept.{where}",
        "Quote the range, and ask the agency about the largest.",
        figures=tuple(
            f"{year}: {whole_pounds(t.least_pence)} to {whole_pounds(t.most_pence)}, as"
            f" {plural(t.copy_rows, 'extra copy', 'extra copies')} of"
            f" {whole_pounds(t.copy_pence)} are left out or kept."
            for year, t in _by_year(facts, Kind.PAYMENT)
            if t.copy_rows
        ),
        pence=whole.copy_pence,
    )


def _crowded(facts: Facts) -> list[str]:
    months: dict[date, Tally] = defaultdict(Tally)
    for line in facts.lines:
        month = line.standing.month
        if line.kind is Kind.PAYMENT and month is not None:
            months[month] += line.tally
    return [
        f"{month_name(month)} ({t.copy_rows:,} of {plural(t.rows, 'payment')})"
        for month, t in sorted(months.items())
        if t.copy_rows >= _MANY and t.copy_rows * _MUCH >= t.rows
    ]


def negatives(facts: Facts) -> Iterator[Finding]:
    """Credit notes and corrections; or none at all, which is odd in itself."""
    whole = _all(facts, Kind.PAYMENT)
    if whole.negative_rows:
        yield Finding(
            Weight.LOOK,
            "Negative payments",
            facts.body,
            "",
            f"{plural(whole.negative_rows, 'payment')} ({percent(whole.negative_rows, whole.rows)})"
            f" are negative and come to {whole_pounds(whole.negative_pence)}: credit notes,"
            " refunds and corrections. They are in the sums, with their sign.",
            "Nothing: but a sum that drops the sign would be too high by twice as much.",
            figures=tuple(
                f"{year}: {t.negative_rows:,} of {whole_pounds(t.negative_pence)}."
                for year, t in _by_year(facts, Kind.PAYMENT)
                if t.rows
            ),
            pence=whole.negative_pence,
        )
    elif whole.rows >= _NONE_OF:
        yield Finding(
            Weight.LOOK,
            "No negative payments",
            facts.body,
            "",
            f"Not one of {plural(whole.rows, 'payment')} is negative. Bodies that pay so often"
            " receive credit notes; they may have been left out, or have lost their sign.",
            "Ask the agency whether credit notes are published.",
        )


_NONE_OF: Final = 1000  # where one in a hundred is usual, none in a thousand is by no chance


def redacted(facts: Facts) -> Iterator[Finding]:
    """Payees whose names are withheld."""
    whole = sum((_all(facts, kind) for kind in Kind), Tally())
    if whole.redacted_rows:
        yield Finding(
            Weight.LOOK,
            "Redacted payees",
            facts.body,
            "",
            f"{plural(whole.redacted_rows, 'row')} ({percent(whole.redacted_rows, whole.rows)}) of"
            f" {whole_pounds(whole.redacted_pence)} name no payee, as the law allows for private"
            " persons. They are in the sums and in no list of payees.",
            "Nothing, unless the share is far above that of similar bodies.",
            figures=tuple(
                f"{year}: {t.redacted_rows:,} payments of {whole_pounds(t.redacted_pence)}."
                for year, t in _by_year(facts, Kind.PAYMENT)
                if t.redacted_rows
            ),
            pence=whole.redacted_pence,
        )


def undated(facts: Facts) -> Iterator[Finding]:
    """Rows with no date of their own."""
    kinds = [(kind, _all(facts, kind)) for kind in Kind]
    rows = [(kind, t) for kind, t in kinds if t.undated_rows]
    if rows:
        said = [f"{plural(t.undated_rows, kind.noun)} of {whole_pounds(t.undated_pence)}"
                for kind, t in rows]  # fmt: skip
        lost = sum(year.tallies.of(kind).rows for year in facts.years if year.year == NOT_KNOWN
                   for kind in Kind)  # fmt: skip
        where = (
            " Their financial year is not known, and they stand on a line of their own."
            if lost
            else " They count in the month or the year that their table is published for."
        )
        yield Finding(
            Weight.LOOK,
            "No date",
            facts.body,
            "",
            f"{listed(said)} have no date that can be read.{where}",
            "Ask the agency for the dates.",
            pence=sum(t.undated_pence for _, t in rows),
        )


NOT_KNOWN: Final = "year not known"


def outside(facts: Facts) -> Iterator[Finding]:
    """Rows dated outside the months that their table is published for."""
    whole = _all(facts, Kind.PAYMENT)
    if not whole.outside_rows:
        return
    elsewhere = [
        line for line in facts.lines
        if line.kind is Kind.PAYMENT and line.tally.outside_rows and line.changes_year
    ]  # fmt: skip
    rows = sum(line.tally.outside_rows for line in elsewhere)
    pence = sum(line.tally.outside_pence for line in elsewhere)
    moved = (
        f" By their dates, {rows:,} of them ({whole_pounds(pence)}) would stand in another"
        " financial year."
        if rows
        else " None would stand in another financial year by its date."
    )
    yield Finding(
        Weight.LOOK,
        "Dated outside the months of their file",
        facts.body,
        "",
        f"{plural(whole.outside_rows, 'payment')} of {whole_pounds(whole.outside_pence)}"
        f" {'is' if whole.outside_rows == 1 else 'are'} dated outside the months that"
        " their table is published for: late payments, or dates of invoices. They count where the"
        f" agency published them.{moved}",
        "Know which basis you compare with: an agency's own total is by file.",
        pence=whole.outside_pence,
    )


def beside(facts: Facts) -> Iterator[Finding]:
    """Commitments that stand beside payments."""
    commitments, paid = _all(facts, Kind.COMMITMENT), _all(facts, Kind.PAYMENT)
    if commitments.rows and paid.rows:
        yield Finding(
            Weight.LOOK,
            "Commitments beside payments",
            facts.body,
            "",
            f"{plural(commitments.rows, 'contract')} of {whole_pounds(commitments.pence)} are"
            f" promised, beside payments of {whole_pounds(paid.pence)}. Money promised and the"
            " same money paid would count twice, so they are never added.",
            "Quote payments. Use commitments only to see what is still to come.",
            pence=commitments.pence,
        )


def faults(facts: Facts) -> Iterator[Finding]:
    """Rows that could not be read as payments."""
    rows = [fault for fault in facts.faults if fault.refused]
    if rows:
        number, pence = sum(f.rows for f in rows), sum(f.pence for f in rows)
        without = sum(f.without_amount for f in rows)
        unread = f" In {plural(without, 'row')} no sum can be read at all." if without else ""
        readable = f" What can be read of them comes to {whole_pounds(pence)}." if pence else ""
        yield Finding(
            Weight.LOOK,
            "Rows that could not be read",
            facts.body,
            "",
            f"{plural(number, 'row')} {'is' if number == 1 else 'are'} in no sum."
            f"{readable}{unread}",
            "Give them back to the agency: totalplace sources faults --xlsx faults.xlsx",
            figures=tuple(f"{plural(f.rows, 'row')}: the amount {f.why}." for f in rows[:5]),
            pence=pence,
        )
