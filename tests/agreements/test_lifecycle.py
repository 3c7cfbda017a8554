"""An agreement is signed only once it was heard, decided, and its place is ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from totalplace.agreements import models
from totalplace.agreements.actions import agreements, varying
from totalplace.agreements.queries.agreements import agreement, known, signed_file
from totalplace.agreements.rules.lifecycle import KEPT, MEMBERS, MOVES, Stage, Verb, after, verbs
from totalplace.agreements.signatures.verifying import verified
from totalplace.agreements.wording import digest_of, text_of
from totalplace.outcomes.queries.sets import targets
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from ..outcomes.place_made import DEFAULT  # noqa: TID252
from .agreement_made import (
    CITED,
    DECIDED,
    HEARD_TO,
    LAID,
    NOTED,
    SIGNED,
    Wexshire,
    a_variation,
    ten_per_cent_more,
    with_targets,
)
from .terms_made import DFE


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    """A place with adopted targets."""
    return with_targets(DEFAULT, tmp_path / "authority")


@contextmanager
def refused_by_the_database(said: str) -> Iterator[None]:
    """That the database refuses, whoever asks it."""
    with pytest.raises(DatabaseError, match=said), transaction.atomic():
        yield


def a_move(here: Wexshire, verb: Verb, on: int, **other: Any) -> None:
    """A move written past the actions, as by another program."""
    row = agreement(CITED)
    said: dict[str, Any] = {
        "agreement_id": row.id, "version_id": row.last.id, "turn": len(row.moves) + 1,
        "verb": verb.value, "before": row.kept.value, "after": after(row.kept, verb).value,
        "side": "place", "day": here.place.day(on), "reason": "Past the actions", "by": "Eve",
        "on": here.at(on),
    }  # fmt: skip
    models.AgreementMove.objects.create(**(said | other))


def test_it_goes_from_a_draft_into_force_by_hearing_decision_and_signatures(here: Wexshire) -> None:
    assert here.laid_open().kept is Stage.LAID_OPEN
    with pytest.raises(Refused, match="Nobody was heard on this"):
        here.decided(Citation("decision", "wex-council/1"), on=LAID + 1)
    with refused_by_the_database("nobody was heard on this"):
        a_move(here, Verb.DECIDE, LAID + 1, decision="wex-council/1")
    here.heard(here.hearing())
    with pytest.raises(Refused, match="no decision"):
        here.decided(Citation("decision", "wex-council/99"))
    assert here.decided(here.decision()).kept is Stage.DECIDED
    with pytest.raises(Refused, match="things are lacking"):
        here.opened()
    with refused_by_the_database("readiness|assessment|is needed"):
        a_move(here, Verb.OPEN_SIGNING, SIGNED)
    here.waived()
    assert here.opened().kept is Stage.SIGNING
    with pytest.raises(Refused, match="it is the turn of Wexshire Health Board"):
        here.signed("wex")
    with refused_by_the_database("not everybody has signed"):
        a_move(here, Verb.COME_INTO_FORCE, SIGNED)
    for agency in ("icb", DFE, "wex"):
        row = here.signed(agency)
    assert row.kept is Stage.IN_FORCE
    assert row.in_force == row.last
    check_signed(here)


def check_signed(here: Wexshire) -> None:
    """The file says who signed, the record has its digest, and the database keeps both."""
    row = agreement(CITED)
    file = signed_file(row, row.last.number)
    root = (here.folder / "root.pem").read_bytes()
    report = verified(file, roots=[der_of(root)], on=here.at(SIGNED, 15))
    assert report.valid
    assert report.text == row.last.text
    found = known(file, report.text)
    assert found.file == row.signatures[-1]
    assert found.version == row.last
    told = [entry.citing for entry in record.about(row.citation) if entry.verb == "signed"]
    assert len(told) == 3
    assert row.signatures[-1].file_digest in told[-1]
    assert row.last.digest in told[-1]
    with refused_by_the_database("never changed or erased|permission denied"):
        models.AgreementSignature.objects.update(name="Eve")
    with refused_by_the_database("never changed or erased|permission denied"):
        models.AgreementVersion.objects.update(text="Nothing is owed")


def der_of(pem: bytes) -> bytes:
    """A certificate as bytes."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def test_a_text_that_lacks_what_its_model_asks_for_is_not_laid_open(here: Wexshire) -> None:
    here.drafted(remedies=())
    with pytest.raises(Refused, match="what a broken promise costs"):
        agreements.lay_open(CITED, reason="Ready", by=here.by, on=here.at(LAID))


