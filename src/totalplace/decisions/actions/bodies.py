"""Setting up the bodies that decide, the rules they decide by, and who holds their offices."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from totalplace.decisions import models
from totalplace.decisions.actions.moving import one_at_a_time
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.queries.bodies import BodyRow, body
from totalplace.decisions.rules.bodies import (
    BodyKind,
    Office,
    OwnRules,
    check_rules,
    matter_of,
)
from totalplace.decisions.rules.days import in_words
from totalplace.decisions.rules.taking_part import Held
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def add_body(code: str, *, agency: str, kind: str, name: str, by: Who, on: datetime) -> BodyRow:
    """Set up a body of an agency that decides, or return it where it is set up so already.

    Raises Refused for a code or kind that cannot be, and for a code that is another body's.
    """
    of = places.agency(agency)
    power = places.power(by, Act.SET_UP_BODY, agency=agency, on=on)
    if not code_is_sound(code) or kind not in list(BodyKind) or not name.strip():
        raise Refused(
            f"The body {code!r} cannot be set up",
            why="it needs a short code, a name, and a kind that is known",
            next_step=f"The kinds are {', '.join(BodyKind)}",
        )
    one_at_a_time()
    row = models.Body.objects.filter(code=code).first()
    if row is not None:
        if (row.agency_id, row.kind, row.name) != (of.id, kind, name.strip()):
            raise Refused(
                f"The body {code} cannot be set up",
                why=f"there is another of that code: {row.name}, {row.kind}",
                next_step="Choose another code",
            )
        return body(code)
    models.Body.objects.create(
        code=code, agency_id=of.id, kind=kind, name=name.strip(), by=by.name, on=on
    )
    about = Citation("body", code)
    record.write(by.name, "set up a body", about=about, on=on, power=power, citing=name.strip())
    return body(code)


@transaction.atomic
def set_rules(code: str, rules: OwnRules, *, by: Who, on: datetime) -> BodyRow:
    """Say by which rules a body decides from a day on; earlier ones stay for the days before.

    Raises Refused for rules that the law does not allow such a body, that do not say where they
    are written, or that would begin before something was done under others.
    """
    row = body(code)
    power = places.power(by, Act.SET_UP_BODY, agency=row.agency, on=on)
    law = definitions.rule_set(rules.rule_set)
    for matter in rules.matters:
        matter_of(matter, definitions.matters())
    check_rules(rules, row.kind, row.agency_kind, law)
    one_at_a_time()
    _check_not_backward(row, rules.first_day)
    window = rules.call_in
    models.BodyRules.objects.create(
        body_id=row.id,
        first_day=rules.first_day,
        rule_set=rules.rule_set,
        matters=" ".join(sorted(rules.matters)),
        key_from_pence=rules.key_from_pence,
        limit_pence=rules.limit_pence,
        call_in_days=window.days if window else None,
        call_in_counting=window.counting.value if window else "",
        call_in_members=window.members if window else None,
        working_days=rules.working_days,
        finance=rules.finance.value,
        source=rules.source.strip(),
        by=by.name,
        on=on,
    )
    said = f"from {rules.first_day}: {rules.source.strip()}"
    record.write(
        by.name, "set rules", about=Citation("body", code), on=on, power=power, citing=said
    )
    return body(code)


@transaction.atomic
def appoint(
    agency: str, held: Held, *, body_code: str = "", source: str, by: Who, on: datetime
) -> None:
    """Say who holds an office of an agency from a day on, or is a deputy in it until another.

    The decider is of a body: whoever decides for one that decides alone. A later holder takes the
    place of the one before; an empty name leaves the office vacant.
    Raises Refused for a deputy without a last day, days in the wrong order, and where it is not
    said by whom or by which minute they were appointed.
    """
    of = places.agency(agency)
    power = places.power(by, Act.SET_UP_BODY, agency=agency, on=on)
    _check_appointment(held, source)
    row = _body_of(agency, held, body_code)
    one_at_a_time()
    models.OfficeHeld.objects.create(
        agency_id=of.id, office=held.office.value, holder=held.holder.strip(), deputy=held.deputy,
        first_day=held.first_day, last_day=held.last_day, source=source.strip(), by=by.name, on=on,
        body_id=row.id if row else None,
    )  # fmt: skip
    verb = "appointed a deputy" if held.deputy else "appointed"
    days = f"{held.first_day} to {held.last_day or 'now'}"
    record.write(
        by.name, verb, on=on, power=power,
        about=Citation("body", row.code) if row else Citation("agency", agency),
        citing=f"{held.office.words}: {held.holder.strip() or 'vacant'}, {days}, {source.strip()}",
    )  # fmt: skip


def _check_not_backward(row: BodyRow, first_day: date) -> None:
    """Refuse rules for days on which something was done: they would change what it meant."""
    done = models.Move.objects.filter(decision__body_id=row.id, day__gte=first_day)
    last = done.order_by("-day").first()
    if last is not None:
        raise Refused(
            f"These rules cannot begin on {in_words(first_day)}",
            why=f"{row.name} acted under others on {in_words(last.day)}",
            next_step="Let them begin on a later day",
        )


def _body_of(agency: str, held: Held, code: str) -> BodyRow | None:
    """The body whose decider is appointed; None for an office of the agency."""
    what = f"Nobody can be appointed {held.office.words} so"
    if (held.office is Office.DECIDER) != bool(code):
        why = "a decider is of a body, and every other office of the agency"
        raise Refused(what, why=why, next_step="Name the body for a decider, and for no other")
    if not code:
        return None
    row = body(code)
    if row.agency != agency:
        why = f"{row.name} is a body of {row.agency}"
        raise Refused(what, why=why, next_step=f"Appoint for {row.agency}")
    return row


def _check_appointment(held: Held, source: str) -> None:
    what = f"Nobody can be appointed {held.office.words} so"
    if held.deputy and (held.last_day is None or not held.holder.strip()):
        raise Refused(what, why="a deputy acts until a day, and has a name", next_step="Give both")
    if held.last_day is not None and held.last_day < held.first_day:
        why = f"{held.last_day} is before {held.first_day}"
        raise Refused(what, why=why, next_step="Give the first day and then the last")
    if not source.strip():
        raise Refused(
            what,
            why="it is not said by whom or by which minute",
            next_step="Name the meeting or the standing order",
        )


def day_held(office: str, holder: str, first_day: date, *, last_day: date | None = None,
             deputy: bool = False) -> Held:  # fmt: skip
    """An office as it is said by a door. Raises Refused for one that is not known."""
    if office not in list(Office):
        raise Refused(
            f"{office!r} is no office here",
            why=f"the offices are {', '.join(Office)}",
            next_step="Choose one of them",
        )
    return Held(Office(office), holder, first_day, last_day, deputy)
