"""An agreement and the receipt of its signatures as plain text, and as it is given to programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from totalplace.agreements.queries.agreements import AgreementRow, VersionRow
from totalplace.agreements.queries.agreements_lacking import waiting
from totalplace.agreements.rules import agreement_telling as telling
from totalplace.agreements.rules.devolution import Side
from totalplace.decisions.rules.days import in_words
from totalplace.money.pence import pounds


def receipt_of(row: AgreementRow, version: VersionRow) -> str:
    """Who signed a version, for whom, under which power, when; and the digests of everything."""
    lines = [
        f"Receipt for agreement {row.citation.id}, version {version.number}",
        row.title,
        f"Text, SHA-256: {version.digest}",
        "",
    ]
    for one in row.signed(version.number):
        test = " (TEST, no legal force)" if one.test else ""
        lines += [
            f"Signature {one.turn}: {one.name}, for {one.agency_name} ({one.agency})",
            f"  on {in_words(one.day)}, {one.on:%H:%M} UTC",
            f"  under {one.power}",
            f"  certificate, SHA-256: {one.certificate}{test}",
            f"  file after it, SHA-256: {one.file_digest}",
            "",
        ]
    lines.append("Anybody can check the signed file at /agreements/verify/, or with the command")
    lines.append("totalplace agreements verify FILE")
    return "\n".join(lines) + "\n"


def told(row: AgreementRow, on: date) -> str:
    """An agreement in plain words: who pays, who promises what by when, who has signed."""
    stood = row.in_force or row.last
    terms = stood.terms
    lines = [f"{row.title} ({row.citation.id}, version {stood.number}): {row.stage(on)}", ""]
    for one in telling.pays(terms):
        sum_ = pounds(one.pence) if one.pence is not None else "a sum that is not settled yet"
        lines.append(f"{one.name} puts in {sum_} in {one.years}")
    for side in Side:
        lines += ["", f"What the {side} promises:"]
        for promise in telling.by_day(terms, side):
            said = telling.promised(promise, terms)
            lines.append(f"  by {in_words(promise.due)}: {said}")
    turn = waiting(row).turn
    lines.append("")
    lines += [f"Signed for {s.agency_name} by {s.name} on {in_words(s.day)}"
              for s in row.signed(row.handled.number)]  # fmt: skip
    if turn is not None:
        lines.append(f"It is the turn of {row.last.terms.names[turn.party]} to sign.")
    return "\n".join(lines).rstrip()


def plain_agreement(row: AgreementRow, on: date) -> dict[str, Any]:
    """An agreement as it is given to other programs; sums in pence, missing ones null."""
    stood = row.in_force or row.last
    terms = stood.terms
    return {
        "citation": row.citation.id,
        "title": row.title,
        "place": row.place,
        "model": row.model.code,
        "stage": row.stage(on).value,
        "version": stood.number,
        "digest": stood.digest,
        "text": stood.text,
        "parties": [
            {"agency": p.agency, "name": p.name, "side": p.side.value, "accountable": p.accountable}
            for p in terms.parties
        ],
        "contributions": [
            {"payer": c.payer, "to": c.to, "line": c.line, "nature": c.nature.value,
             "year": c.year, "pence": c.pence}
            for c in terms.contributions
        ],
        "promises": [
            {"number": p.number, "by": p.by, "to": p.to, "kind": p.kind.value, "what": p.what,
             "due": p.due.isoformat(), "pence": p.pence, "line": p.line or None}
            for p in terms.promises
        ],
        "signatures": [
            {"version": s.version, "turn": s.turn, "agency": s.agency, "name": s.name,
             "day": s.day.isoformat(), "file_digest": s.file_digest, "test": s.test}
            for s in row.signatures
        ],
    }  # fmt: skip
