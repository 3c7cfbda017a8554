"""All findings about an agency, those that change what its figures mean first."""

from __future__ import annotations

from typing import Final

from totalplace.count.rules.facts import Facts
from totalplace.count.rules.findings import files, rows, trends
from totalplace.count.rules.published import Finding, Kept, Weight
from totalplace.count.rules.words import plural
from totalplace.money.pence import pounds

_ORDER: Final = list(Weight)


def found(facts: Facts) -> list[Finding]:
    """What was found about one agency."""
    return ordered(
        [
            *trends.missing_months(facts),
            *trends.threshold(facts),
            *trends.vat(facts),
            *trends.jumps(facts),
            *rows.invoice_totals(facts),
            *rows.twice(facts),
            *rows.copies(facts),
            *rows.negatives(facts),
            *rows.redacted(facts),
            *rows.undated(facts),
            *rows.outside(facts),
            *rows.beside(facts),
            *rows.faults(facts),
            *trends.small_letters(facts),
            *files.written(facts),
            *files.noticed(facts),
        ]
    )


def ordered(findings: list[Finding]) -> list[Finding]:
    """The weightiest first; of the same weight, by agency, then the most money first."""
    return sorted(
        findings, key=lambda f: (_ORDER.index(f.weight), f.agency.name, -f.pence, f.topic)
    )


def not_kept(kept: list[Kept]) -> list[Finding]:
    """Where the holdings are not what was read: never to be passed over."""
    return [
        Finding(
            Weight.WRONG,
            "Rows lost or added since reading",
            row.agency,
            "all that is held",
            f"{plural(row.read_rows, row.kind)} of {pounds(row.read_pence)} were read from the"
            f" files, but {plural(row.held_rows, row.kind)} of {pounds(row.held_pence)} are held."
            " No figure of this agency can be relied on.",
            "Check the holdings folder against a copy, or read the agency's files again into a"
            " new home.",
            pence=abs(row.read_pence - row.held_pence),
        )
        for row in kept
        if not row.agrees
    ]
