"""What is held: the files, and how each was read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.sources.queries import FileRow, ReadingRow


@click.command("list")
@click.option("--agency", "agencies", multiple=True, help="Only files of this agency; repeatable.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@pass_session
def list_all(session: Session, agencies: tuple[str, ...], as_json: bool) -> None:
    """List the files that are held, with their rows, sums, dates, licence and hash."""
    from totalplace.doors.cli.showing import as_array, plural, table_of
    from totalplace.money.pence import pounds
    from totalplace.sources import queries

    session.open()
    held = queries.files(agencies=agencies or None)
    if as_json:
        as_array(_file(file) for file in held)
        return
    if not held:
        click.echo("No file is held. Add some with: totalplace sources add PATH --agency CODE")
        return
    heads = [
        "Agency", "File", "Rows", "Payments", "Payments come to", "Faults", "First", "Last",
        "Licence", "Hash",
    ]  # fmt: skip
    rows = [
        [
            f.agency, f.file, f.sum_of("rows_in"), f.sum_of("payments"),
            pounds(f.sum_of("sum_pence")), f.sum_of("faults"), f.first_date or "-",
            f.last_date or "-", f.licence or "-", f.sha256[:12],
        ]
        for f in held
    ]  # fmt: skip
    table_of(heads, rows)
    click.echo(plural(len(held), "file") + ".")


def _file(file: FileRow) -> dict[str, Any]:
    sums = ("rows_in", "payments", "cards", "commitments", "faults")
    pence = ("sum_pence", "cards_pence", "commitments_pence", "faults_pence")
    return {
        "agency": file.agency,
        "file": file.file,
        "sha256": file.sha256,
        "size": file.size,
        "tables": len(file.tables),
        **{name: file.sum_of(name) for name in (*sums, *pence)},
        "first_date": file.first_date,
        "last_date": file.last_date,
        "licence": file.licence,
        "publisher": file.publisher,
        "taken_on": file.taken_on,
    }


@click.command()
@click.argument("file")
@click.option("--recipe", is_flag=True, help="Print only the recipe, to be saved and corrected.")
@pass_session
def show(session: Session, file: str, recipe: bool) -> None:
    """Show how each table of FILE was read, and the recipe that would say so.

    FILE is a name or the beginning of a hash, as `sources list` shows them.
    """
    from totalplace.sources import queries

    session.open()
    held = queries.file_named(file)
    recipes = "---\n".join(queries.recipes_for(held))
    if recipe:
        click.echo(recipes, nl=False)
        return
    said = f"{held.licence or 'no licence said'}, taken on {held.taken_on}"
    click.echo(f"{held.file} of {held.agency} ({said})\n{held.sha256}")
    for table in held.tables:
        _show_table(table)
    where = session.files().recipes
    click.echo(f"\nTo overrule it, correct this, save it in {where} as a file that")
    click.echo(f'ends in .yaml, and run: totalplace sources reread "{held.file}"\n')
    click.echo(recipes, nl=False)


def _show_table(table: ReadingRow) -> None:
    from totalplace.doors.cli.showing import table_of
    from totalplace.doors.cli.sources.told import name_of
    from totalplace.money.pence import pounds

    click.echo(f"\n{name_of(table.document, table.sheet)} ({table.encoding})")
    click.echo(
        f"{table.rows_in:,} rows: {table.payments:,} payments of {pounds(table.sum_pence)}, "
        f"{table.cards:,} card purchases of {pounds(table.cards_pence)}, "
        f"{table.commitments:,} commitments of {pounds(table.commitments_pence)}, "
        f"{table.faults:,} faults, {table.blank_rows:,} blank, {table.total_rows:,} totals, "
        f"{table.header_rows:,} header, {table.preamble_rows:,} preamble; VAT {table.vat_basis}"
    )
    rows = [
        [role, taken["column"], taken["header"], f"{taken['confidence']:.0%}", taken["reason"]]
        for role, taken in table.columns.items()
    ]
    if rows:
        table_of(["Taken for", "Column", "Called", "Sure", "Because it is"], rows)
    for sentence in table.unsure:
        click.echo(f"- Not sure: {sentence}")
    for sentence in table.notices:
        click.echo(f"- {sentence}")
