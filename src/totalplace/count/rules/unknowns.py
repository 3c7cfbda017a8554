"""What files of payments never hold, and what this count does not yet do: said on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.published import AgencyYear, Body, Unknown
from totalplace.count.rules.tallies import Kind, Tallies, total
from totalplace.count.rules.words import (
    listed,
    months_said,
    percent,
    plural,
    short_pounds,
    whole_pounds,
)

_NEVER_PUBLISHED: Final = (
    Unknown(
        "Pay and pensions",
        "Salaries, employers' national insurance and pensions are not in published payments. For"
        " police, fire and schools they are the larger part of what is spent.",
    ),
    Unknown(
        "Money paid to people",
        "Benefits, state pensions, tax credits and direct payments for care are paid to persons,"
        " and are not published payment by payment.",
    ),
    Unknown(
        "National spending in the place",
        "What departments and the NHS nationally spend here through their own budgets is in no"
        " local file. Where a department's file is counted, it holds its payments everywhere,"
        " unless it says where they went.",
    ),
)


@dataclass(frozen=True, slots=True)
class Between:
    """Payments from one counted body to a payee of exactly another's name."""

    rows: int = 0
    pence: int = 0


def unknowns(
    years: Sequence[AgencyYear],
    nothing_held: Sequence[Body],
    between: Between,
    not_placed: Tallies,
) -> Iterator[Unknown]:
    """What is not known, the largest sums first as a rule."""
    yield _between(between)
    yield from _NEVER_PUBLISHED
    yield from _nobody(nothing_held)
    yield _small(years)
    yield from _months(years)
    yield _vat(years)
    yield from _redacted(years)
    yield from _not_placed(not_placed)
    yield from _faults(years)
    yield Unknown(
        "Income, and what the money was for",
        "Payments are what went out. Fees, grants and rents that came in are not set against them,"
        " and building is not parted from running costs. No payment has been given a purpose yet.",
    )
    yield Unknown(
        "Which day is the day",
        "Some agencies give the day of payment, some that of the invoice. The files seldom say,"
        " so a payment near the end of March may belong to either year.",
    )


def _between(between: Between) -> Unknown:
    figures = (
        (
            f"At least {whole_pounds(between.pence)} in {plural(between.rows, 'payment')} went to a"
            " payee with exactly the name of another body of this count."
        ),
    )
    return Unknown(
        "Payments from one public body to another",
        "They are still in: a grant from a county to a district counts once when it is given and"
        " again when it is spent. So the sums of different agencies must not be added into the"
        " spending of a place.",
        figures if between.rows else (),
    )


def _nobody(nothing_held: Sequence[Body]) -> Iterator[Unknown]:
    if nothing_held:
        yield Unknown(
            "Agencies with nothing held",
            "None of their payments is counted, as no file of theirs for these years is held:"
            f" {listed([body.name for body in nothing_held])}.",
        )


def _small(years: Sequence[AgencyYear]) -> Unknown:
    by_agency = {y.agency.name: y.threshold for y in years if y.threshold}
    return Unknown(
        "Payments under the threshold",
        "Each body publishes only payments from some sum up. Those below are real, many, and"
        " unseen. What the files themselves show:",
        tuple(f"{name}: {said}." for name, said in by_agency.items()),
    )


def _months(years: Sequence[AgencyYear]) -> Iterator[Unknown]:
    missing = [(y, y.months_missing) for y in years if y.months and y.months_missing]
    if missing:
        yield Unknown(
            "Months without payments",
            f"{plural(sum(len(m) for _, m in missing), 'month')} of"
            f" {plural(len({y.agency.code for y, _ in missing}), 'agency', 'agencies')} hold no"
            " payments. Nothing is put in their place.",
            tuple(f"{y.agency.name}, {y.year}: {months_said(m)}." for y, m in missing),
        )


def _vat(years: Sequence[AgencyYear]) -> Unknown:
    silent = [y for y in years if "not said" in y.vat]
    paid = total([y.tallies for y in silent]).payments
    names = sorted({y.agency.name for y in silent})
    return Unknown(
        "Whether VAT is in the sums",
        "Most public bodies get the VAT that they pay back, so sums with VAT in them are up to"
        " 20% too high. Many files do not say.",
        (
            (
                f"{listed(names, most=6)} {'does' if len(names) == 1 else 'do'} not say, for all"
                f" or part of {short_pounds(paid.pence)}."
            ),
        )
        if silent
        else (),
    )


def _redacted(years: Sequence[AgencyYear]) -> Iterator[Unknown]:
    whole = total([y.tallies for y in years]).payments
    if whole.redacted_rows:
        yield Unknown(
            "Whom redacted payments went to",
            f"{plural(whole.redacted_rows, 'payment')} of {whole_pounds(whole.redacted_pence)}"
            f" ({percent(whole.redacted_pence, whole.pence)} of the money) name no payee.",
        )


def _not_placed(tallies: Tallies) -> Iterator[Unknown]:
    kinds = [(kind, tallies.of(kind)) for kind in Kind]
    if any(tally.rows for _, tally in kinds):
        yield Unknown(
            "Rows whose year is not known",
            "They have no date, and their table is not of one year. They are in the count of all"
            " years, and in that of none.",
            tuple(
                f"{plural(tally.rows, kind.noun)} of {whole_pounds(tally.pence)}."
                for kind, tally in kinds
                if tally.rows
            ),
        )


def _faults(years: Sequence[AgencyYear]) -> Iterator[Unknown]:
    rows, pence = sum(y.faults for y in years), sum(y.faults_pence for y in years)
    if rows:
        yield Unknown(
            "Rows that could not be read",
            f"{plural(rows, 'row')} {'is' if rows == 1 else 'are'} in no sum: their cells"
            " hold no sum of money that can be read, or nobody to whom it was paid.",
            (f"What can be read of them comes to {whole_pounds(pence)}.",) if pence else (),
        )
