"""`totalplace agreements models`: what places may choose between, beside each other."""

from __future__ import annotations

import click

from totalplace.doors.cli.showing import table_of


@click.group()
def models() -> None:
    """Models of devolution: who sets targets, what moves, what is kept, which powers open."""


@models.command("list")
def list_all() -> None:
    """List the models beside each other."""
    from totalplace.agreements.queries.devolution import every_model

    rows = [
        [
            one.code, one.title, one.targets.set_by.value,
            "any number" if one.targets.most_designated is None else one.targets.most_designated,
            one.movement.says, one.savings.says,
        ]
        for one in every_model()
    ]  # fmt: skip
    heads = ["Model", "Title", "Who sets targets", "Designated at most", "What moves", "Savings"]
    table_of(heads, rows)


@models.command("show")
@click.argument("code")
def show(code: str) -> None:
    """Show all that the model CODE says, and where it comes from."""
    from totalplace.agreements.queries.devolution import model, told

    one = model(code)
    click.echo(f"{one.title}\n\n{one.plain}\n")
    table_of(["What", "How"], [[what, how] for what, how in told(one)])
    click.echo(f"\nNot certain: {one.about.uncertain}")
    for source in one.about.sources:
        click.echo(f"Source: {source}")
