"""`totalplace count`: what every body of a place spends, as far as its published files show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.count.rules.whole import AgencyYear, Count, Finding
    from totalplace.money.years import FinancialYear

_NAMED = 3
_TO = click.Path(path_type=Path, dir_okay=False)


class _Year(click.ParamType["FinancialYear"]):
    """A financial year as it is written: 2024-25."""

    name = "year"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> FinancialYear:
        """The year that was said."""
        from totalplace.money.years import FinancialYear

        if isinstance(value, FinancialYear):
            return value
        try:
            return FinancialYear.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command()
@click.option("--place", default="", help="Code of a place: count its members only.")
@click.option("--year", type=_Year(), help="A financial year, 2024-25; else all held.")
@click.option("--agency", "agencies", multiple=True, help="Count only this agency; repeatable.")
@click.option("--html", type=_TO, help="Write the count as one page for a browser or for paper.")
@click.option("--xlsx", type=_TO, help="Write the count as a workbook.")
@click.option("--csv", type=_TO, help="Write the count as one table, by month.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole count as JSON.")
@pass_session
def count(
    session: Session,
    place: str,
    year: FinancialYear | None,
    agencies: tuple[str, ...],
    as_json: bool,
    **files: Path | None,
) -> None:
    """Count what each agency paid in each financial year, and say what is doubtful or unknown.

    Payments, card purchases and commitments stand apart. Nothing is taken out: copies, redactions,
    missing months and changes half-way are found and said. Payments from one public body to
    another are still in, so the sums of agencies do not add up to the spending of a place.
    """
    from totalplace.count import queries

    session.open()
    counted = queries.count(session.files(), place=place, agencies=agencies, year=year)
    written = _write(counted, files)
    if as_json:
        from totalplace.doors.report.as_json import as_json as json_of

        click.echo(json_of(counted))
        return
    _show(counted)
    for path in written:
        click.echo(f"Written: {path}")
    if not counted.agrees:
        raise SystemExit(1)


def _write(counted: Count, files: dict[str, Path | None]) -> list[Path]:
    from totalplace.doors.report.page import page
    from totalplace.doors.report.table import table
    from totalplace.doors.report.workbook import workbook

    # A byte-order mark, so that Excel reads the names in the CSV as they are written.
    forms: dict[str, Callable[[Count], bytes]] = {
        "html": lambda count: page(count).encode(),
        "xlsx": workbook,
        "csv": lambda count: table(count).encode("utf-8-sig"),
    }
    return [_put(forms[form](counted), to) for form, to in files.items() if to is not None]


def _put(written: bytes, to: Path) -> Path:
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


def _show(counted: Count) -> None:
    from totalplace.count.rules.whole import Weight
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
