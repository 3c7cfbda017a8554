"""Where an edition stands, and which rulings hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.rules.rulings import Ruling, Subject, in_force
from totalplace.count.rules.standing import MOVES, Standing, after, verbs
from totalplace.refusal import Refused


def test_a_disputed_edition_cannot_be_signed_off() -> None:
    with pytest.raises(Refused, match=r"it is disputed\. From here one can dispute or settle"):
        after(Standing.DISPUTED, "sign off")


def test_what_is_superseded_stays_so() -> None:
    assert verbs(Standing.SUPERSEDED) == []
    with pytest.raises(Refused, match="Make a new edition"):
        after(Standing.SUPERSEDED, "settle")


@given(st.sampled_from(Standing), st.sampled_from(sorted({verb for _, verb in MOVES})))
def test_every_move_is_in_the_table_or_refused(standing: Standing, verb: str) -> None:
    if verb in verbs(standing):
        assert after(standing, verb) is MOVES[standing, verb]
    else:
        with pytest.raises(Refused):
            after(standing, verb)


def ruling(number: int, said: str, payee: str = "A Ltd") -> Ruling:
    return Ruling(number, "county", Subject.PURPOSE, said, "because", payee=payee)


def test_the_latest_ruling_on_the_same_lines_holds() -> None:
    made = [ruling(1, "housing"), ruling(2, "culture", "a ltd"), ruling(3, "police", "B Ltd")]
    assert [r.number for r in in_force(made, [])] == [2, 3]


def test_where_the_latest_is_withdrawn_the_one_before_holds_again() -> None:
    made = [ruling(1, "housing"), ruling(2, "culture")]
    assert [r.said for r in in_force(made, [2])] == ["housing"]
