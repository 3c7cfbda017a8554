"""Taking turns: one writer at a time of what is only added to, until its transaction ends.

Rows that may never be changed cannot be locked by a role that may not change them, so writers wait
for a name. The triggers of the database wait for the same names.
"""

from __future__ import annotations

from django.db import connection


def take_turn(of: str) -> None:
    """Wait for whoever else writes `of`, in the transaction that is open, and until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [of])
