"""What became of files of returns, told to an officer and to a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import click

from totalplace.doors.cli.showing import plural, table_of
from totalplace.money.years import FinancialYear
from totalplace.sources.batch import NotAdded
from totalplace.sources.returns.taking import ReturnAdded
from totalplace.sources.rules.returns.found import ReturnFault
from totalplace.sources.rules.returns.outcome import Outcome, Tally
from totalplace.sources.rules.returns.sums import Verdict

_HEADS: Final = (
    "File", "Form", "Bodies", "Years", "Figures", "Lines", "Missing", "Totals", "Faults",
    "Left out", "Totals that differ",
)  # fmt: skip
_FAULTS_SHOWN: Final = 20
Outcomes = Iterable[ReturnAdded | NotAdded]


@dataclass(slots=True)
class Told:
    """What was heard of files, to be told at the end."""

    added: list[ReturnAdded] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def hearing(self, outcomes: Outcomes) -> Iterator[ReturnAdded | NotAdded]:
        """Hand outcomes on, and remember what is to be told of them."""
        for outcome in outcomes:
            if isinstance(outcome, NotAdded):
                self.refused.append(str(outcome.refused))
            else:
                self.added.append(outcome)
            yield outcome

    def show_table(self) -> None:
        """Print a line for each table or tree that was read."""
        rows = [
            _row(outcome, tally)
            for added in self.added
            for outcome in added.outcomes
            for tally in outcome.tallies
        ]
        if rows:
            table_of(_HEADS, rows)

    def say(self) -> None:
        """Say to stderr what is worth knowing, each fault at its cell, and what was refused."""
        said = [
            f"{added.name}: {sentence}"
            for added in self.added
            for sentence in (*added.notes, *(s for o in added.outcomes for s in o.said))
        ]
        _say("Worth knowing:", said)
        faults = [f for added in self.added for o in added.outcomes for f in o.faults]
        shown = [_fault(f) for f in faults[:_FAULTS_SHOWN]]
        if len(faults) > _FAULTS_SHOWN:
            rest = plural(len(faults) - _FAULTS_SHOWN, "more fault")
            shown.append(f"{rest}; see them with: totalplace sources returns faults")
        _say("Not taken:", [*shown, *self.refused])
        lines = sum(len(o.rows) for added in self.added for o in added.outcomes)
        told = f"{plural(len(self.added), 'file')} added: {plural(lines, 'line')}."
        if self.refused:
            told += f" {plural(len(self.refused), 'file')} not added."
        click.echo(told, err=True)


def _say(head: str, sentences: list[str]) -> None:
    if sentences:
        click.echo("\n".join([head, *(f"- {s}" for s in sentences)]), err=True)


def _fault(fault: ReturnFault) -> str:
    spot = fault.spot
    where = " ".join(p for p in (spot.document, spot.sheet, spot.address) if p)
    return f"{where}: “{fault.found}” {fault.why}. {fault.next_step}."


def years_of(outcome: Outcome) -> str:
    """The first and the last year that anything is returned of."""
    years = sorted({row.year for row in outcome.rows if row.pence is not None})
    if not years:
        return "-"
    labels = [FinancialYear(year).label for year in (years[0], years[-1])]
    return labels[0] if labels[0] == labels[1] else f"{labels[0]} to {labels[1]}"


def _row(outcome: Outcome, tally: Tally) -> list[object]:
    name = f"{tally.document} · {tally.sheet}" if tally.sheet else tally.document
    own = [
        row
        for row in outcome.rows
        if (row.spot.document, row.spot.sheet) == (tally.document, tally.sheet)
    ]
    differ = [c for c in outcome.checked if c.verdict is Verdict.DIFFERS]
    here = sum(1 for c in differ if c.spot.document == tally.document)
    bodies = len({(row.body.agency, row.body.area) for row in own})
    return [
        name, outcome.form.code, bodies, years_of(outcome), tally.figures, tally.lines,
        tally.missing, tally.totals, tally.faults, tally.left_out, here,
    ]  # fmt: skip


def rows_of(outcome: ReturnAdded | NotAdded) -> Iterator[dict[str, Any]]:
    """One object for each table or tree of a file, and one for a file that was refused."""
    if isinstance(outcome, NotAdded):
        no = outcome.refused
        yield {
            "file": str(outcome.path),
            "refused": {"what": no.what, "why": no.why, "next_step": no.next_step},
        }
        return
    for found in outcome.outcomes:
        verdicts = {str(v): found.count(v) for v in Verdict}
        for tally in found.tallies:
            place = (tally.document, tally.sheet)
            yield {
                "file": str(outcome.path),
                "sha256": outcome.sha256,
                "form": found.form.code,
                **asdict(tally),
                "worked_out": found.worked_out,
                "bodies": len({(r.body.agency, r.body.area) for r in found.rows}),
                "years": sorted({r.year for r in found.rows}),
                "verdicts": verdicts,
                "fault_cells": [
                    {
                        "sheet": f.spot.sheet, "cell": f.spot.address, "row": f.spot.row,
                        "column": f.spot.column, "found": f.found, "why": f.why,
                        "next_step": f.next_step, "figures": f.figures,
                    }
                    for f in found.faults
                    if (f.spot.document, f.spot.sheet) == place
                ],
                "said": list(found.said),
                "notes": list(outcome.notes),
                "refused": None,
            }  # fmt: skip
