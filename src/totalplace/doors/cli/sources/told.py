"""What became of files, told to an officer: one line a table, and each thing to know once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import click

from totalplace.doors.cli.showing import plural, table_of
from totalplace.money.pence import pounds
from totalplace.sources.actions import Added, NotAdded
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.tables import ReadTable
from totalplace.sources.rules.notes import Note, grouped

_HEADS: Final = (
    "Table", "Rows", "Payments", "Cards", "Contracts", "Faults", "Payments come to", "Negative",
    "Copies", "VAT",
)  # fmt: skip
_FIRST: Final = 3  # names of tables given with a note; the rest are counted


@dataclass(slots=True)
class Told:
    """What was heard of files, to be told at the end."""

    files: int = 0
    files_refused: int = 0
    tables: list[tuple[str, ReadTable]] = field(default_factory=list)
    unsure_of: str = ""  # the first file with a table that is not sure
    refused: list[str] = field(default_factory=list)

    def hearing(self, outcomes: Iterable[Added | NotAdded]) -> Iterator[Added | NotAdded]:
        """Hand outcomes on, and remember what is to be told of them."""
        for outcome in outcomes:
            if isinstance(outcome, NotAdded):
                self.files_refused += 1
                self.refused.append(str(outcome.refused))
            else:
                self.files += 1
                self.refused += outcome.notes
                self.tables += [(name_of(t.file, t.sheet), t) for t in outcome.tables]
                if not self.unsure_of and any(t.unsure for t in outcome.tables):
                    self.unsure_of = shown_name(outcome.path.name)
            yield outcome

    def show_table(self) -> None:
        """Print a line for each table that was read."""
        if self.tables:
            table_of(_HEADS, [_row(name, table) for name, table in self.tables])

    def say(self) -> None:
        """Say to stderr what is not sure, what is worth knowing, what was refused, and totals."""
        unsure = grouped((name, s) for name, t in self.tables for s in t.unsure)
        _say("Not sure, so please look:", unsure)
        if unsure:
            see = f'totalplace sources show "{self.unsure_of}"'
            click.echo(f"  See how a table was read, and overrule it by a recipe: {see}", err=True)
        notices = ((name, s) for name, t in self.tables for s in t.notices)
        _say("Worth knowing:", grouped(notices))
        _say("Not taken:", [Note(sentence, ()) for sentence in self.refused])
        click.echo(self._totals(), err=True)

    def _totals(self) -> str:
        tallies = [t.tally for _, t in self.tables]

        def total(what: str) -> int:
            return sum(getattr(tally, what) for tally in tallies)

        held = [
            f"{plural(total(many), noun)} of {pounds(total(pence))}"
            for many, noun, pence in (
                ("payments", "payment", "sum_pence"),
                ("cards", "card purchase", "cards_pence"),
                ("commitments", "commitment", "commitments_pence"),
            )
            if total(many)
        ]
        counts = [plural(len(tallies), "table"), plural(total("rows_in"), "row"), *held]
        said = [f"{plural(self.files, 'file')} read: {', '.join(counts)}."]
        if faults := total("faults"):
            said.append(
                f"{plural(faults, 'row')} refused as faults;"
                " list them with: totalplace sources faults --xlsx faults.xlsx"
            )
        if self.files_refused:
            said.append(f"{plural(self.files_refused, 'file')} not added.")
        return "\n".join(said)


def name_of(document: str, sheet: str) -> str:
    """How a table is named in one line."""
    return f"{document} · {sheet}" if sheet else document


def _say(head: str, notes: Iterable[Note]) -> None:
    lines = [f"- {note.sentence}{_where(note.tables)}" for note in notes]
    if lines:
        click.echo("\n".join([head, *lines]), err=True)


def _where(tables: tuple[str, ...]) -> str:
    if not tables:
        return ""
    more = len(tables) - _FIRST
    others = f" and {plural(more, 'more table')}" if more > 0 else ""
    return f" [{', '.join(tables[:_FIRST])}{others}]"


def _row(name: str, table: ReadTable) -> list[object]:
    tally = table.tally
    return [
        name, tally.rows_in, tally.payments, tally.cards, tally.commitments, tally.faults,
        pounds(tally.sum_pence), tally.negative_payments, tally.duplicates_flagged,
        table.layout.vat_basis.value,
    ]  # fmt: skip
