"""What is in force is varied by both sides alone, and ended by both or by notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from totalplace.agreements.actions import varying
from totalplace.agreements.queries.agreements import agreement
from totalplace.agreements.rules.lifecycle import Stage, Verb
from totalplace.agreements.wording import text_of
from totalplace.refusal import Refused

from ..outcomes.place_made import DEFAULT  # noqa: TID252
from .agreement_made import (
    CITED,
    SIGNED,
    Wexshire,
    a_move,
    a_variation,
    refused_by_the_database,
    ten_per_cent_more,
    with_targets,
)
from .terms_made import DFE


@pytest.fixture(scope="module")
def agreed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Wexshire]:  # fmt: skip
    """An agreement in force, made once, of which nothing is kept after this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = with_targets(DEFAULT, tmp_path_factory.getbasetemp() / "authority")
        made.in_force()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def here(agreed: Wexshire) -> Iterator[Wexshire]:
    """The place as it stands before anything is done about what is in force."""
    with transaction.atomic():
        yield agreed
        transaction.set_rollback(True)


def test_a_variation_needs_the_other_side_a_decision_and_every_signature(here: Wexshire) -> None:
    before = agreement(CITED).last
    on: dict[str, Any] = {"by": here.by, "on": here.at(SIGNED + 1)}
    text = text_of(a_variation())
    varying.propose(CITED, text, agency=DFE, reason="A month more", **on)
    assert not agreement(CITED).last.to_be_heard
    with pytest.raises(Refused, match="this side proposed it"):
        varying.consent(CITED, agency=DFE, reason="Ours", **on)
    with refused_by_the_database("cannot consent for the other"):
        a_move(here, Verb.CONSENT, SIGNED + 1, side="centre")
    varying.consent(CITED, agency="icb", reason="We agree", **on)
    about = agreement(CITED).last.about
    assert str(about) == "variation wexshire/1/1"
    decision = here.decision(about, on=SIGNED + 42)
    here.decided(decision, on=SIGNED + 48)
    here.opened(on=SIGNED + 48)
    assert agreement(CITED).in_force == before
    for agency in ("icb", DFE, "wex"):
        here.signed(agency, on=SIGNED + 49)
    row = agreement(CITED)
    assert row.kept is Stage.IN_FORCE
    assert row.in_force is not None
    assert row.in_force.text == text
    assert row.in_force_on(here.place.day(SIGNED + 48)) == before


def test_a_variation_of_money_is_heard_and_either_side_may_drop_it(here: Wexshire) -> None:
    held = agreement(CITED).in_force
    on: dict[str, Any] = {"by": here.by, "on": here.at(SIGNED + 1)}
    varying.propose(CITED, text_of(ten_per_cent_more()), agency="wex", reason="Costs rose", **on)
    varying.consent(CITED, agency=DFE, reason="Agreed", **on)
    row = agreement(CITED)
    assert row.last.to_be_heard
    decision = here.decision(row.last.about, on=SIGNED + 42)
    with pytest.raises(Refused, match="Nobody was heard on this"):
        here.decided(decision, on=SIGNED + 48)
    with refused_by_the_database("nobody was heard on this"):
        a_move(here, Verb.DECIDE, SIGNED + 48, decision=decision.id)
    varying.drop(CITED, agency=DFE, reason="No money", by=here.by, on=here.at(SIGNED + 49))
    assert agreement(CITED).kept is Stage.IN_FORCE
    assert agreement(CITED).in_force == held


def test_it_is_suspended_and_ended_by_both_sides_or_by_notice_and_not_by_one(
    here: Wexshire,
) -> None:
    on: dict[str, Any] = {"by": here.by, "on": here.at(SIGNED + 1)}
    varying.say_for_side(CITED, Verb.SUSPEND, agency="wex", reason="Floods", **on)
    assert agreement(CITED).kept is Stage.IN_FORCE
    with refused_by_the_database("both sides have to say so"):
        a_move(here, Verb.SUSPEND, SIGNED + 1)
    varying.say_for_side(CITED, Verb.SUSPEND, agency=DFE, reason="Floods", **on)
    assert agreement(CITED).kept is Stage.SUSPENDED
    for agency in (DFE, "icb"):
        varying.say_for_side(CITED, Verb.RESUME, agency=agency, reason="Dry again", **on)
    assert agreement(CITED).kept is Stage.IN_FORCE
    soon, later = (here.place.day(SIGNED + 1) + timedelta(days=n) for n in (90, 200))
    with pytest.raises(Refused, match="180 days"):
        varying.give_notice(CITED, agency=DFE, ends_on=soon, reason="Cuts", **on)
    varying.give_notice(CITED, agency=DFE, ends_on=later, reason="Cuts", **on)
    row = agreement(CITED)
    assert row.stage(later) is Stage.IN_FORCE
    assert row.stage(later + timedelta(days=1)) is Stage.ENDED
    with pytest.raises(Refused, match="has not ended"):
        varying.end(CITED, agency=DFE, reason="Cuts", **on)
