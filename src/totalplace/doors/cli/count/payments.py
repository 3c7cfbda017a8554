"""Each agency's payments on a terminal and in files, with what is doubtful and not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from totalplace.count.rules.published import AgencyYear, Count, Finding

_NAMED: Final = 3


def write(counted: Count, files: dict[str, Path | None]) -> list[Path]:
    """Write the payments in each form that a file was named for; returns the files."""
    from totalplace.doors.report.page import page
    from totalplace.doors.report.table import table
    from totalplace.doors.report.workbook import workbook

    # A byte-order mark, so that Excel reads the names in the CSV as they are written.
    forms: dict[str, Callable[[Count], bytes]] = {
        "html": lambda count: page(count).encode(),
        "xlsx": workbook,
        "csv": lambda count: table(count).encode("utf-8-sig"),
    }
    return [
        put(forms[form](counted), to)
        for form, to in files.items()
        if to is not None and form in forms
    ]


def put(written: bytes, to: Path) -> Path:
    """Write a file. Raises Refused where it cannot be written."""
    from totalplace.refusal import Refused

    try:
        to.write_bytes(written)
    except OSError as error:
        why = error.strerror or str(error)
        raise Refused(
            f"{to} was not written",
            why=why[:1].lower() + why[1:],
            next_step="Name a file in a folder that is there and that you may write to",
        ) from error
    return to


def show(counted: Count) -> None:
    """Print the payments of each agency and year, and what should be known of them."""
    from totalplace.count.rules.published import Weight
    from totalplace.count.rules.words import listed
    from totalplace.doors.cli.showing import table_of
    from totalplace.doors.report.view import findings, topics

    click.echo(f"{counted.place_name}: {', '.join(counted.years)}\n")
    heads = [
        "Agency", "Year", "Months", "Payments", "come to", "Cards", "come to ",
        "Contracts", "come to  ", "Negative", "Copies", "Redacted", "Faults",
    ]  # fmt: skip
    table_of(heads, [_row(y) for y in counted.agency_years])
    for body in counted.nothing_held:
        click.echo(f"{body.name} ({body.code}): nothing is held.")
    weighty = findings(counted, Weight.WRONG, Weight.FIGURES)
    click.echo("\nKnow before you use these figures:" if weighty else "")
    for finding in weighty:
        click.echo(_told(finding))
    for title, weight in (
        ("Look at before use", Weight.LOOK),
        ("How the files were written", Weight.NOTE),
    ):
        found = topics(findings(counted, weight))
        if found:
            click.echo(f"\n{title}:")
        for topic in found:
            names = dict.fromkeys(f.agency.name for f in topic.findings)
            click.echo(f"- {topic.title}: {listed(list(names), most=_NAMED)}")
    click.echo("\nWhat this count does not know:")
    for unknown in counted.unknowns:
        click.echo("- " + " ".join([f"{unknown.title}.", unknown.says, *unknown.figures]))
    click.echo(f"\n{_checked(counted)}")


def _row(year: AgencyYear) -> list[object]:
    from totalplace.count.rules.tallies import Kind
    from totalplace.money.pence import pounds

    t = year.tallies
    months = f"{year.months_held}/12" if year.months else "-"
    return [
        year.agency.name, year.year, months, t.payments.rows, pounds(t.payments.pence),
        t.cards.rows, pounds(t.cards.pence), t.commitments.rows, pounds(t.commitments.pence),
        t.payments.negative_rows, t.payments.copy_rows,
        sum(t.of(kind).redacted_rows for kind in Kind), year.faults,
    ]  # fmt: skip


def _told(finding: Finding) -> str:
    when = f", {finding.period}" if finding.period else ""
    return "\n".join(
        [
            f"- {finding.topic}: {finding.agency.name}{when}. {finding.says}",
            *(f"    {figure}" for figure in finding.figures),
            f"    What to do: {finding.what_to_do}",
        ]
    )


def _checked(counted: Count) -> str:
    if counted.agrees:
        return "Checked: every row and every penny that was read from the files is in this count."
    return "This count contradicts itself: use no figure of it until that is settled."
