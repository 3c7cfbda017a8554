"""An officer overrules the count, with a reason, on the record; nothing is ever rubbed out."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.count import models
from totalplace.count.actions.rulings import Lines, rule, withdraw
from totalplace.count.queries.rulings import all_rulings, rulings_in_force
from totalplace.count.rules.rulings import NOT_PUBLIC, PAID_ONCE, Subject
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Operator
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db
BY = Operator("an officer")


@pytest.fixture(autouse=True)
def county(noon: datetime) -> None:
    places.register_agency("county", name="The County", kind="county", by=BY, on=noon)


def ruled(noon: datetime, said: str = "housing", payee: str = "A Ltd") -> int:
    lines = Lines(payee=payee)
    return rule("county", Subject.PURPOSE, lines, said=said, reason="I know it.", by=BY, on=noon)


def test_a_ruling_holds_and_is_on_the_record(noon: datetime) -> None:
    number = ruled(noon)
    (ruling,) = rulings_in_force()
    assert (ruling.number, ruling.agency, ruling.said) == (number, "county", "housing")
    (entry,) = record.about(Citation("ruling", str(number)))
    assert (entry.by, entry.verb) == (BY.name, "ruled")
    assert "I know it." in entry.citing


def test_a_later_ruling_wins_and_the_earlier_stays_readable(noon: datetime) -> None:
    ruled(noon)
    ruled(noon, "culture")
    assert [(r.ruling.said, r.holds) for r in all_rulings()] == [
        ("housing", False), ("culture", True),
    ]  # fmt: skip


def test_a_withdrawn_ruling_no_longer_holds_and_cannot_be_withdrawn_again(noon: datetime) -> None:
    number = ruled(noon)
    withdraw(number, reason="It was another firm.", by=BY, on=noon)
    assert rulings_in_force() == []
    with pytest.raises(Refused, match="withdrawn before"):
        withdraw(number, reason="Again.", by=BY, on=noon)


@pytest.mark.parametrize(
    ("subject", "lines", "said", "why"),
    [
        (Subject.PURPOSE, Lines(payee="A Ltd"), "astronomy", "no service of the list"),
        (Subject.PURPOSE, Lines(), "housing", "which lines are meant"),
        (Subject.PAYEE, Lines(), NOT_PUBLIC, "which lines are meant"),
        (Subject.COPY, Lines(payee="A Ltd"), PAID_ONCE, "which lines are meant"),
        (Subject.COPY, Lines(file="a" * 64, row=3), "perhaps", "cannot be said"),
        (Subject.PAYEE, Lines(payee="A Ltd"), " ", "nothing was said"),
    ],
)
def test_a_ruling_that_means_nothing_is_refused(
    subject: Subject, lines: Lines, said: str, why: str, noon: datetime
) -> None:
    with pytest.raises(Refused, match=why):
        rule("county", subject, lines, said=said, reason="Because.", by=BY, on=noon)


def test_a_ruling_without_a_reason_is_refused(noon: datetime) -> None:
    with pytest.raises(Refused, match="without a reason"):
        rule(
            "county", Subject.PURPOSE, Lines(payee="A"), said="housing", reason=" ", by=BY, on=noon
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE count_ruling SET reason = 'another'", "DELETE FROM count_ruling"],
)
def test_the_database_refuses_to_change_a_ruling(statement: str, noon: datetime) -> None:
    ruled(noon)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert models.Ruling.objects.count() == 1
