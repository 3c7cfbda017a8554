"""An agreement is signed only once it was heard, decided, and its place is ready."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from totalplace.agreements import models
from totalplace.agreements.actions import agreements
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
    a_move,
    a_variation,
    refused_by_the_database,
    with_targets,
)
from .terms_made import DFE


@pytest.fixture
def here(db: None, tmp_path: Path) -> Wexshire:
    """A place with adopted targets."""
    return with_targets(DEFAULT, tmp_path / "authority")


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
