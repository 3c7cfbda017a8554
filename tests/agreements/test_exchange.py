"""Two sides on two computers: signed offers go to and fro, drafts never do, nothing is forged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from totalplace.agreements.actions.negotiations import open_negotiation
from totalplace.agreements.actions.offers import receive
from totalplace.agreements.queries.exporting import signed_file
from totalplace.agreements.queries.negotiations import agreed_offer, negotiations, offers
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.exchange import opened, written
from totalplace.agreements.rules.moves import Stage
from totalplace.agreements.rules.offers import text_of
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record.rules.heads import public_key
from totalplace.refusal import Refused

from .negotiating import COUNTER, FIRST, NOON, UNSAID, Bargain, an_opening, registered

PLACE, CENTRE = Side.PLACE, Side.CENTRE
KEYS = {side: Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n, side in enumerate(Side)}


@dataclass(frozen=True)
class Apart(Bargain):
    """Each side on a computer of its own: what one does is not there when the other looks."""

    def opened_here(self) -> None:
        open_negotiation(an_opening(), by=self.place, on=NOON)

    def file(self, side: Side, days: int) -> bytes:
        on = self.at(days)
        return signed_file(1, side, key=KEYS[side], by=self.who(side), on=on).encode()

    def took(self, file: bytes, side: Side, days: int, *, key: str = "") -> None:
        receive(file, side, key=key, by=self.who(side), on=self.at(days))


@contextmanager
def computer() -> Iterator[None]:
    """A computer on which nothing of the negotiation stands; what is done there is gone after."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def apart(db: None, an_officer: Callable[..., Officer]) -> Apart:
    registered()
    place = an_officer("pat", Role.COMMISSIONER, place="wexshire")
    return Apart(place, an_officer("cho", Role.DEPARTMENT_OFFICIAL, agency="mhclg"))


def first_offer(apart: Apart) -> bytes:
    with computer():
        apart.opened_here()
        apart.offered(PLACE, FIRST, 1)
        return apart.file(PLACE, 1)


def test_offers_go_to_and_fro_until_one_is_accepted_and_both_hold_the_same_chain(
    apart: Apart,
) -> None:
    first = first_offer(apart)
    with computer():
        apart.took(first, CENTRE, 2, key=public_key(KEYS[PLACE]))
        assert offers(1, by=apart.centre, on=apart.at(2))[0].terms == FIRST
        apart.offered(CENTRE, COUNTER, 2)
        counter = apart.file(CENTRE, 2)
        theirs = negotiations()[0].steps[-1].digest
    assert UNSAID not in (first + counter).decode()
    with computer():
        apart.opened_here()
        apart.offered(PLACE, FIRST, 1)
        apart.took(counter, PLACE, 3, key=public_key(KEYS[CENTRE]))
        assert negotiations()[0].steps[-1].digest == theirs
        apart.accepted(PLACE, 4)
        accepted = apart.file(PLACE, 4)
    apart.took(first, CENTRE, 2, key=public_key(KEYS[PLACE]))
    apart.offered(CENTRE, COUNTER, 2)
    apart.took(accepted, CENTRE, 5)
    assert negotiations()[0].stage is Stage.AGREED
    assert agreed_offer(1).terms == COUNTER


def test_a_changed_byte_anywhere_in_the_file_is_refused(apart: Apart) -> None:
    file = first_offer(apart)
    for at in range(0, len(file), 97):
        changed = file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :]
        with pytest.raises(Refused):
            opened(changed)
    for whole in (file + b" ", file[:-1], b"", b"\xff", file.replace(b"\n", b"\r\n")):
        with pytest.raises(Refused):
            opened(whole)


def test_a_step_out_of_turn_of_ones_own_or_twice_is_refused(apart: Apart) -> None:
    first = first_offer(apart)
    with pytest.raises(Refused, match="your own side"):
        apart.took(first, PLACE, 2)
    apart.took(first, CENTRE, 2, key=public_key(KEYS[PLACE]))
    with pytest.raises(Refused, match="last offer is its own"):
        apart.took(first, CENTRE, 3)
    apart.offered(CENTRE, COUNTER, 3)
    with pytest.raises(Refused, match="does not follow"):
        apart.took(first, CENTRE, 4)


def test_only_the_key_that_the_other_side_told_is_believed(apart: Apart) -> None:
    first = first_offer(apart)
    with pytest.raises(Refused, match="nothing says yet whose"):
        apart.took(first, CENTRE, 2)
    with pytest.raises(Refused, match="nothing says yet whose"):
        apart.took(first, CENTRE, 2, key=public_key(KEYS[CENTRE]))
    apart.took(first, CENTRE, 2, key=public_key(KEYS[PLACE]))
    apart.offered(CENTRE, COUNTER, 3)
    with computer():
        apart.offered(PLACE, FIRST, 4)
        forged = signed_file(1, PLACE, key=KEYS[CENTRE], by=apart.place, on=apart.at(4)).encode()
    with pytest.raises(Refused, match="another key"):
        apart.took(forged, CENTRE, 5)


def test_a_file_signed_over_a_text_that_says_more_is_refused(apart: Apart) -> None:
    said = opened(first_offer(apart))
    more = said.step_text.replace('{\n "answer_by"', '{\n "savings": [],\n "answer_by"', 1)
    other = text_of(an_opening(title="Another"))
    for opening, step, why in (
        (said.opening_text, more, "no offer says"),
        (said.opening_text, said.step_text.replace("\n ", "\n  ", 1), "not written as"),
        (other, said.step_text, "another negotiation"),
    ):
        with pytest.raises(Refused, match=why):
            opened(written(opening, step, KEYS[PLACE]).encode())


def test_what_the_model_refuses_is_refused_from_a_file_too(apart: Apart) -> None:
    said = opened(first_offer(apart))
    tied = said.step_text.replace('"targets": []', '"targets": [\n    {}\n   ]')
    with pytest.raises(Refused):
        opened(written(said.opening_text, tied, KEYS[PLACE]).encode())
