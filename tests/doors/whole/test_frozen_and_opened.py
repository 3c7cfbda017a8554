"""A count that is frozen and opened again is the count that it was, whatever is in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from totalplace.count.definitions.services import services
from totalplace.count.rules.findings.trends import JUMP
from totalplace.count.rules.whole_place.beside import (
    Beside,
    beside,
    beside_of,
    plain_beside,
    whole_of,
)
from totalplace.count.rules.whole_place.frozen import canonical, plain
from totalplace.count.rules.whole_place.read_back import read_back
from totalplace.count.rules.whole_place.whole import WholePlace


def through_json(said: Any) -> Any:
    """A value as it comes back from a file."""
    return json.loads(canonical(said))


def in_order(whole: WholePlace) -> WholePlace:
    """A count with its lines in a fixed order, in which they are frozen."""
    return replace(
        whole,
        net_lines=tuple(sorted(whole.net_lines, key=str)),
        gross_lines=tuple(sorted(whole.gross_lines, key=str)),
        capital_lines=tuple(sorted(whole.capital_lines, key=str)),
    )


def test_what_is_opened_is_what_was_frozen(any_place: WholePlace) -> None:
    text = through_json(plain(any_place, [], {}))
    told = beside_of(through_json(plain_beside(beside(any_place, services().values()))))
    assert in_order(whole_of(text, told)) == in_order(any_place)
    assert {s.code: s for s in told.services} == dict(services())


def test_what_stands_beside_is_outside_of_the_hash(city: WholePlace) -> None:
    renamed = replace(city, place_name="Another name", names={}, payments=None)
    assert canonical(plain(renamed, [], {})) == canonical(plain(city, [], {}))


def test_no_payee_is_frozen_beside_an_edition(city: WholePlace) -> None:
    assert city.payments is not None
    (finding, *_) = city.payments.findings
    jump = replace(finding, topic=JUMP, figures=("MISS A PAYEE: £1 in 2020-21.",))
    told = beside(replace(city, payments=replace(city.payments, findings=(jump, finding))), ())
    assert told.payments is not None
    assert "MISS A PAYEE" not in canonical(plain_beside(told))
    assert [f.topic for f in told.payments.findings] == [JUMP, finding.topic]


def test_a_form_that_is_not_known_is_refused(city: WholePlace) -> None:
    said = plain_beside(beside(city, services().values()))
    with pytest.raises(ValueError, match="form 99"):
        beside_of({**said, "form": 99})


@pytest.mark.parametrize(
    ("kind", "said"),
    [(int, "1"), (str, 1), (tuple[int, ...], ["1"]), (int | None, 1.5), (Beside, {"form": "1"})],
)
def test_a_value_that_does_not_fit_is_refused(kind: Any, said: Any) -> None:
    with pytest.raises(ValueError, match="is no"):
        read_back(kind, said)
