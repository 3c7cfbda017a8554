"""`totalplace record`: see who did what, check that nothing was changed since, and publish that."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import click

from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.record.rules.verifying import Published, Verdict

_FILE: Final = click.Path(path_type=Path, dir_okay=False)
_THERE: Final = click.Path(path_type=Path, dir_okay=False, exists=True)
_REFUSED: Final = 2


@click.group()
def record() -> None:
    """The record of every act: see it, check that it is whole, and publish how far it goes."""


@record.command()
@click.option("--last", "count", default=20, show_default=True, type=click.IntRange(min=1))
@pass_session
def show(session: Session, count: int) -> None:
    """Show the latest entries."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.record import queries

    session.open()
    entries = queries.latest(count)
    if not entries:
        click.echo("Nothing is on the record yet.")
        return
    rows = [
        [e.number, f"{e.on:%Y-%m-%d %H:%M:%S}", e.by, e.verb, str(e.about), e.citing, e.digest[:12]]
        for e in entries
    ]
    table_of(["No.", "When (UTC)", "Who", "Did", "What", "Citing", "Digest"], rows)


@record.command()
@click.option("--expect", help="A digest that you noted before: refuse a record without it.")
@click.option(
    "--heads", "files", multiple=True, type=_THERE,
    help="A head that was published, as you kept it; again for more.",
)  # fmt: skip
@click.option(
    "--key", "trusted", multiple=True, help="A public key that you noted: trust no other."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@pass_session
def verify(
    session: Session,
    expect: str | None,
    files: Sequence[Path],
    trusted: Sequence[str],
    as_json: bool,
) -> None:
    """Compute the digest of every entry again, and check it against every published head.

    Tells what was changed, removed, inserted, put out of turn or cut off at the end. What was cut
    off, or all written anew, shows only in heads that are kept where nobody could change them.
    """
    from totalplace.record import queries

    session.open()
    verdict = queries.verify(kept=_kept(files), trusted=[key.lower() for key in trusted])
    if as_json:
        click.echo(json.dumps(_found(verdict), indent=2))
        if not verdict.whole:
            raise SystemExit(_REFUSED)
    else:
        _tell(verdict)
    if expect and not queries.holds(expect):
        raise _not_noted(expect)


@record.command()
@click.option("--to", "path", type=_FILE, help="The file to write; without it, it is printed.")
@click.option("--after", default=0, type=click.IntRange(min=0), help="Begin after this entry.")
@click.option("--until", type=click.IntRange(min=1), help="End with this entry.")
@pass_session
def export(session: Session, path: Path | None, after: int, until: int | None) -> None:
    """Write the record out as lines of JSON, which docs/reference/verify_record.py checks too."""
    from totalplace.record import queries
    from totalplace.record.rules.written_out import line

    session.open()
    with _to(path) as out:
        for entry in queries.entries(after=after, until=until):
            out.write(f"{line(entry)}\n")


@record.command("publish-head")
@click.option("--to", "path", type=_FILE, help="The file to write; without it, it is printed.")
@pass_session
def publish_head(session: Session, path: Path | None) -> None:
    """Sign how far the record goes now, and write that as a small file to publish.

    Put it where whoever runs this computer cannot change it: a newspaper, a website of another, a
    colleague's mail. Where nothing was done since the last head, that is written again.
    """
    from totalplace.doors.heads import publish
    from totalplace.record.rules.heads import written

    session.open()
    head = publish(session.home, by=session.by(), on=session.now())
    with _to(path) as out:
        out.write(written(head))


@record.command()
@pass_session
def heads(session: Session) -> None:
    """List every head that was published."""
    from totalplace.doors.cli.showing import table_of
    from totalplace.record import queries

    session.open()
    rows = [[h.number, f"{h.on:%Y-%m-%d %H:%M}", h.digest, h.key[:12]] for h in queries.heads()]
    if not rows:
        click.echo("No head was published yet. Publish one with: totalplace record publish-head")
        return
    table_of(["Entries", "When (UTC)", "Digest of the last", "Key"], rows)


@record.command()
@click.option("--pem", is_flag=True, help="As openssl and other programs read it.")
@pass_session
def key(session: Session, pem: bool) -> None:
    """Print the public key with which heads are signed; note it elsewhere, to trust no other."""
    from totalplace.doors.heads import signing_key
    from totalplace.record.rules.heads import as_pem, public_key

    session.open()
    public = public_key(signing_key(session.home))
    click.echo(as_pem(public).strip() if pem else public)


def _kept(files: Sequence[Path]) -> list[Published]:
    from totalplace.record.rules.heads import read
    from totalplace.record.rules.verifying import Published

    return [
        Published(head, file.name)
        for file in files
        for head in read(file.read_text(encoding="utf-8", errors="replace"), name=str(file))
    ]


@contextmanager
def _to(path: Path | None) -> Iterator[IO[str]]:
    """Where to write: a file that is there whole or not at all, or the terminal."""
    if path is None:
        yield sys.stdout
        return
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _found(verdict: Verdict) -> dict[str, object]:
    return {
        "whole": verdict.whole,
        "entries": verdict.entries,
        "last_digest": verdict.last.digest if verdict.last else None,
        "heads": verdict.heads,
        "keys": list(verdict.keys),
        "faults": [
            {"entry": fault.number, "how": str(fault.how), "why": fault.why}
            for fault in verdict.faults
        ],
    }


def _tell(verdict: Verdict) -> None:
    """Say that it is whole. Raises Refused where it is not, with every fault printed before."""
    from totalplace.doors.cli.showing import plural
    from totalplace.refusal import Refused

    if not verdict.whole:
        for fault in verdict.faults:
            click.echo(f"Entry {fault.number:,} ({fault.how}): {fault.why}.")
        raise Refused(
            "The record is not whole",
            why=verdict.faults[0].why,
            next_step="Keep this computer as it is, and compare with a copy of the records",
        )
    if verdict.last is None:
        click.echo("The record is empty.")
        return
    entries = "1 entry" if verdict.entries == 1 else f"{verdict.entries:,} entries"
    click.echo(f"{entries}, none missing, none changed.")
    if verdict.heads:
        click.echo(
            f"{plural(verdict.heads, 'published head')}, each signed and true of the record."
        )
    click.echo(f"Digest of the last: {verdict.last.digest}")


def _not_noted(digest: str) -> Exception:
    from totalplace.refusal import Refused

    return Refused(
        "The record is not the one you noted",
        why=f"no entry has the digest {digest}",
        next_step="Compare with a copy of the records from the day you noted it",
    )
