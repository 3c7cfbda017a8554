"""An agreement that is drafted, laid open, heard, decided and signed, by real acts on days."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from totalplace.agreements import models
from totalplace.agreements.actions import agreements, signing
from totalplace.agreements.queries.agreements import AgreementRow, affected_agencies, agreement
from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import Verb, after
from totalplace.agreements.signatures import authority
from totalplace.agreements.signatures.signing import by_test_authority
from totalplace.agreements.wording import text_of
from totalplace.decisions import actions as decisions
from totalplace.decisions.rules.proposals import Proposal, Taking
from totalplace.participation import actions as hearings
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules.drafts import (
    Alternative,
    Alternatives,
    Draft,
    Effect,
    Equality,
    Question,
    Reasons,
    When,
)
from totalplace.places import actions as places
from totalplace.places.rules.mandates import Who
from totalplace.readiness import actions as readiness
from totalplace.record.rules.chain import Citation

# One builder of a place with adopted targets serves the tests of targets and these.
from ..outcomes.place_made import ADA, CONCLUDED, TAKEN, WexshirePlace, begun  # noqa: TID252
from ..outcomes.targets_made import a_wanted  # noqa: TID252
from .terms_made import DFE, some_terms

CITED = "wexshire/1"
ABOUT = Citation("agreement", CITED)
# Days from the first day of the place; its targets are adopted on day 175.
DRAFTED, LAID, HEARD_FROM, HEARD_TO, ENDED, DECIDED, NOTED, SIGNED = (
    176, 177, 178, 192, 193, 220, 225, 226
)  # fmt: skip
DAYS = SIGNED + 10  # that the place has to be old


@dataclass(frozen=True)
class Wexshire:
    """The place, and what is done there about its agreement."""

    place: WexshirePlace
    folder: Path

    @property
    def by(self) -> Who:
        return self.place.by

    def at(self, days: int, hour: int = 12) -> datetime:
        return self.place.at(days, hour)

    def drafted(self, **other: Any) -> AgreementRow:
        """A draft whose text says all that its model asks for."""
        wanted = agreements.Wanted(
            "The Wexshire agreement on school", other.pop("model", "block-grant"), "wex", (DFE,),
            (2027, 2029), ("icb",),
        )  # fmt: skip
        agreements.draft("wexshire", wanted, by=self.by, on=self.at(DRAFTED))
        return self.written(**other)

    def written(self, *, on: int = DRAFTED, **other: Any) -> AgreementRow:
        return agreements.write_text(
            CITED, self.text(**other), reason="As the officers agreed", by=self.by,
            on=self.at(on, 13),
        )  # fmt: skip

    def text(self, **other: Any) -> str:
        """The text with the entitlements that the model asks for."""
        said = {"entitlements": (t.Attached("school-place", 1),)} | other
        return text_of(some_terms(**said))

    def laid_open(self, **other: Any) -> AgreementRow:
        self.drafted(**other)
        return agreements.lay_open(CITED, reason="Ready", by=self.by, on=self.at(LAID))

    def hearing(self, about: Citation = ABOUT, *, since: int = 0) -> int:
        """A hearing of the shortest time, opened, which asks whoever has a stake."""
        first, last = self.place.day(HEARD_FROM + since), self.place.day(HEARD_TO + since)
        draft = Draft(
            Question("The agreement", "Is it the right one?", "All of it", "Nothing"),
            Alternatives((Alternative("None", "Nothing is bound"),), "It is feasible"),
            Reasons("Promises of both sides", (Effect("children", "they learn more"),)),
            Equality(dict.fromkeys(characteristics(), "none, because all are served alike")),
            when=When(first, last, why_shorter="It follows targets that were heard at length"),
        )
        number = hearings.begin(
            about, place="wexshire", agency="wex", draft=draft, by=self.by,
            on=self.at(HEARD_FROM + since, 8),
        ).number  # fmt: skip
        hearings.add_paper(
            number, "The text", file_name="agreement.txt", content=b"The text", by=self.by,
            on=self.at(HEARD_FROM + since, 8),
        )  # fmt: skip
        hearings.open_hearing(
            number, affected=affected_agencies(about), by=self.by, on=self.at(HEARD_FROM + since, 9)
        )
        return number

    def heard(self, number: int, *, since: int = 0) -> None:
        on = self.at(ENDED + since)
        for part in ("partnership", "public"):
            hearings.finish_part(number, part, "Nobody of it said anything.", by=self.by, on=on)
        hearings.conclude(number, reason="All was answered", by=self.by, on=on)

    def decision(
        self, about: Citation = ABOUT, *, body: str = "wex-council", on: int = DECIDED
    ) -> Citation:
        proposal = Proposal(
            "Enter the agreement", "To enter the agreement with the centre", "policy-framework",
            self.place.day(on), 0, 0, about=about,
        )  # fmt: skip
        row = decisions.propose(body, proposal, by=self.by, on=self.at(on - 40))
        decisions.give_notice(row.citation.id, by=self.by, on=self.at(on - 40))
        taking = Taking("It is the right one", ["Cllr Ann Lee"])
        decisions.take(row.citation.id, taking, by=self.by, on=self.at(on))
        return row.citation

    def decided(self, decision: Citation, *, on: int = NOTED) -> AgreementRow:
        return agreements.decided(
            CITED, decision, reason="As the council decided", by=self.by, on=self.at(on)
        )

    def waived(self) -> None:
        """Both sides waive whatever readiness its model needs."""
        needs = agreement(CITED).model.needs
        until = self.place.day(DAYS + 60)
        for need, level in needs.items():
            said = readiness.WaiverSaid(need, level, DFE, "The place begins with less", until)
            row = readiness.offer_waiver(
                "wexshire", said, side=Side.PLACE, by=self.by, on=self.at(NOTED)
            )
            readiness.agree_waiver(
                row.citation.id, side=Side.CENTRE, reason="We help it on", by=self.by,
                on=self.at(NOTED, 13),
            )  # fmt: skip

    def opened(self, *, on: int = SIGNED) -> AgreementRow:
        return agreements.open_signing(CITED, reason="Decided", by=self.by, on=self.at(on))

    def to_sign(self) -> AgreementRow:
        """An agreement that was heard and decided, open for signing."""
        self.laid_open()
        self.heard(self.hearing())
        self.decided(self.decision())
        self.waived()
        return self.opened()

    def signed(self, agency: str, *, on: int = SIGNED, by: Who | None = None) -> AgreementRow:
        at = self.at(on, 14)
        known = authority.kept(self.folder, on=self.at(0))
        return signing.sign(
            CITED, agency, credentials=by_test_authority(known, "Ann Lee", agency, on=at),
            by=by or self.by, on=at,
        )  # fmt: skip

    def in_force(self) -> AgreementRow:
        """An agreement that everybody signed."""
        self.to_sign()
        for agency in ("icb", DFE, "wex"):
            self.signed(agency)
        return agreement(CITED)


def with_targets(base: date, folder: Path, *, by: Who = ADA) -> Wexshire:
    """The place with adopted targets, its department, and nothing agreed yet."""
    here = begun(base, by=by)
    places.register_agency(DFE, name="Department for School", kind="department", by=by,
                           on=here.at(0))  # fmt: skip
    here.heard([a_wanted()])
    here.adopted(here.decided())
    assert TAKEN > CONCLUDED
    return Wexshire(here, folder)


def first_day(today: date) -> date:
    """The first day of a place whose agreement may be signed by a day."""
    return today - timedelta(days=DAYS)


def a_variation(**other: Any) -> t.Terms:
    """The terms with the second promise due a month later, and whatever else is said."""
    said = some_terms(entitlements=(t.Attached("school-place", 1),))
    first, second = said.promises
    later = replace(second, due=second.due + timedelta(days=31))
    return replace(said, promises=(first, later), **other)


def ten_per_cent_more() -> t.Terms:
    """A variation that changes money: a tenth more of each contribution."""
    said = a_variation()
    more = tuple(
        replace(one, pence=int(one.pence * Decimal("1.1"))) for one in said.contributions
        if one.pence is not None
    )  # fmt: skip
    return replace(said, contributions=more)


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
