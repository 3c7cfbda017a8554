"""`totalplace agreements lines`: funding lines as departments published them."""

from __future__ import annotations

import click

from totalplace.doors.cli.showing import table_of


@click.command("lines")
@click.argument("code", required=False, default="")
def lines(code: str) -> None:
    """Show published funding lines: every settlement that ships, or the lines of CODE."""
    from totalplace.agreements.definitions.funding import published, settlement

    if not code:
        rows = [[one.code, one.title, one.year.label, len(one.lines)]
                for one in published().values()]  # fmt: skip
        table_of(["Code", "What", "Year", "Lines"], rows)
        return
    from totalplace.agreements.rules.differences import sum_words
    from totalplace.money.pence import pounds

    said = settlement(code)
    table_of(
        ["Responsibility", "Fund", "Department", "Mechanism", "Sum"],
        [[one.responsibility, one.fund, one.department, one.mechanism.value, sum_words(one)]
         for one in said.lines],
    )  # fmt: skip
    visible = said.headline.visible
    click.echo(f"Revenue:           {pounds(visible.revenue)}")
    click.echo(f"Capital:           {pounds(visible.capital)}")
    click.echo(f"The visible lines: {pounds(visible.pence)}")
    click.echo(f"The headline:      {pounds(said.headline.pence)}")
    click.echo(f"No visible line explains {pounds(said.headline.unexplained)} of it.")
    click.echo(f"{visible.not_stated} lines state no sum. {said.uncertain}")
    click.echo("\n".join(f"Source: {source}" for source in said.sources))
