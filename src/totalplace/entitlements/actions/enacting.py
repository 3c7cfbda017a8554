"""Enacting a version with notice, withdrawing a proposal, and repealing what is in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from totalplace.decisions.rules.days import in_words, local_day
from totalplace.entitlements import models
from totalplace.entitlements.actions.proposing import one_at_a_time
from totalplace.entitlements.definitions.reading import centre
from totalplace.entitlements.queries.guarantees import (
    GuaranteeRow,
    VersionRow,
    guarantee,
    version,
)
from totalplace.entitlements.queries.in_force import in_force
from totalplace.entitlements.rules.moves import (
    Shorter,
    Verb,
    after,
    check_few,
    check_notice,
    check_reason,
)
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.refusal import Refused


@transaction.atomic
def enact(
    citation: str, *, first_day: date, shorter: Shorter = Shorter.FULL, reason: str = "",
    why_more: str = "", by: Who, on: datetime,
) -> VersionRow:  # fmt: skip
    """Enact a version from a day, with notice; a later version takes the place of an earlier one.

    `shorter` and `reason` say why it needs less notice; `why_more` why one more guarantee is
    needed than are to be. Raises Refused for less notice without a reason, for one too many
    without a word, for a day before what was enacted already, and for what is not proposed.
    """
    one_at_a_time()
    row = version(citation)
    of = guarantee(row.code)
    power = places.power(by, Act.ENACT_ENTITLEMENT, agency=of.agency, on=on)
    after(row.stage, Verb.ENACT)
    today = local_day(on)
    notice = centre().notice_days
    opens = check_notice(
        first_day, today=today, notice_days=notice, shorter=shorter, reason=reason,
        law_from=row.rule.first_day,
    )  # fmt: skip
    _check_later(of, first_day)
    others = [one for one in in_force("", first_day) if one.code != row.code]
    check_few(len(others), centre().most, why_more)
    _move(
        row, Verb.ENACT, by=by, on=on, first_day=first_day, opens_on=opens,
        shorter=shorter.value, reason=reason.strip(), why_more=why_more.strip(),
    )  # fmt: skip
    verb = "enacted a change" if of.last_enacted else "enacted"
    said = f"in force from {first_day}"
    said += f"; {shorter}: {reason.strip()}" if shorter else ""
    said += f"; one more because {why_more.strip()}" if why_more.strip() else ""
    record.write(by.name, verb, about=row.citation, on=on, power=power, citing=said)
    return version(citation)


@transaction.atomic
def withdraw(citation: str, *, reason: str, by: Who, on: datetime) -> VersionRow:
    """Withdraw a version that was proposed. Raises Refused once it is enacted, or for no reason."""
    one_at_a_time()
    row = version(citation)
    agency = guarantee(row.code).agency
    power = places.power(by, Act.PROPOSE_ENTITLEMENT, agency=agency, on=on)
    after(row.stage, Verb.WITHDRAW)
    why = check_reason(reason, "withdraw")
    _move(row, Verb.WITHDRAW, by=by, on=on, reason=why)
    record.write(by.name, "withdrew", about=row.citation, on=on, power=power, citing=why)
    return version(citation)


@transaction.atomic
def repeal(
    code: str, *, first_day: date, reason: str, shorter: Shorter = Shorter.FULL, by: Who,
    on: datetime,
) -> VersionRow:  # fmt: skip
    """Repeal a guarantee: from a day on it is in force no more. The notice is as for enacting.

    Raises Refused where it is not enacted, for less notice unless it is urgent, and for a day
    before what was enacted already.
    """
    one_at_a_time()
    of = guarantee(code)
    power = places.power(by, Act.ENACT_ENTITLEMENT, agency=of.agency, on=on)
    row = of.last_enacted
    if row is None:
        raise Refused(
            f"'{of.latest.title}' cannot be repealed",
            why="it was never enacted",
            next_step="Withdraw the proposal instead",
        )
    after(row.stage, Verb.REPEAL)
    why = check_reason(reason, "repeal")
    opens = check_notice(
        first_day, today=local_day(on), notice_days=centre().notice_days, shorter=shorter,
        reason=why, law_from=row.rule.first_day,
    )  # fmt: skip
    _check_later(of, first_day)
    _move(
        row, Verb.REPEAL, by=by, on=on, first_day=first_day, opens_on=opens,
        shorter=shorter.value, reason=why,
    )  # fmt: skip
    said = f"no longer in force from {first_day}; {why}"
    record.write(by.name, "repealed", about=row.citation, on=on, power=power, citing=said)
    return version(row.citation.id)


def _check_later(of: GuaranteeRow, first_day: date) -> None:
    latest = max((event.first_day for event in of.events), default=None)
    if latest is not None and first_day < latest:
        raise Refused(
            f"It cannot begin on {in_words(first_day)}",
            why=f"something was enacted already that begins on {in_words(latest)}",
            next_step=f"Choose {in_words(latest)} or later",
        )


def _move(row: VersionRow, verb: Verb, *, by: Who, on: datetime, **said: Any) -> None:
    before = row.stage
    models.Move.objects.create(
        version_id=row.id, turn=len(row.moves) + 1, verb=verb.value, before=before.value,
        after=after(before, verb).value, day=local_day(on), by=by.name, on=on, **said,
    )  # fmt: skip
