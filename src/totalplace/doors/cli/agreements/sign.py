"""`totalplace agreements sign`: signing in turn, the signed file, its receipt, and renewing it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from totalplace.doors.cli.agreements.text import AGREEMENT, VERSION
from totalplace.doors.cli.session import Session, pass_session

if TYPE_CHECKING:
    from totalplace.agreements.signatures.signing import Credentials

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT: Final = click.Path(dir_okay=False, path_type=Path)
_CERTIFICATE: Final = click.option(
    "--certificate", type=_FILE, help="Your own, in PKCS#12; without it a TEST certificate is used."
)
_PASSPHRASE: Final = click.option(
    "--passphrase-file", type=_FILE, help="The file that holds its passphrase."
)
_TIMES: Final = click.option("--times", default="", help="Address of a time-stamping authority.")


@click.command("sign")
@AGREEMENT
@click.argument("agency")
@_CERTIFICATE
@_PASSPHRASE
@_TIMES
@click.option("--give-back", type=_FILE, help="A file that was signed with another program.")
@pass_session
def sign(session: Session, agreement: str, agency: str, give_back: Path | None, **own: Any) -> None:
    """Sign AGREEMENT for AGENCY, whose turn it has to be."""
    session.open()
    from totalplace.agreements.actions import signing
    from totalplace.agreements.queries.agreements import agreement as found
    from totalplace.agreements.signatures.trusted import roots

    by, on, home = session.by(), session.now(), session.home
    if give_back is not None:
        row = signing.sign_elsewhere(
            agreement, agency, give_back.read_bytes(), roots=roots(home), by=by, on=on
        )
    else:
        called = found(agreement).last.terms.names.get(agency, agency)
        credentials = _credentials(session, called, own)
        row = signing.sign(agreement, agency, credentials=credentials, by=by, on=on)
    last = row.signatures[-1]
    click.echo(f"Signed for {agency}. The file is {last.file_digest}.")
    click.echo(f"Agreement {row.citation.id} is {row.kept}.")


@click.command("file-to-sign")
@AGREEMENT
@click.argument("out", type=_OUT)
@pass_session
def file_to_sign(session: Session, agreement: str, out: Path) -> None:
    """Write the file that the next party has to sign to OUT, for a program of its own."""
    session.open()
    from totalplace.agreements.actions import signing
    from totalplace.agreements.queries.agreements import agreement as found

    out.write_bytes(signing.file_to_sign(found(agreement)))
    click.echo(f"Written to {out}.")


@click.command("signed")
@AGREEMENT
@click.argument("out", type=_OUT)
@VERSION
@pass_session
def signed(session: Session, agreement: str, out: Path, version: int) -> None:
    """Write the signed PDF of AGREEMENT to OUT."""
    session.open()
    from totalplace.agreements.queries.agreements import agreement as found
    from totalplace.agreements.queries.agreements import signed_file

    row = found(agreement)
    out.write_bytes(signed_file(row, version or (row.in_force or row.last).number))
    click.echo(f"Written to {out}.")


@click.command("receipt")
@AGREEMENT
@VERSION
@pass_session
def receipt(session: Session, agreement: str, version: int) -> None:
    """Print who signed AGREEMENT when, with the digests of text, files and certificates."""
    session.open()
    from totalplace.agreements.queries.agreements import agreement as found
    from totalplace.doors.report.agreement import receipt_of

    row = found(agreement)
    stood = row.version(version) if version else (row.in_force or row.last)
    click.echo(receipt_of(row, stood), nl=False)


@click.command("renew")
@click.argument("file", type=_FILE)
@click.argument("out", type=_OUT)
@_CERTIFICATE
@_PASSPHRASE
@_TIMES
@pass_session
def renew(session: Session, file: Path, out: Path, **own: Any) -> None:
    """Write a signed FILE with a new time stamp to OUT, before its last one runs out."""
    from totalplace.agreements.signatures.signing import renewed

    credentials = _credentials(session, "nobody", own)
    out.write_bytes(renewed(file.read_bytes(), credentials, on=session.now()))
    click.echo(f"Written to {out}.")


def _credentials(session: Session, called: str, own: dict[str, Any]) -> Credentials:
    from totalplace.agreements.signatures.signing import by_own_certificate, by_test_authority
    from totalplace.agreements.signatures.trusted import own_test_authority, roots
    from totalplace.refusal import Refused

    on, home = session.now(), session.home
    if own["certificate"] is None:
        return by_test_authority(own_test_authority(home, on=on), session.by().name, called, on=on)
    if own["passphrase_file"] is None or not own["times"]:
        raise Refused(
            "The certificate cannot be used",
            why="its passphrase, or who is to tell the time, is not said",
            next_step="Give --passphrase-file and --times, the address that your authority gives",
        )
    passphrase = own["passphrase_file"].read_text(encoding="utf-8").strip()
    return by_own_certificate(
        own["certificate"].read_bytes(), passphrase, times_url=own["times"], trusted=roots(home)
    )
