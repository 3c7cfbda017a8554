"""A place, the departments that guarantee, and texts of guarantees and variants to change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest

from totalplace.entitlements import actions
from totalplace.entitlements.queries import VersionRow
from totalplace.entitlements.rules.moves import Shorter
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator

ADA = Operator("Ada")
TODAY = date(2026, 11, 26)
SOON = date(2027, 2, 19)  # the first day after 84 clear days of notice

BUS = """\
code: bus-pass
title: A free bus pass for older people
plain: Whoever is old enough travels free on local buses, wherever they live.
why: Getting about keeps people well
owner: Department for Transport
as_of: 2026-11-26
review_by: 2027-11-26
sources: [Transport Act 2000, section 145A]
strength: right
set_by: {agency: dft, name: Department for Transport}
funded_by: {name: Department for Transport, how: A grant}
law:
  act: {text: 'Transport Act 2000, section 145A', says: Older people travel free, verified: no}
in_force: {from: 2008-04-01, until: null}
facts:
  born: {title: Date of birth, ask: 'When were they born?', kind: day}
  lives_in_england: {title: Lives in England, ask: 'Do they live in England?', kind: yes or no}
parameters:
  age:
    title: Age from which buses are free
    unit: years
    better: lower
    values: [{from: 2008-04-01, value: 60}, {from: 2020-04-01, value: 66}]
  journeys:
    title: Free journeys a year
    unit: journeys a year
    better: higher
    values: [{from: 2008-04-01, value: 100}]
who:
  all:
    - {fact: lives_in_england, is: yes, says: They live in England, law: act}
    - {value: {age: born}, at_least: {parameter: age}, law: act}
gives:
  what: Free journeys by bus
  kind: volume
  unit: journeys a year
  better: higher
  amount: {parameter: journeys}
evidence: {indicator: dft/bus, how: Journeys counted by operators}
cost:
  each: {times: [{parameter: journeys}, 120]}
  low: {times: [{parameter: journeys}, 100]}
  high: {times: [{parameter: journeys}, 150]}
  source: What operators are paid for a journey
minimum: null
tests:
  - name: At sixty-six
    on: 2026-11-26
    person: {born: 1960-11-26, lives_in_england: yes}
    answer: yes
    amount: 100
  - name: Not at sixty-five
    on: 2026-11-26
    person: {born: 1960-11-27, lives_in_england: yes}
    answer: no
"""

VARIANT = """\
of: bus-pass
place: wexshire
title: Buses free from sixty in Wexshire
plain: In Wexshire it begins at sixty.
why: Our towns are far apart
owner: Director of transport
as_of: 2026-11-26
review_by: 2027-11-26
sources: [Decision wex-cabinet/3 of the cabinet]
funded_by: {name: Wexshire Council, how: Its own budget}
law:
  own: {text: 'Transport Act 1985, section 93', says: A council may do more, verified: no}
in_force: {from: 2026-12-01, until: null}
facts: null
parameters:
  age: {values: [{from: 2026-12-01, value: 60}]}
who: null
amount: null
tests:
  - name: At sixty here
    on: 2026-12-01
    person: {born: 1966-12-01, lives_in_england: yes}
    answer: yes
"""


def at(day: date) -> datetime:
    """Noon of a day."""
    return datetime.combine(day, time(12), tzinfo=UTC)


@pytest.fixture
def centre(db: None) -> None:
    """Departments that guarantee, and a place."""
    for code, name in (
        ("dft", "Department for Transport"),
        ("dfe", "Department for Education"),
        ("dhsc", "Department of Health and Social Care"),
        ("mhclg", "Ministry of Housing, Communities and Local Government"),
    ):
        places.register_agency(code, name=name, kind="department", by=ADA, on=at(TODAY))
    places.register_place("wexshire", name="Wexshire", by=ADA, on=at(TODAY))


@pytest.fixture
def in_force(centre: None) -> Callable[..., VersionRow]:
    """Puts a guarantee in force that is the law already."""

    def put(text: str = BUS, first_day: date = TODAY, **said: str) -> VersionRow:
        made = actions.propose(text, reason="It is the law", by=ADA, on=at(TODAY))
        return actions.enact(
            made.citation.id, first_day=first_day, shorter=Shorter.ALREADY_LAW,
            reason="It is the law already", by=ADA, on=at(TODAY), **said,
        )  # fmt: skip

    return put
