"""From a joint assessment to an agreement that everybody has signed, and a year of its book."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from django.db import transaction

from totalplace.agreements.actions import agreements, booking
from totalplace.agreements.queries.agreements import AgreementRow, affected_agencies, agreement
from totalplace.agreements.rules import terms as t
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.wording import text_of
from totalplace.decisions.rules.proposals import Proposal
from totalplace.example_place.agreed import pool, ready
from totalplace.example_place.agreed.bargain import bargain, first_year
from totalplace.example_place.days import Course
from totalplace.example_place.deciding import (
    Paper,
    conclude_unanswered,
    decide,
    open_hearing,
)
from totalplace.example_place.heard.tables import COUNTY
from totalplace.example_place.naming import ABSENCE, HOST, PLACE, TARGETS
from totalplace.outcomes.queries import target_set
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
from totalplace.places.rules.mandates import Who
from totalplace.record.rules.chain import Citation

CITED: Final = f"{PLACE}/1"
ABOUT: Final = Citation("agreement", CITED)
_DRAFTED, _LAID, _OPENED, _LAST, _CONCLUDED, _NOTICED, _TAKEN, _NOTED = (
    160, 150, 148, 75, 70, 60, 19, 5,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Agreed:
    """What came of it."""

    differed: int  # areas in which the two sides had scored otherwise
    agreement: AgreementRow
    signed: bool  # not where nothing is installed to sign with
    pool: pool.Told


def agree(*, home: Path, edition: str, by: Who, on: datetime) -> Agreed:
    """Be judged ready, bargain, enter an agreement as it was heard and decided, and keep a book.

    The certificates of the TEST authority are kept in `home`. Raises Refused where the
    rules do. Stopped half-way, nothing of it is kept.
    """
    with transaction.atomic():
        course = Course(by, on)
        differed = ready.judge(course)
        negotiation = bargain(course, edition=edition)
        _enter(course, negotiation)
        signs = find_spec("pyhanko") is not None and find_spec("weasyprint") is not None
        if signs:
            _sign(course, home)
            booking.open_book(CITED, by=by, on=on)
        return Agreed(differed, agreement(CITED), signs, pool.keep(course))


def _enter(course: Course, negotiation: int) -> None:
    by = course.by
    row = agreements.draft_from_offer(negotiation, by=by, on=course.at(_DRAFTED))
    terms = _whole(row.last.terms, first_year(course))
    agreements.write_text(
        CITED, text_of(terms), reason="All that the model asks for", by=by,
        on=course.at(_DRAFTED, 15),
    )  # fmt: skip
    agreements.lay_open(CITED, reason="Ready to be heard", by=by, on=course.at(_LAID))
    _hear(course)
    decision = _decide(course)
    agreements.decided(
        CITED, decision, reason="As the council decided", by=by, on=course.at(_NOTED)
    )
    agreements.open_signing(CITED, reason="The targets are adopted", by=by, on=course.now)


def _whole(terms: t.Terms, first: int) -> t.Terms:
    """The first draft with what no offer says."""
    remedy = {"period": t.Period.WEEK, "per_cent": Decimal(1), "cap_pence": 250_000_00}
    return replace(
        terms,
        aims=(t.Words("Every child in Wexshire is at school, and learns."),),
        targets=t.TargetsCited(TARGETS, _version()),
        goals=(_goal(first),),
        governance=(t.Words("A programme board of all parties meets every month in public."),),
        flexibility=(
            t.Flexibility(t.Freedom.MOVE, Decimal(10)), t.Flexibility(t.Freedom.NO_CAPITAL),
        ),
        risk_share=t.RiskShare(t.Sharing.BY_CONTRIBUTION, t.Unspent.NON_RECURRENT),
        changes=(
            t.Change(
                1, "dhsc", "Data of attendance may not be shared with school nurses.",
                "the Secretary of State, by regulations", date(first, 9, 30),
                "head teachers and the health board", 240_000_00,
            ),
        ),
        review=t.Review(12, date(first + 1, 3, 31)),
        variation=t.Variation(28),
        breach=t.Breach(28),
        ladder=(
            t.Rung(1, "officials of both sides", 20), t.Rung(2, "the programme board", 20),
            t.Rung(3, "ministers and leaders", 30), t.Rung(4, "an independent adjudicator", 60),
        ),
        remedies=(t.Remedy(Side.PLACE, **remedy), t.Remedy(Side.CENTRE, **remedy)),  # type: ignore[arg-type]
        duration=t.Duration(date(first, 4, 1), date(first + 3, 3, 31)),
        termination=t.Termination(180),
        signing=tuple(
            t.Turn(n, code) for n, code in enumerate(_order(terms), start=1)
        ),
    )  # fmt: skip


def _order(terms: t.Terms) -> list[str]:
    """Who signs after whom: the departments, then partners, last whoever answers for the money."""
    centre = [party.agency for party in terms.of_side(Side.CENTRE)]
    place = [party.agency for party in terms.of_side(Side.PLACE) if not party.accountable]
    return [*centre, *place, HOST]


def _version() -> int:
    last = target_set(TARGETS).last
    return last.number if last else 1


def _goal(first: int) -> t.Goal:
    last = target_set(TARGETS).last
    target = next(one for one in last.targets if one.outcome.indicator == ABSENCE) if last else None
    step = target.steps[-1] if target else None
    return t.Goal(
        ABSENCE, COUNTY[0], "Pupils who miss a tenth of school or more", "%",
        step.value if step else Decimal(13), step.day if step else date(first + 3, 3, 31),
        Decimal("19.6"), "2024/25",
    )  # fmt: skip


def _hear(course: Course) -> None:
    draft = Draft(
        Question(
            "The agreement with the centre", "Is this the right bargain for Wexshire?",
            "All of its terms", "Nothing",
        ),
        Alternatives(
            (Alternative("No agreement", "Nobody is bound, and each grant keeps its own rules"),),
            "Both sides can keep it",
        ),
        Reasons(
            "Promises of both sides bind for three years",
            (Effect("children who miss school", "fewer do", 5_900_000_00),),
        ),
        Equality(dict.fromkeys(characteristics(), "none known; asked about in the answers")),
        when=When(
            course.day(_OPENED), course.day(_LAST),
            why_shorter="It was held beside the hearing on the targets that it rests on",
        ),
    )  # fmt: skip
    paper = Paper("The text", "agreement.txt", agreement(CITED).last.text)
    number = open_hearing(course, ABOUT, draft, paper, affected_agencies(ABOUT))
    conclude_unanswered(course, number, _CONCLUDED)


def _decide(course: Course) -> Citation:
    proposal = Proposal(
        "Enter the agreement with the centre", "To enter the agreement as it was laid open",
        "policy-framework", course.day(_TAKEN), 0, 0, about=ABOUT,
    )  # fmt: skip
    because = "Both sides are bound, and the place has its own targets"
    return decide(course, proposal, because, noticed=_NOTICED, taken=_TAKEN)


def _sign(course: Course, home: Path) -> None:
    """Everybody signs today, with certificates of a TEST authority that is made here."""
    from totalplace.agreements.actions import signing
    from totalplace.agreements.signatures.signing import by_test_authority
    from totalplace.agreements.signatures.trusted import own_test_authority

    known = own_test_authority(home, on=course.now)
    for turn in agreement(CITED).last.terms.signing:
        credentials = by_test_authority(known, "A made-up signatory", turn.party, on=course.now)
        signing.sign(CITED, turn.party, credentials=credentials, by=course.by, on=course.now)
