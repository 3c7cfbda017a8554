"""Registering agencies and places, and which agency is a member of which place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from totalplace.places import models
from totalplace.places.queries import membership as queries
from totalplace.places.queries import who_may
from totalplace.places.queries.membership import AgencyRow, PlaceRow
from totalplace.places.rules.kinds import AgencyKind, code_is_sound, gss_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@transaction.atomic
def register_agency(
    code: str, *, name: str = "", kind: str = "unknown", gss: str = "", by: Who, on: datetime
) -> AgencyRow:
    """Register a public body under a code, or return the one that is; what was unsaid is filled in.

    Raises Refused for a code, kind or GSS code that cannot be, and where the body is registered
    with another kind or GSS code than said.
    """
    power = who_may.power(by, Act.REGISTER, agency=code, on=on)
    _check_code(code)
    said = _said_of_agency(name, kind, gss)
    row, is_new = models.Agency.objects.get_or_create(
        code=code, defaults={"name": said.get("name", code), **said}
    )
    if is_new:
        about = Citation("agency", code)
        record.write(by.name, "registered", about=about, on=on, power=power, citing=row.name)
    elif said:
        told = _fill_in(models.Agency.objects.select_for_update().get(pk=row.pk), said)
        if told:
            about = Citation("agency", code)
            record.write(by.name, "described", about=about, on=on, power=power, citing=told)
    return queries.agency(code)


@transaction.atomic
def register_place(code: str, *, name: str = "", by: Who, on: datetime) -> PlaceRow:
    """Register a locality under a code, or return the one that is. Refused: an unsound code."""
    power = who_may.power(by, Act.REGISTER, place=code, on=on)
    _check_code(code)
    row, is_new = models.Place.objects.get_or_create(code=code, defaults={"name": name or code})
    if is_new:
        about = Citation("place", code)
        record.write(by.name, "registered", about=about, on=on, power=power, citing=row.name)
    return queries.place(code)


@transaction.atomic
def join_place(
    place: str,
    agency: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    by: Who,
    on: datetime,
) -> None:
    """Make an agency a member of a place from a day (None: always) until a day (None: still).

    Saying the same again changes nothing. Raises Refused where either is not registered, where
    the days are in the wrong order, or where it is a member on some of those days already.
    """
    power = who_may.power(by, Act.REGISTER, agency=agency, place=place, on=on)
    if first_day and last_day and last_day < first_day:
        raise Refused(
            f"{agency} cannot join {place}",
            why=f"{last_day} is before {first_day}",
            next_step="Give the first day and then the last",
        )
    ids = {"place_id": queries.place(place).id, "agency_id": queries.agency(agency).id}
    said = {**ids, "first_day": first_day, "last_day": last_day}
    if models.Member.objects.filter(**said).exists():
        return
    try:
        with transaction.atomic():
            models.Member.objects.create(**said)
    except IntegrityError as error:
        raise Refused(
            f"{agency} cannot join {place}",
            why="it is a member on some of those days already",
            next_step=f"See the members with: totalplace places show {place}",
        ) from error
    said_so = f"agency {agency}, {first_day or 'always'} to {last_day or 'now'}"
    record.write(
        by.name, "took in a member", about=Citation("place", place), on=on, power=power,
        citing=said_so,
    )  # fmt: skip


def _check_code(code: str) -> None:
    if not code_is_sound(code):
        raise Refused(
            f"{code!r} cannot be a code",
            why="a code is letters, digits, dots, dashes and underscores, at most 64 of them",
            next_step="Choose a short code, such as wexshire-council",
        )


def _said_of_agency(name: str, kind: str, gss: str) -> dict[str, Any]:
    if kind not in list(AgencyKind):
        raise Refused(
            f"{kind!r} is no kind of agency",
            why=f"the kinds are {', '.join(AgencyKind)}",
            next_step="Choose one of them",
        )
    if gss and not gss_is_sound(gss):
        raise Refused(
            f"{gss!r} is no GSS code",
            why="a GSS code is a letter and eight digits",
            next_step="Look it up in the register of the Office for National Statistics",
        )
    said = {"name": name.strip(), "kind": "" if kind == AgencyKind.UNKNOWN else kind, "gss": gss}
    return {what: value for what, value in said.items() if value}


def _fill_in(row: models.Agency, said: dict[str, Any]) -> str:
    """Take on what was not known before, and tell it; nothing said is overwritten."""
    unsaid = {"name": row.code, "kind": AgencyKind.UNKNOWN.value, "gss": ""}
    new = {what: value for what, value in said.items() if getattr(row, what) != value}
    for what, value in new.items():
        before = getattr(row, what)
        if before != unsaid[what]:
            raise Refused(
                f"{row.code} cannot be given the {what} {value}",
                why=f"it is registered with the {what} {before}",
                next_step="Register the other body under a code of its own",
            )
        setattr(row, what, value)
    if new:
        row.save(update_fields=list(new))
    return ", ".join(f"{what} {value}" for what, value in new.items())
