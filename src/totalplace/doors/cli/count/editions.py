"""`totalplace count freeze` and what is decided about editions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from totalplace.doors.cli.count.counting import built_for, year_option
from totalplace.doors.cli.session import Session, pass_session
from totalplace.doors.cli.showing import table_of

if TYPE_CHECKING:
    from totalplace.money.years import FinancialYear

_PLACE = click.option("--place", required=True, help="Code of the place.")
_REASON = click.option("--reason", required=True, help="In a sentence; it goes on the record.")
_SHOWN: Final = 40


@click.command()
@_PLACE
@year_option(required=True)
@pass_session
def freeze(session: Session, place: str, year: FinancialYear) -> None:
    """Freeze the count of a place and year as its next edition."""
    session.open()
    from totalplace.count.actions.editions import freeze as frozen
    from totalplace.count.actions.editions import tidy
    from totalplace.count.queries.frozen import ready_to_freeze

    tidy(session.files())
    with built_for(session, place, year) as built:
        ready = ready_to_freeze(built)
        made = frozen(session.files(), ready, by=session.by(), on=session.now())
    click.echo(f"Edition {made.citation} is {made.standing}. Its hash is {made.digest}.")


@click.command("editions")
@click.option("--place", default="", help="Only those of this place.")
@pass_session
def list_editions(session: Session, place: str) -> None:
    """List editions, where each stands, and what was decided about it."""
    session.open()
    from totalplace.count.queries.editions import editions

    rows = editions(place)
    if not rows:
        click.echo("There is no edition yet. Freeze one with: totalplace count freeze")
        return
    heads = ["Edition", "Stands", "Made by", "On", "Hash"]
    table_of(
        heads,
        [[e.citation, e.standing.value, e.by, f"{e.on:%Y-%m-%d}", e.digest[:12]] for e in rows],
    )
    for edition in rows:
        for move in edition.moves:
            who = f"{move.agency}, " if move.agency else ""
            said = f"{move.verb} ({who}{move.by}, {move.on:%Y-%m-%d}): {move.reason}"
            click.echo(f"{edition.citation}: {said}")


@click.command()
@click.argument("edition")
@click.option("--agency", default="", help="Only the figures of this agency.")
@pass_session
def show(session: Session, edition: str, agency: str) -> None:
    """Show what EDITION says, or what it says of one agency before that agency disputes it."""
    session.open()
    from totalplace.count.queries.editions import edition_named, frozen
    from totalplace.count.rules.whole_place.frozen import lines_of
    from totalplace.money.pence import pounds

    row = edition_named(edition)
    said = frozen(session.files(), row)
    click.echo(f"Edition {row.citation} is {row.standing}. Its hash is {row.digest}.")
    for which, rule in (
        ("net_lines", "Net, from returns"),
        ("gross_lines", "Gross, from payments"),
    ):
        lines = [x for x in lines_of(said, which) if agency in ("", x.agency)]
        if not lines:
            continue
        click.echo(f"\n{rule}; the two are never added:")
        heads = ["Agency", "Service", "Kind", "Sum", "Least", "Most", "Status", "From"]
        rows = [
            [
                x.agency_name, x.service, x.economic.value, _shown(x.pence),
                _shown(x.low_pence), _shown(x.high_pence), x.status.value, x.source or "-",
            ]
            for x in lines
        ]  # fmt: skip
        table_of(heads, rows)
        click.echo(f"Together {pounds(sum(x.pence or 0 for x in lines))}.")
    for move in row.moves:
        click.echo(f"{move.verb} by {move.agency or move.by}: {move.reason}")


@click.command()
@click.argument("edition")
@pass_session
def again(session: Session, edition: str) -> None:
    """Make EDITION again from the files that are held, and say whether it is the same."""
    session.open()
    from totalplace.count.queries.editions import edition_named, frozen
    from totalplace.count.queries.frozen import ready_to_freeze
    from totalplace.count.rules.whole_place.frozen import changed, rulings_of
    from totalplace.money.years import FinancialYear

    row = edition_named(edition)
    said = frozen(session.files(), row)
    year = FinancialYear.parse(row.year)
    files = frozenset(said["files"])
    with built_for(session, row.place, year, rulings=rulings_of(said), files=files) as built:
        ready = ready_to_freeze(built)
    if ready.digest == row.digest:
        click.echo(f"Edition {row.citation} was made again from its files: the same, to the penny.")
        return
    why = changed(said, ready.plain)
    click.echo(f"Made again, edition {row.citation} is another: {ready.digest}", err=True)
    for name, listed in (
        ("Files that are no longer held", why.files_gone),
        ("Definitions that changed", why.definitions),
    ):
        if listed:
            click.echo(f"{name}: {', '.join(listed)}", err=True)
    raise SystemExit(1)


@click.command("diff")
@click.argument("before")
@click.argument("after")
@pass_session
def differences(session: Session, before: str, after: str) -> None:
    """Explain, line by line, how edition AFTER differs from edition BEFORE."""
    session.open()
    from totalplace.count.queries.editions import edition_named, frozen
    from totalplace.count.rules.whole_place.frozen import changed
    from totalplace.count.rules.whole_place.frozen import differences as differing
    from totalplace.money.pence import pounds

    old, new = (frozen(session.files(), edition_named(said)) for said in (before, after))
    found = differing(old, new)
    if not found:
        click.echo("The two editions say the same.")
    else:
        heads = ["Rule", "Agency", "Service", "Before", "After", "Difference", "Why"]
        table_of(
            heads,
            [
                [
                    d.income, d.agency_name, d.service, _shown(d.before_pence),
                    _shown(d.after_pence), pounds(d.pence), d.why,
                ]
                for d in found
            ],
        )  # fmt: skip
    why = changed(old, new)
    for name, listed in (
        ("Files added", why.files_added),
        ("Files gone", why.files_gone),
        ("Rulings added", why.rulings_added),
        ("Rulings gone", why.rulings_gone),
        ("Definitions changed", why.definitions),
    ):
        if listed:
            click.echo(f"{name}: {'; '.join(listed[:_SHOWN])}")


def _shown(pence: int | None) -> str:
    from totalplace.money.pence import pounds

    return "not known" if pence is None else pounds(pence)


@click.command()
@click.argument("edition")
@click.option("--agency", required=True, help="The agency that disputes its figures.")
@_REASON
@pass_session
def dispute(session: Session, edition: str, agency: str, reason: str) -> None:
    """Dispute EDITION for an agency of the place; it cannot be signed off until that is settled."""
    _decided(session, edition, "dispute", reason, agency)


@click.command()
@click.argument("edition")
@_REASON
@pass_session
def settle(session: Session, edition: str, reason: str) -> None:
    """Settle the disputes about EDITION."""
    _decided(session, edition, "settle", reason)


@click.command("sign-off")
@click.argument("edition")
@_REASON
@pass_session
def sign_off(session: Session, edition: str, reason: str) -> None:
    """Sign EDITION off, so that it may be published as agreed."""
    _decided(session, edition, "sign off", reason)


def _decided(session: Session, edition: str, verb: str, reason: str, agency: str = "") -> None:
    session.open()
    from totalplace.count.actions.editions import decide
    from totalplace.count.queries.editions import edition_named

    row = edition_named(edition)
    stands = decide(row.id, verb, reason=reason, agency=agency, by=session.by(), on=session.now())
    click.echo(f"Edition {row.citation} is {stands}.")


decisions: Final = (dispute, settle, sign_off)
