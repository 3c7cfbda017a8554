"""What would be read as a trend in an agency's figures, and is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from totalplace.count.rules.facts import Facts
from totalplace.count.rules.published import AgencyYear, Finding, State, Weight
from totalplace.count.rules.series import Jump, Letters, jump, loses_capitals
from totalplace.count.rules.tallies import Kind
from totalplace.count.rules.thresholds import ThresholdChange, change
from totalplace.count.rules.vat_change import Named, VatChange, changes
from totalplace.count.rules.words import (
    before,
    month_name,
    months_said,
    percent,
    plural,
    short_pounds,
    whole_pounds,
)

JUMP: Final = "A jump between years"  # its figures name payees
_YEAR: Final = 12
_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
)  # fmt: skip


def missing_months(facts: Facts) -> Iterator[Finding]:
    """Months without payments: between months that have them, or at the end of a year."""
    held = [m.month for y in facts.years for m in y.months if m.state is State.HELD]
    for year in facts.years:
        if year.months and year.months_missing:
            yield _part_year(facts, year, held)


def _part_year(facts: Facts, year: AgencyYear, held: Sequence[date]) -> Finding:
    said = year.tallies.payments
    if not year.months_held:
        return Finding(
            Weight.FIGURES,
            "No payments held",
            facts.body,
            year.year,
            f"No payments of {year.year} are held, though other rows are.",
            "Add the agency's payments of that year, or leave the year out.",
        )
    gaps = [m for m in year.months_missing if held[0] < m < held[-1]]
    files = {m.month: m.state for m in year.months}
    empty = [m for m in year.months_missing if files[m] is State.NONE]
    says = f"{year.year} holds {_NUMBERS[year.months_held]} months of twelve, not a year."
    says += f" Nothing is held of {months_said(year.months_missing)}"
    says += ", which lies between months that are held: missing, not zero." if gaps else "."
    if empty:
        says += f" A file covers {months_said(empty)} but has no payment in it."
    return Finding(
        Weight.FIGURES,
        "Missing months" if gaps else "Part of a year",
        facts.body,
        year.year,
        says,
        "Add the missing files, or ask the agency for them. Until then compare with no whole year.",
        figures=(
            f"{_NUMBERS[year.months_held].capitalize()} months come to {whole_pounds(said.pence)}.",
        ),
        pence=said.pence // max(1, year.months_held) * (_YEAR - year.months_held),
    )


def threshold(facts: Facts) -> Iterator[Finding]:
    """The least sum that is published changes."""
    found = change(facts.sizes)
    if found is None or not facts.is_beside(found.month):
        return
    yield Finding(
        Weight.FIGURES,
        "Publication threshold changes",
        facts.body,
        f"from {month_name(found.month)}",
        f"Until {month_name(before(found.month))} {_from(found.before_pence)} are published, from"
        f" {month_name(found.month)} {_from(found.after_pence)}. {_effect(found)}",
        "Compare only payments above the higher of the two.",
        figures=(
            (
                f"Under {whole_pounds(found.judged_at_pence)} before:"
                f" {percent(found.under_before, found.rows_before)} of"
                f" {plural(found.rows_before, 'payment')}."
            ),
            (
                f"From {month_name(found.month)} on:"
                f" {percent(found.under_after, found.rows_after)} of"
                f" {plural(found.rows_after, 'payment')}."
            ),
        ),
    )


def _from(pence: int) -> str:
    return f"payments of {whole_pounds(pence)} and more" if pence else "payments of any size"


def _effect(found: ThresholdChange) -> str:
    if found.under_after * found.rows_before < found.under_before * found.rows_after:
        return "Fewer payments from then on are no saving."
    return "More payments from then on are no new spending."


def vat(facts: Facts) -> Iterator[Finding]:
    """Sums turn from net to VAT-inclusive or back, or stop saying which they are."""
    for found in changes(facts.turns, facts.named):
        if not facts.is_beside(found.month):
            continue
        if found.shown_by_sums:
            yield _turned(facts, found)
        elif found.before and found.after:
            yield _renamed(facts, found, found.before, found.after)


def _turned(facts: Facts, found: VatChange) -> Finding:
    moved = "rise" if found.into else "fall"
    header = ""
    if found.before and found.after:
        header = f" The column is called {_header(found.before.header)} before and"
        header += f" {_header(found.after.header)} from then on."
    states = ("have VAT in them", "be net of it")
    states = states if found.into else states[::-1]
    basis = "net to VAT-inclusive" if found.into else "VAT-inclusive to net"
    return Finding(
        Weight.FIGURES,
        f"From {basis} in mid-series",
        facts.body,
        f"from {month_name(found.month)}",
        f"From {month_name(found.month)} on, amounts seem to {states[0]}; before that they seem to"
        f" {states[1]}.{header} A trend across {month_name(found.month)} is false.",
        "Compare only months on one side of it. Ask the agency for net sums, or to say which.",
        figures=(
            (
                f"{plural(found.with_turn, 'payee')} whose sums {moved} by exactly the VAT of 20%"
                f" across {month_name(found.month)}; {found.against:,} the other way;"
                f" {found.steady:,} with a sum that stays."
            ),
        ),
        pence=_pence_from(facts, found.month),
    )


def _renamed(facts: Facts, found: VatChange, was: Named, now: Named) -> Finding:
    said = {"net": "net of VAT", "gross": "VAT-inclusive", "unknown": "silent on VAT"}
    mixed = "partly one, partly the other"
    return Finding(
        Weight.LOOK,
        "What the amounts say of VAT changes",
        facts.body,
        f"from {month_name(found.month)}",
        f"The column is {said.get(was.basis, mixed)}"
        f" ({_header(was.header)}) until {month_name(before(found.month))} and"
        f" {said.get(now.basis, mixed)} ({_header(now.header)}) from"
        f" {month_name(found.month)}. The payees' own sums do not show that VAT came or went.",
        "Ask the agency whether the later sums have VAT in them.",
        figures=(
            (
                f"{plural(found.with_turn, 'payee')} whose sums move by exactly the VAT of 20% as"
                f" the header would have it; {found.against:,} the other way;"
                f" {found.steady:,} with a sum that stays."
            ),
        ),
    )


def _header(header: str) -> str:
    return f"“{header}”" if header else "nothing"


def _pence_from(facts: Facts, month: date) -> int:
    months = [m for y in facts.years for m in y.months if m.month >= month]
    return sum(m.tallies.payments.pence for m in months)


def jumps(facts: Facts) -> Iterator[Finding]:
    """A whole year is far above or below the one before it because of a few payees."""
    whole = [y for y in facts.years if y.months_held == _YEAR]
    held = {y.year for y in whole} | ({facts.asked.label} if facts.asked else set())
    labels = sorted(facts.payees)
    for first, second in pairwise(labels):
        complete = second in held and (facts.asked is not None or first in held)
        if complete and int(second[:4]) == int(first[:4]) + 1:
            found = jump(facts.payees[first], facts.payees[second])
            if found is not None:
                yield _jumped(facts, first, second, found)


def _jumped(facts: Facts, first: str, second: str, found: Jump) -> Finding:
    rises = found.after_pence > found.before_pence
    change_pence = abs(found.after_pence - found.before_pence)
    many = plural(found.number, "payee")
    return Finding(
        Weight.FIGURES,
        JUMP,
        facts.body,
        f"{first} to {second}",
        f"Payments {'rise' if rises else 'fall'} from {short_pounds(found.before_pence)} to"
        f" {short_pounds(found.after_pence)}. {many} paid month by month in"
        f" {second if rises else first} and hardly at all in {first if rises else second}"
        f" {'makes' if found.number == 1 else 'make'} {short_pounds(found.explained_pence)} of it."
        f" Payments that {'were not published before' if rises else 'are no longer published'},"
        " such as precepts, taxes and direct debits, look like this; so does a new contract.",
        "Look at these payees' lines in both years before calling it"
        f" {'growth' if rises else 'a saving'}.",
        figures=tuple(
            f"{m.payee.upper() or 'No name'}: {whole_pounds(m.before_pence)} in {first},"
            f" {whole_pounds(m.after_pence)} in {second}."
            for m in found.payees
        ),
        pence=change_pence,
    )


def small_letters(facts: Facts) -> Iterator[Finding]:
    """Payees' names turn to small letters: another system, the same payees."""
    months = [
        Letters(line.standing.month, line.tally.rows, line.small_letter_rows)
        for line in facts.lines
        if line.kind is Kind.PAYMENT and line.standing.month is not None
    ]
    found = loses_capitals(months)
    if found is not None and facts.is_asked(found):
        yield Finding(
            Weight.NOTE,
            "Names lose their capitals",
            facts.body,
            f"from {month_name(found)}",
            f"From {month_name(found)} payees are written in small letters: another system, the"
            " same payees. They are counted without regard to capitals.",
            "Nothing: but other things may have changed with the system.",
        )