def test_a_text_is_revised_while_it_is_heard_only_as_an_answer_says(here: Wexshire) -> None:
    here.laid_open()
    number = here.hearing()
    changed = text_of(a_variation())
    on = here.at(HEARD_TO)
    with pytest.raises(Refused, match="no answer that says"):
        agreements.revise(CITED, changed, reason="A thought", by=here.by, on=on)
    row = agreement(CITED)
    with refused_by_the_database("no answer led to this version"):
        models.AgreementVersion.objects.create(
            agreement_id=row.id, number=len(row.versions) + 1, variation=0, side="place",
            text=changed,
            digest=digest_of(changed), reason="A thought", to_be_heard=True, needs_targets=True,
            by="Eve", on=on,
        )  # fmt: skip
    here.heard(number)
    assert here.decided(here.decision()).kept is Stage.DECIDED


def test_a_decision_of_an_officer_or_about_something_else_does_not_do(here: Wexshire) -> None:
    here.laid_open()
    here.heard(here.hearing())
    other = here.decision(Citation("targets", "wexshire/1"))
    with pytest.raises(Refused, match="that decision is about targets wexshire/1"):
        here.decided(other)
    with refused_by_the_database("the decision is about something else"):
        a_move(here, Verb.DECIDE, NOTED, decision=other.id)


def test_a_variation_needs_the_other_side_a_decision_and_every_signature(here: Wexshire) -> None:
    before = here.in_force().last
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
    held = here.in_force().in_force
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
    here.in_force()
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


def test_a_text_must_cite_the_targets_that_the_place_has_adopted(here: Wexshire) -> None:
    held = targets("wexshire")
    assert held is not None
    here.laid_open(targets=None)
    here.heard(here.hearing())
    here.decided(here.decision())
    here.waived()
    with pytest.raises(Refused, match="those in force are wexshire/1, version 1"):
        here.opened()
    with refused_by_the_database("does not cite targets"):
        a_move(here, Verb.OPEN_SIGNING, SIGNED)


def test_the_first_draft_cites_the_adopted_targets_with_their_baselines(here: Wexshire) -> None:
    wanted = agreements.Wanted("On school", "block-grant", "wex", (DFE,), (2027, 2029), ("icb",))
    row = agreements.draft("wexshire", wanted, by=here.by, on=here.at(LAID))
    terms = row.last.terms
    assert terms.targets is not None
    assert terms.targets.targets == "wexshire/1"
    assert [goal.baseline for goal in terms.goals] == [Decimal("12.3")]
    assert [turn.party for turn in terms.signing] == ["icb", DFE, "wex"]


def test_the_table_of_moves_leaves_no_stage_without_a_way_but_the_last() -> None:
    for stage in Stage:
        assert bool(verbs(stage)) == (stage not in (Stage.ENDED, Stage.WITHDRAWN))
    assert {verb for _, verb in MOVES} == set(Verb)
    assert set(KEPT) < set(Verb)
    with pytest.raises(Refused, match="it is a draft"):
        after(Stage.DRAFT, Verb.SIGN)


def test_the_database_knows_the_same_bodies_of_members() -> None:
    from totalplace.agreements.migrations import __path__ as where

    sql = (Path(next(iter(where))) / "0002_agreement.py").read_text()
    assert all(f"'{kind}'" in sql for kind in MEMBERS)
    assert "'officer'" not in sql
    assert DECIDED < NOTED
