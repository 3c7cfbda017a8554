"""A record with a few acts, a key of its own, and a way past every guard of the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from totalplace.doors.records import Address
from totalplace.record import actions
from totalplace.record.rules.chain import Citation, Entry

GRANT = Citation("grant", "7")
Tamper = Callable[..., None]


@pytest.fixture
def key() -> Ed25519PrivateKey:
    """A key to sign heads with."""
    return Ed25519PrivateKey.generate()


@pytest.fixture
def act(noon: datetime) -> Callable[[str], Entry]:
    """Puts an act on the record that cites something."""

    def done(citing: str) -> Entry:
        return actions.write("Ada", "signed", about=GRANT, on=noon, citing=citing, power="s.31")

    return done


@pytest.fixture
def tamper(committed_records: Address) -> Tamper:
    """Runs SQL as the superuser of the database, with every trigger and constraint out of the way.

    It is what somebody could do who has the computer itself, and what nobody else can.
    """
    owner = committed_records.owner

    def run(*statements: str, **values: object) -> None:
        with psycopg.connect(
            host=owner["HOST"], port=owner["PORT"], user=owner["USER"], dbname=owner["NAME"],
            autocommit=True,
        ) as superuser:  # fmt: skip
            for table in ("record_entry", "record_head"):
                superuser.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
            for statement in statements:
                superuser.execute(statement, values)

    return run
