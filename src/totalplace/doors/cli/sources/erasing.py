"""Erasing a personal payee's name, the tombstones that stay, and checking what is held.

The name comes from a prompt that does not show it, from standard input or by its row: never from
the command line, which a shell remembers and other users of the computer can see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.sources.erasing.actions import Erased
    from totalplace.sources.erasing.queries import Preview

_SHOWN: Final = 12


@click.command()
@click.argument("file")
@click.option("--row", "rows", type=int, multiple=True, help="A row of the payee; repeatable.")
@click.option("--sheet", default="", help="The sheet of the rows, if the file has several.")
@click.option("--payee-from", type=click.File(), help="Read the payee from a file, or - for stdin.")
@click.option("--only-these-rows", "only", is_flag=True, help="Leave other rows of that name.")
@click.option("--power", required=True, help="Law under which it is erased; on the record.")
@click.option("--reason", required=True, help="Why, naming nobody; it goes on the record.")
@click.option("--although-it-stays", "although", is_flag=True, help="Even if the count names it.")
@click.option("--yes", is_flag=True, help="Do not ask whether to go on.")
@pass_session
def erase(session: Session, file: str, **said: Any) -> None:
    """Erase a private payee's name from all that is held of FILE; pounds and rows stay.

    FILE is a name or the beginning of a hash, as `sources list` shows them. Say whose name by one
    of its rows, by --payee-from, or when you are asked. It cannot be undone: a tombstone keeps the
    hash of the published file, each row's number and pence, who erased and why.
    """
    from totalplace.sources import queries as sources
    from totalplace.sources.erasing import actions, queries

    if said["only"] and not said["rows"]:
        raise click.UsageError("Say which rows with --row, or leave --only-these-rows out.")
    session.open()
    home, held = session.files(), sources.file_named(file)
    payee = _payee(session, held.sha256, said["rows"], said["sheet"], said["payee_from"])
    preview = queries.preview(home, held.sha256, payee)
    only = None
    if said["only"]:
        only = [(sheet, row) for sheet, row, _ in preview.rows if _is_said(sheet, row, said)]
    stays = tuple(_in_the_count(session, payee))
    _refuse_unless(stays, said["although"])
    _ask(preview, only, yes=said["yes"])
    done = actions.erase(
        home, held.sha256, payee, grounds=actions.Grounds(said["power"], said["reason"], stays),
        rows=only, by=session.by(), on=session.now(),
    )  # fmt: skip
    _tell(done, preview)


def _is_said(sheet: str, row: int, said: dict[str, Any]) -> bool:
    return row in said["rows"] and said["sheet"] in ("", sheet)


def _payee(
    session: Session, sha256: str, rows: Sequence[int], sheet: str, given: IO[str] | None
) -> str:
    from totalplace.sources.erasing import queries

    if given is not None:
        return given.read().strip()
    if rows:
        return queries.payee_at(session.files(), sha256, rows, sheet)
    asked: str = click.prompt("Payee, as it is published (not shown)", hide_input=True, err=True)
    return asked


def _in_the_count(session: Session, payee: str) -> Iterator[str]:
    """Rulings and editions with the name, which are never changed; looked for by the same rule."""
    from totalplace.count.queries.editions import editions, frozen
    from totalplace.count.queries.rulings import all_rulings
    from totalplace.refusal import Refused
    from totalplace.sources.rules.erasure import Eraser, name_of

    eraser = Eraser(name_of(payee))
    for row in all_rulings():
        if any(eraser.stands_in(text) for text in _texts(asdict(row.ruling))):
            yield f"ruling {row.ruling.number}"
    for edition in editions():
        try:
            said = frozen(session.files(), edition)
        except Refused:
            continue  # its files are gone, and the name with them
        decided = [move.reason for move in edition.moves]
        if any(eraser.stands_in(text) for text in _texts([said, decided])):
            yield f"edition {edition.citation}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)


def _refuse_unless(stays: Sequence[str], although: bool) -> None:
    from totalplace.refusal import Refused

    if stays and not although:
        raise Refused(
            "Nothing was erased",
            why=f"the name stands in {' and '.join(stays)} too, which the count never changes",
            next_step="Erase it from the files all the same with --although-it-stays: then the "
            "record says where it stays, without the name",
        )


def _ask(preview: Preview, only: Sequence[tuple[str, int]] | None, *, yes: bool) -> None:
    """Say what would be erased, naming nobody, and ask."""
    from totalplace.doors.cli.showing import plural
    from totalplace.money.pence import pounds

    rows = [(s, r, p) for s, r, p in preview.rows if only is None or (s, r) in only]
    places = ", ".join(f"{sheet} {row}".strip() for sheet, row, _ in rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN:,} more" if len(rows) > _SHOWN else ""
    where = f" (row {places}{more})" if rows else ""
    come_to = pounds(sum(pence for _, _, pence in rows))
    said = f"{preview.file}: {plural(len(rows), 'row')} of that payee, {come_to}{where}."
    click.echo(said, err=True)
    if preview.others and only is None:
        others = plural(preview.others, "row")
        click.echo(f"The name stands in the words of {others} of other payees too.", err=True)
    if preview.firms:
        firms = plural(preview.firms, "other payee")
        click.echo(f"{firms} with the name within a longer one are left as they are.", err=True)
    if not yes:
        click.confirm("Erase the name for good? Rows and pounds stay", abort=True, err=True)


def _tell(done: Erased, preview: Preview) -> None:
    from totalplace.doors.cli.showing import plural
    from totalplace.money.pence import pounds

    rows = plural(done.rows, "row")
    click.echo(f"Erased from {rows} of {pounds(done.pence)}: tombstone {done.turn} of {done.file}.")
    if done.removed_why:
        click.echo(f"The copy of the file was removed, because {done.removed_why}.", err=True)
    else:
        click.echo(f"The copy that is held now has the hash {done.held_sha256}.")
    if done.left_out:
        others = plural(done.left_out, "other file")
        click.echo(f"{others} of the archive, which are no tables, are held no more.", err=True)
    for place in done.stays:
        click.echo(f"The name stays in {place}.", err=True)
    if preview.elsewhere:
        click.echo("The same payee stands in other files; erase it there too:", err=True)
        for name in preview.elsewhere:
            click.echo(f"- {name}", err=True)


@click.command()
@click.argument("file", required=False)
@click.option(
    "--published", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Show what this file, as it was published, proves.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print as JSON, with every row.")
@pass_session
def tombstones(session: Session, file: str | None, published: Path | None, as_json: bool) -> None:
    """List what stays where names were erased: rows, pounds, hashes, power, reason, who, when.

    With --published, compute the hash of a file and of its rows, and hold them against the
    tombstones; nothing of it is kept.
    """
    from totalplace.doors.cli.showing import as_array
    from totalplace.sources import queries as sources
    from totalplace.sources.erasing import queries

    session.open()
    if published is not None:
        _prove(published)
        return
    sha256 = sources.file_named(file).sha256 if file else ""
    found = queries.tombstones(sha256)
    if as_json:
        as_array(asdict(stone) for stone in found)
    elif not found:
        click.echo("No name was erased.")
    else:
        _list(found)


def _list(found: Sequence[Any]) -> None:
    from totalplace.doors.cli.showing import table_of
    from totalplace.money.pence import pounds

    heads = ["File", "No", "Rows", "Come to", "Power", "Reason", "By", "On", "Copy", "Published"]
    table_of(
        heads,
        [
            [
                s.file, s.turn, s.payee_rows, pounds(s.payee_pence), s.power, s.reason, s.by,
                f"{s.on:%Y-%m-%d}", s.held_sha256[:12] or "removed", s.published_sha256[:12],
            ]
            for s in found
        ],
    )  # fmt: skip


def _prove(path: Path) -> None:
    from totalplace.refusal import Refused
    from totalplace.sources.erasing import queries

    proofs = queries.proved(path)
    for proof in proofs:
        stone, rows = proof.stone, len(proof.stone.rows)
        click.echo(
            f"Tombstone {stone.turn} of {stone.file}: the hash is the published one, and "
            f"{proof.shown:,} of {rows:,} rows have the number, pence and hash that it says."
        )
    if not all(proof.holds for proof in proofs):
        raise Refused(
            "Not every row is proved",
            why="some have no hash, or the file is read in another way than it was",
            next_step="Compare them one by one with: totalplace sources tombstones --json",
        )


@click.command()
@click.argument("files", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print every file as JSON.")
@pass_session
def verify(session: Session, files: tuple[str, ...], as_json: bool) -> None:
    """Check that what is held of FILES, or of all, is what was read, to the byte and the penny.

    A file from which a name was erased is held against its tombstone.
    """
    from totalplace.doors.cli.showing import as_array, plural, table_of
    from totalplace.refusal import Refused
    from totalplace.sources import queries as sources
    from totalplace.sources.erasing import actions
    from totalplace.sources.erasing.verifying import verified

    session.open()
    home = session.files()
    actions.tidy(home)
    found = list(verified(home, [sources.file_named(said).sha256 for said in files]))
    unsound = [v for v in found if not v.sound]
    if as_json:
        as_array(asdict(v) for v in found)
    elif unsound:
        table_of(["Agency", "File", "Found"], [[v.agency, v.file, v.said] for v in unsound])
    if unsound:
        raise Refused(
            "What is held is not whole",
            why=f"of {plural(len(found), 'file')}, {len(unsound):,} not as recorded",
            next_step="Bring them back from a copy of the home folder",
        )
    if not as_json:
        erased = sum(1 for v in found if "tombstone" in v.said)
        click.echo(f"{plural(len(found), 'file')}, none changed; names erased from {erased:,}.")
