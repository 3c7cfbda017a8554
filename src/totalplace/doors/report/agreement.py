"""The receipt of the signatures of an agreement, as plain text."""

from __future__ import annotations

from totalplace.agreements.queries.agreements import AgreementRow, VersionRow
from totalplace.decisions.rules.days import in_words


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
