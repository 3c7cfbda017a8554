"""Appraisals on the record: made, changed, published, never erased; effects accepted ungraded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from totalplace.commissioning import models
from totalplace.commissioning.actions import appraisals as actions
from totalplace.commissioning.queries.appraisals import (
    accepted,
    appraisal,
    appraisals,
    check_accepted,
    not_accepted,
)
from totalplace.commissioning.rules.appraisal.text import digest_of, text_of
from totalplace.commissioning.rules.case import Effect
from totalplace.places import actions as places
from totalplace.places.rules.mandates import NoMandate, Officer, Operator, Role
from totalplace.record import queries as record
from totalplace.refusal import Refused

from .appraisals_made import uncertain
from .cases import case, option

ADA = Operator("Ada")
WHICH = ("reablement", "own/at-home", "E10000017")
pytestmark = pytest.mark.django_db


@pytest.fixture
def at(noon: datetime) -> datetime:
    """When things are done, in a place that there is."""
    places.register_place("wexshire", name="Wexshire", by=ADA, on=noon)
    return noon


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_appraisal_is_kept_as_one_text_on_the_record(at: datetime) -> None:
    made = actions.make("wexshire", uncertain(), reason="To see who gains", by=ADA, on=at)
    assert str(made.citation) == "appraisal wexshire/1"
    assert made.last.text == text_of(uncertain())
    assert made.last.terms == uncertain()
    assert made.last.appraised.result.net == made.last.appraised.result.gains - (
        made.last.appraised.result.costs
    )
    entry = record.about(made.citation)[0]
    assert digest_of(made.last.text) in entry.citing
    assert appraisals("wexshire") == appraisals() == (made,)


def test_a_change_is_a_later_version_of_the_same_option(at: datetime) -> None:
    actions.make("wexshire", uncertain(), reason="First", by=ADA, on=at)
    later = replace(uncertain(), years=12)
    made = actions.change("wexshire/1", later, reason="Two more years", by=ADA, on=at)
    assert [one.number for one in made.versions] == [1, 2]
    assert made.version(1).terms.years == 10
    with pytest.raises(Refused, match="says what it said"):
        actions.change("wexshire/1", later, reason="Again", by=ADA, on=at)
    with pytest.raises(Refused, match="about the option"):
        actions.change("wexshire/1", replace(later, option="other"), reason="x", by=ADA, on=at)
    with pytest.raises(Refused, match="no reason is given"):
        actions.change("wexshire/1", uncertain(), reason=" ", by=ADA, on=at)
    with pytest.raises(Refused, match="no version 3"):
        made.version(3)


def test_only_what_is_published_is_for_everybody(at: datetime) -> None:
    made = actions.make("wexshire", uncertain(), reason="First", by=ADA, on=at)
    assert made.published == ()
    made = actions.publish("wexshire/1", reason="For the hearing", by=ADA, on=at)
    assert [one.number for one in made.published] == [1]
    with pytest.raises(Refused, match="published already"):
        actions.publish("wexshire/1", reason="Again", by=ADA, on=at)


@pytest.mark.parametrize("citation", ["wexshire/9", "nowhere/1", "wexshire", ""])
def test_an_appraisal_that_there_is_not_is_refused(at: datetime, citation: str) -> None:
    with pytest.raises(Refused):
        appraisal(citation)


def test_an_effect_drives_money_ungraded_only_as_the_record_says(at: datetime) -> None:
    row = actions.accept_effect("wexshire", *WHICH, reason="Nothing better is known", by=ADA, on=at)
    assert str(row.citation) == "accepted-effect wexshire/1"
    assert record.entry(row.entry) == record.about(row.citation)[0]
    with pytest.raises(Refused, match="accepted already"):
        actions.accept_effect("wexshire", *WHICH, reason="Again", by=ADA, on=at)
    back = actions.take_back("wexshire", 1, reason="A trial was published", by=ADA, on=at)
    assert not back.holds
    again = actions.accept_effect("wexshire", *WHICH, reason="It was withdrawn", by=ADA, on=at)
    assert [one.number for one in accepted("wexshire")] == [1, again.number]
    for number in (1, 7):
        with pytest.raises(Refused, match="not taken back"):
            actions.take_back("wexshire", number, reason="x", by=ADA, on=at)
    with pytest.raises(Refused, match="its area is not said"):
        actions.accept_effect("wexshire", "a", "b", " ", reason="x", by=ADA, on=at)


def test_a_case_that_names_what_was_not_accepted_is_found_out(at: datetime) -> None:
    actions.accept_effect("wexshire", *WHICH, reason="Nothing better is known", by=ADA, on=at)

    def effect(named: str, indicator: str = WHICH[1]) -> Effect:
        one = Decimal(1)
        return Effect(indicator, WHICH[2], "people", one, one, one, accepted=named)

    one = "accepted-effect wexshire/1"
    effects = (effect(one), effect("accepted-effect wexshire/2"), effect(one, "other"), effect(""))
    its = case(option(WHICH[0], 100, *effects), pounds=100)
    said = not_accepted("wexshire", its)
    assert len(said) == 2
    assert "not on the record" in said[0]
    assert "about another effect" in said[1]
    with pytest.raises(Refused, match=r"not on the record \(and 1 more\)"):
        check_accepted("wexshire", its)
    check_accepted("wexshire", case(option(WHICH[0], 100, effects[0]), pounds=100))
    actions.take_back("wexshire", 1, reason="A trial was published", by=ADA, on=at)
    assert "taken back" in not_accepted("wexshire", its)[0]


def test_who_may_appraise_may_not_accept_an_effect(
    at: datetime, an_officer: Callable[..., Officer]
) -> None:
    lead = an_officer("fin", Role.FINANCE_LEAD, place="wexshire")
    made = actions.make("wexshire", uncertain(), reason="To see", by=lead, on=at)
    assert record.about(made.citation)[0].power
    with pytest.raises(NoMandate):
        actions.accept_effect("wexshire", *WHICH, reason="It will work", by=lead, on=at)
    stranger = an_officer("str", Role.SCRUTINY, place="wexshire")
    with pytest.raises(NoMandate):
        actions.make("wexshire", uncertain(), reason="x", by=stranger, on=at)


@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET id = id", "TRUNCATE {} CASCADE"])
def test_nothing_that_was_appraised_is_changed_or_erased(sql: str) -> None:
    for model in (
        models.Appraisal, models.AppraisalVersion, models.AppraisalPublished,
        models.AcceptedEffect, models.EffectTakenBack,
    ):  # fmt: skip
        with pytest.raises(DatabaseError, match="permission denied"):
            run(sql.format(model._meta.db_table))  # noqa: SLF001


def test_the_database_refuses_what_is_out_of_turn_or_says_otherwise(at: datetime) -> None:
    made = actions.make("wexshire", uncertain(), reason="First", by=ADA, on=at)
    row = models.Appraisal.objects.get(pk=made.id)
    said = {"title": made.last.title, "reason": "x", "by": "x", "on": at}

    def version(number: int, text: str, digest: str = "", **more: object) -> None:
        digest = digest or digest_of(text)
        with transaction.atomic():
            models.AppraisalVersion.objects.create(
                appraisal_id=row.pk, number=number, text=text, digest=digest, **(said | more)
            )

    text = made.last.text
    for number, other, digest, more, why in (
        (3, text, "", {}, "out of turn"),
        (2, text, "0" * 64, {}, "appraisal_version_is_its_text"),
        (2, text.replace("Option: ", "Option: un"), "", {}, "another option"),
        (2, text, "", {"title": "Another"}, "another option"),
        (2, text, "", {"on": at - timedelta(days=1)}, "out of turn"),
    ):
        with pytest.raises(DatabaseError, match=why):
            version(number, other, digest, **more)
    with pytest.raises(DatabaseError, match="out of turn"), transaction.atomic():
        models.Appraisal.objects.create(place_id=row.place_id, number=3, option="x", by="x", on=at)
    with pytest.raises(DatabaseError, match="out of turn"), transaction.atomic():
        models.AcceptedEffect.objects.create(
            place_id=row.place_id, number=2, option="a", indicator="b", area="c", reason="d",
            by="x", on=at,
        )  # fmt: skip
