"""What every act on an agreement does: open it for one writer, write a version, make a move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from totalplace import refusal
from totalplace.agreements import models
from totalplace.agreements.queries.agreements import AgreementRow, VersionRow, agreement
from totalplace.agreements.queries.agreements_lacking import needs_targets
from totalplace.agreements.rules.checklist import stakes
from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.lifecycle import Verb, after
from totalplace.agreements.rules.terms import Terms
from totalplace.agreements.wording import digest_of, text_of
from totalplace.decisions.rules.days import local_day
from totalplace.participation.rules.gate import Lack
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.readiness import queries as readiness
from totalplace.record import actions as record
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Opened:
    """An agreement that nobody else acts on meanwhile, and under which power it is acted on."""

    row: AgreementRow
    side: Side
    day: date
    by: Who
    on: datetime
    power: str


@dataclass(frozen=True, slots=True)
class Written:
    """A version to be written: why, out of which answer, and of which variation."""

    reason: str
    because: int | None = None
    variation: int = 0
    to_be_heard: bool = True


def one_at_a_time() -> None:
    """Wait for other writers of agreements, until this transaction ends."""
    take_turn("totalplace.agreement")


def opened_by_place(citation: str, *, by: Who, on: datetime) -> Opened:
    """An agreement to act on for the place. Raises Refused where there is none, or they may not."""
    one_at_a_time()
    row = agreement(citation)
    power = places.power(by, Act.KEEP_AGREEMENT, place=row.place, on=on)
    return Opened(row, Side.PLACE, local_day(on), by, on, power)


def opened_by(citation: str, agency: str, *, by: Who, on: datetime) -> Opened:
    """An agreement to act on for the side of a party, by its agency.

    Raises Refused where it is no party, or they may not act for that side.
    """
    row = agreement(citation)
    held = row.in_force or row.last
    side = held.terms.side_of(agency)
    if side is None:
        raise Refused(
            f"{agency} cannot act on agreement {citation}",
            why=f"it is no party; the parties are {', '.join(held.terms.names)}",
            next_step="Name a party",
        )
    if side is Side.PLACE:
        return opened_by_place(citation, by=by, on=on)
    one_at_a_time()
    power = places.power(by, Act.NEGOTIATE_FOR_CENTRE, agency=agency, on=on)
    return Opened(agreement(citation), side, local_day(on), by, on, power)


def move(
    this: Opened,
    verb: Verb,
    version: VersionRow,
    *,
    reason: str,
    decision: str = "",
    citing: str = "",
) -> AgreementRow:
    """Make a move and put it on the record. Raises Refused for a move that there is not."""
    before = this.row.kept
    following = after(before, verb)
    models.AgreementMove.objects.create(
        agreement_id=this.row.id, version_id=version.id, turn=len(this.row.moves) + 1,
        verb=verb.value, before=before.value, after=following.value, side=this.side.value,
        day=this.day, decision=decision, reason=said_reason(reason), by=this.by.name, on=this.on,
    )  # fmt: skip
    told = f"version {version.number}, text {version.digest}"
    write(this, verb.value, citing="; ".join(filter(None, (reason.strip(), told, citing))))
    return agreement(this.row.citation.id)


def write(this: Opened, verb: str, *, citing: str) -> None:
    """Put an act about an agreement on the record."""
    record.write(
        this.by.name, verb, about=this.row.citation, on=this.on, power=this.power, citing=citing
    )


def write_version(this: Opened, terms: Terms, written: Written) -> AgreementRow:
    """Keep a version of the text with its parties, and give the agreement as it then is."""
    row, text = this.row, text_of(terms)
    version = models.AgreementVersion.objects.create(
        agreement_id=row.id, number=len(row.versions) + 1, variation=written.variation,
        side=this.side.value, text=text, digest=digest_of(text), because=written.because,
        reason=said_reason(written.reason), to_be_heard=written.to_be_heard,
        targets=terms.targets.targets if terms.targets else "", needs_targets=needs_targets(row),
        needs=readiness.needs_text(row.model.needs),
        last_day=terms.duration.last if terms.duration else None,
        notice_days=terms.termination.notice_days if terms.termination else None,
        by=this.by.name, on=this.on,
    )  # fmt: skip
    turns = {one.party: one.number for one in terms.signing}
    staked = {one.agency for one in stakes(terms)}
    models.AgreementParty.objects.bulk_create(
        models.AgreementParty(
            version=version, agency_id=places.agency(party.agency).id, name=party.name,
            side=party.side.value, accountable=party.accountable, turn=turns.get(party.agency),
            stake=party.agency in staked,
        )
        for party in terms.parties
    )  # fmt: skip
    return agreement(row.citation.id)


def said_reason(reason: str) -> str:
    """A reason, or Refused where none is given."""
    return refusal.said_reason(reason, "Nothing was done to the agreement")


def check_stage(row: AgreementRow, verb: Verb) -> None:
    """Raise Refused where this is not the time for a verb, before anything else is asked."""
    after(row.kept, verb)


def refuse_lacks(lacks: list[Lack]) -> None:
    """Raise Refused with the first of what is lacking, and how much more there is."""
    if lacks:
        first, more = lacks[0], len(lacks) - 1
        thing = "thing is" if more == 1 else "things are"
        and_more = f" (and {more} more {thing} lacking)" if more else ""
        raise Refused(first.what, why=f"{first.why}{and_more}", next_step=first.next_step)
