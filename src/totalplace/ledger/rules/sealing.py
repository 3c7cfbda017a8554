"""The digest of a batch of postings, which anyone can compute again.

SHA-256 (FIPS 180-4) over the digest of the batch before and a line feed, then every transfer in
turn: the row as `COPY` of PostgreSQL writes it as text, its columns in the order of `COLUMNS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

BEGINNING: Final = "0" * 64
# The time is in millionths of a second since 1970 in UTC, so that no setting changes how it is
# written. Accounts are written out in full: a row that was renamed is a row that was changed.
COLUMNS: Final = """
t.number, t.part, t.parts, to_char(t.day, 'YYYY-MM-DD'),
(extract(epoch FROM t."on") * 1000000)::bigint, t.by, t.kind, t.citation_kind, t.citation_id,
t.note, t.reverses, d.heading, dg.code, dl.code, d.year, c.heading, cg.code, cl.code, c.year,
t.pence
"""


def digest_of(previous: str, rows: Iterable[bytes | memoryview]) -> str:
    """The digest of a batch, as 64 hexadecimal digits, from its rows as they are written."""
    found = hashlib.sha256(f"{previous}\n".encode())
    for row in rows:
        found.update(row)
    return found.hexdigest()
