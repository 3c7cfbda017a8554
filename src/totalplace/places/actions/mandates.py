"""Appointing officers, granting them mandates and ending these, each on the record."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from totalplace.places import models
from totalplace.places.queries import membership
from totalplace.places.queries import who_may as queries
from totalplace.places.rules import mandates as rules
from totalplace.places.rules.mandates import Act, Mandate, Matter, Officer, Role, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}", re.IGNORECASE)


@transaction.atomic
def appoint(
    code: str,
    *,
    name: str,
    email: str = "",
    agency: str = "",
    place: str = "",
    by: Who,
    on: datetime,
) -> Officer:
    """Make an account for a person, who can do nothing yet, or return the one that they have.

    `agency` or `place` says for which the appointing administrator acts. Raises Refused for a code
    that cannot be, an e-mail address that is another's, or one who may not appoint.
    """
    power = queries.power(by, Act.APPOINT, agency=agency, place=place, on=on)
    _one_at_a_time()
    found = models.Officer.objects.filter(code__iexact=code).first()
    if found is not None:
        return queries.officer(found.code)
    _check_account(code, name, email)
    row = models.Officer.objects.create(
        code=code, name=name.strip(), email=email.strip(), password=make_password(None)
    )
    about = Citation("officer", row.code)
    record.write(by.name, "appointed an officer", about=about, on=on, power=power)
    return Officer(row.code, row.name)


@transaction.atomic
def retire(code: str, *, agency: str = "", place: str = "", by: Who, on: datetime) -> None:
    """Close an account: its mandates end, and it can sign in no more. Refused: there is none."""
    power = queries.power(by, Act.APPOINT, agency=agency, place=place, on=on)
    found = queries.officer(code)
    for held in queries.mandates(officer=found.code):
        if held.no_longer_from is None:
            end(held.number, reason="the officer has left", by=by, on=on)
    models.Officer.objects.filter(code=found.code).update(
        is_active=False, password=make_password(None)
    )
    about = Citation("officer", found.code)
    record.write(by.name, "retired an officer", about=about, on=on, power=power)


@transaction.atomic
def grant(
    to: str,
    role: Role,
    of: Matter,
    *,
    from_day: date | None = None,
    power: str,
    by: Who,
    on: datetime,
) -> Mandate:
    """Give an officer a role for an agency, a place, both, or everywhere, from a day (None: today).

    `power` is the law, scheme of delegation or letter that it rests on. Raises Refused for one who
    may not grant it, for a mandate to oneself, for a second role of an administrator, and for one
    that is held already.
    """
    whole = queries.power(by, Act.GRANT, agency=of.agency, place=of.place, on=on)
    officer = queries.officer(to)
    of_agency = membership.agency(of.agency) if of.agency else None
    of_place = membership.place(of.place) if of.place else None
    _one_at_a_time()
    first = from_day or on.date()
    held = queries.mandates(officer=officer.code)
    rules.check_grant(role, of, power, to=officer.code, by=by, held=held, from_day=first)
    row = models.Mandate.objects.create(
        officer=models.Officer.objects.get(code=officer.code),
        role=role.value,
        agency_id=of_agency.id if of_agency else None,
        place_id=of_place.id if of_place else None,
        first_day=first,
        power=power.strip(),
        by=by.name,
        on=on,
    )
    made = queries.mandate(row.pk)
    about = Citation("mandate", str(row.pk))
    said = f"{officer.code}: {made.role} of {made.scope} from {first}: {made.power}"
    record.write(by.name, "granted a mandate", about=about, on=on, power=whole, citing=said)
    return made


@transaction.atomic
def end(
    number: int, *, reason: str, no_longer_from: date | None = None, by: Who, on: datetime
) -> Mandate:
    """End a mandate from a day on, at once if none is said. Raises Refused where it has ended."""
    _one_at_a_time()
    found = queries.mandate(number)
    power = queries.power(by, Act.GRANT, agency=found.agency, place=found.place, on=on)
    day = no_longer_from or on.date()
    why = ""
    if found.no_longer_from is not None:
        why = f"it was ended from {found.no_longer_from} on"
    elif not reason.strip():
        why = "no reason is given"
    elif day < on.date():
        why = f"{day} is past, and acts may rest on it since"
    if why:
        raise Refused(
            f"Mandate {number} cannot be ended",
            why=why,
            next_step="Give a reason, and today or a later day, for one that still holds",
        )
    models.MandateEnd.objects.create(
        mandate_id=number, no_longer_from=day, reason=reason.strip(), by=by.name, on=on
    )
    about = Citation("mandate", str(number))
    said = f"{found.officer}: no longer {found.role} of {found.scope} from {day}: {reason.strip()}"
    record.write(by.name, "ended a mandate", about=about, on=on, power=power, citing=said)
    return queries.mandate(number)


def _check_account(code: str, name: str, email: str) -> None:
    why = ""
    if not _CODE.fullmatch(code):
        why = "a code has 2 to 64 letters, digits, dots, hyphens or an at sign"
    elif not name.strip():
        why = "their name is not said"
    elif email.strip() and models.Officer.objects.filter(email__iexact=email.strip()).exists():
        why = "another officer has that e-mail address, and accounts are never shared"
    if why:
        raise Refused(
            f"{code} cannot be appointed",
            why=why,
            next_step="Give a code, a name, and an e-mail address of their own",
        )


def _one_at_a_time() -> None:
    """Wait for other grants, until this transaction ends."""
    take_turn("totalplace.mandates")
