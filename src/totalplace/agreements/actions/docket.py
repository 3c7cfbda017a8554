"""Adding to the docket of changes of rules, and saying how one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from totalplace.agreements import models
from totalplace.agreements.actions.keeping import one_at_a_time, said
from totalplace.agreements.queries.keeping_docket import DocketRow, docket_item
from totalplace.agreements.queries.promises_texts import agreed
from totalplace.agreements.rules.docket import MOVES, Change, Mover, Verb, after
from totalplace.decisions.rules.days import local_day
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused

RAISED = "ask for a rule to be lifted"


@dataclass(frozen=True, slots=True)
class Raised:
    """A rule that stands in the way, as somebody asks for it to be lifted.

    `cost_pence` is of a year while it stands, with its source; None: not known.
    """

    title: str
    rule: str  # what it says and what it blocks
    change: Change
    owner: str  # the agency that is to see to it
    lifted_by: str  # who can lift it, and how
    heard: str  # who was heard, or why nobody was
    deadline: date | None = None
    cost_pence: int | None = None
    cost_source: str = ""
    agreement: str = ""
    promise: int | None = None
    clause: int | None = None  # the change of that number in the agreement's text


@transaction.atomic
def raise_item(place: str, new: Raised, *, agency: str, by: Who, on: datetime) -> DocketRow:
    """Ask, for an agency, that a rule be lifted. Either side may, of a rule of either.

    Raises Refused where it is not said what the rule blocks, who can lift it or who was heard, and
    for a cost without a source.
    """
    power = places.power(by, Act.KEEP_DOCKET, agency=agency, on=on)
    here, owner = places.place(place), places.agency(new.owner)
    what = "The rule cannot be put on the docket"
    for words in (new.title, new.rule, new.lifted_by, new.heard):
        said(words, what)
    if new.cost_pence is not None and (new.cost_pence < 0 or not new.cost_source.strip()):
        raise Refused(
            what,
            why="what it costs a year has no source, or is below nothing",
            next_step="Say where the sum is from, or leave it out: then it is not known",
        )
    one_at_a_time()
    number = models.DocketItem.objects.filter(place_id=here.id).count() + 1
    models.DocketItem.objects.create(
        place_id=here.id, number=number, change=new.change.value, title=new.title.strip()[:300],
        rule=new.rule.strip(), owner_id=owner.id, asker_id=places.agency(agency).id,
        lifted_by=new.lifted_by.strip(), heard=new.heard.strip(), deadline=new.deadline,
        cost_pence=new.cost_pence, cost_source=new.cost_source.strip(), agreement=new.agreement,
        promise=new.promise, clause=new.clause, day=local_day(on), by=by.name, on=on,
    )  # fmt: skip
    made = docket_item(place, number)
    record.write(by.name, RAISED, about=made.citation, on=on, power=power, citing=new.title.strip())
    return made


@transaction.atomic
def raise_changes(agreement: str, *, agency: str, by: Who, on: datetime) -> list[DocketRow]:
    """Put on the docket every change of rules of an agreement's text that is not there yet."""
    place = agreement.partition("/")[0]
    found = [one for one in agreed(place) if one.citation == agreement]
    if not found:
        raise Refused(
            f"There is no agreement {agreement} in force",
            why="none of that number was signed by all",
            next_step="Choose one from the list of agreements",
        )
    there = models.DocketItem.objects.filter(agreement=agreement, clause__isnull=False)
    known = set(there.values_list("clause", flat=True))
    return [
        raise_item(
            place,
            Raised(
                change.rule.partition(";")[0], change.rule, Change.REGULATORY, change.owner,
                change.lifted_by, change.heard, change.due, change.cost_pence,
                "" if change.cost_pence is None else f"agreement {agreement}, change "
                f"{change.number}", agreement, None, change.number,
            ),
            agency=agency, by=by, on=on,
        )
        for change in found[0].terms.changes
        if change.number not in known
    ]  # fmt: skip


@transaction.atomic
def move_item(
    place: str, number: int, verb: Verb, *, reason: str, evidence: str = "", by: Who, on: datetime
) -> DocketRow:
    """Accept, refuse, begin or finish lifting a rule; or ask again, or say it is needed no more.

    Whoever is to see to it answers; whoever asked may ask again or let it go. A rule is lifted only
    with the instrument that did it. Raises Refused for a move that there is not.
    """
    one_at_a_time()
    row = docket_item(place, number)
    _, mover = MOVES.get((row.stage, verb), (None, Mover.OWNER))
    agency = row.owner if mover is Mover.OWNER else row.asker
    power = places.power(by, Act.KEEP_DOCKET, agency=agency, on=on)
    following = after(row.stage, verb, evidence=evidence, reason=reason)
    models.DocketMove.objects.create(
        item_id=row.id, turn=len(row.moves) + 1, verb=verb.value, before=row.stage.value,
        after=following.value, day=local_day(on), reason=reason.strip(), evidence=evidence.strip(),
        by=by.name, on=on,
    )  # fmt: skip
    record.write(
        by.name, verb.value, about=row.citation, on=on, power=power,
        citing=" ".join(filter(None, (evidence.strip(), reason.strip()))),
    )  # fmt: skip
    return docket_item(place, number)
