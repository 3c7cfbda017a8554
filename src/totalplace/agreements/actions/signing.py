"""Signing in turn, each party on the file of the one before; the last brings it into force."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.agreement_moves import Opened, move, one_at_a_time, write
from totalplace.agreements.queries.agreements import AgreementRow, agreement, signed_file
from totalplace.agreements.queries.agreements_lacking import waiting
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import Verb, after
from totalplace.agreements.rules.terms import Turn
from totalplace.agreements.signatures import signing
from totalplace.agreements.signatures.paper import Signatory, printed
from totalplace.agreements.signatures.verifying import Signed, verified
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Officer, Who
from totalplace.refusal import Refused


@transaction.atomic
def sign(
    citation: str, agency: str, *, credentials: signing.Credentials, by: Who, on: datetime
) -> AgreementRow:
    """Sign the text that is open for signing, for a party whose turn it is.

    Raises Refused where it is another's turn, or they hold no mandate of that party today. The
    last signature brings the agreement, or its variation, into force.
    """
    this, turn = _opened(citation, agency, by=by, on=on)
    name = by.full_name or by.name if isinstance(by, Officer) else by.name
    said = signing.Said(name, this.row.last.terms.names[agency], this.power, on)
    before = file_to_sign(this.row)
    file = signing.signed(before, _signatory(this.row, turn), said, credentials)
    subject = credentials.signer.signing_cert
    test = str(subject.subject.native.get("common_name", "")).startswith("TEST")
    return _keep(this, turn, name, file, (subject.sha256.hex(), test))


@transaction.atomic
def sign_elsewhere(
    citation: str, agency: str, content: bytes, *, roots: Sequence[bytes], by: Who, on: datetime
) -> AgreementRow:
    """Take in the file that a party whose turn it is has signed with a program of its own.

    It has to go on from the file that was to be signed, with one more signature in the party's
    field and nothing else. Raises Refused for any other. Whether the certificate is of a known
    authority is shown, and is for those who rely on it to judge.
    """
    this, turn = _opened(citation, agency, by=by, on=on)
    before = file_to_sign(this.row)
    if not content.startswith(before) or content == before:
        raise _other("it does not go on from the file that was to be signed")
    report = verified(content, roots=roots, on=on)
    field = _signatory(this.row, turn).field
    mine = [one for one in report.signatures if one.field == field]
    if len(report.signatures) != turn.number or len(mine) != 1:
        raise _other(f"it has no signature in the field {field}, or more than one was added")
    if not all(one.intact for one in report.signatures) or report.text != this.row.last.text:
        raise _other("something else was changed in it")
    found: Signed = mine[0]
    name = found.signer or by.name
    return _keep(this, turn, name, content, (found.certificate, found.test))


def file_to_sign(row: AgreementRow) -> bytes:
    """The file as the next signatory has to sign it: printed anew, or after the last signature."""
    last = row.last
    if row.signed(last.number):
        return signed_file(row, last.number)
    signatories = [_signatory(row, turn) for turn in last.terms.signing]
    return signing.with_fields(printed(last.text, last.digest, signatories), signatories)


def _opened(citation: str, agency: str, *, by: Who, on: datetime) -> tuple[Opened, Turn]:
    one_at_a_time()
    row = agreement(citation)
    after(row.kept, Verb.SIGN)
    names = row.last.terms.names
    if agency not in names:
        raise Refused(
            f"{agency} cannot sign agreement {citation}",
            why=f"it is no party; the parties are {', '.join(names)}",
            next_step="Name a party",
        )
    power = places.power(by, Act.SIGN_AGREEMENT, agency=agency, on=on)
    turn = waiting(row).turn
    if turn is None or turn.party != agency:
        whose = names[turn.party] if turn else "nobody"
        raise Refused(
            f"{names[agency]} cannot sign now",
            why=f"it is the turn of {whose}",
            next_step="Wait until it is your turn; the agreement gives the order",
        )
    side = row.last.terms.side_of(agency) or Side.PLACE
    return Opened(row, side, local_day(on), by, on, power), turn


def _signatory(row: AgreementRow, turn: Turn) -> Signatory:
    return Signatory(turn.number, row.last.terms.names[turn.party])


def _keep(
    this: Opened, turn: Turn, name: str, file: bytes, certificate: tuple[str, bool]
) -> AgreementRow:
    last, digest = this.row.last, hashlib.sha256(file).hexdigest()
    party = models.AgreementParty.objects.get(version_id=last.id, agency__code=turn.party)
    models.AgreementSignature.objects.create(
        version_id=last.id, party=party, turn=turn.number, name=name, power=this.power,
        day=this.day, digest=last.digest, certificate=certificate[0], test=certificate[1],
        file=file, file_digest=digest, by=this.by.name, on=this.on,
    )  # fmt: skip
    write(
        this, "signed",
        citing=f"for {turn.party}; version {last.number}, text {last.digest}; file {digest}; "
        f"certificate {certificate[0]}{', a test' if certificate[1] else ''}",
    )  # fmt: skip
    row = agreement(this.row.citation.id)
    if waiting(row).turn is not None:
        return row
    held = Opened(row, this.side, this.day, this.by, this.on, this.power)
    return move(held, Verb.COME_INTO_FORCE, row.last, reason="Every party has signed")


def _other(why: str) -> Refused:
    return Refused(
        "The signed file cannot be taken in",
        why=why,
        next_step="Download the file to sign anew, sign that, and give it back unchanged otherwise",
    )
