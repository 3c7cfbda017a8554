"""Bodies that decide, the rules they decide by, and who holds which office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from totalplace.decisions import models
from totalplace.decisions.definitions import reading as definitions
from totalplace.decisions.rules.bodies import (
    BodyKind,
    CallInWindow,
    Finance,
    Office,
    OwnRules,
    RuleSet,
    in_force,
)
from totalplace.decisions.rules.days import Counting, in_words
from totalplace.decisions.rules.taking_part import Held
from totalplace.places.rules.kinds import code_is_sound
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that decides, with the rules it was given from which days on."""

    id: int
    code: str
    agency: str
    agency_name: str
    agency_kind: str
    kind: BodyKind
    name: str
    rules: tuple[OwnRules, ...]

    def rules_on(self, day: date) -> OwnRules:
        """Its rules on a day. Raises Refused where it had none yet."""
        found = in_force(self.rules, on=day)
        if found is None:
            raise Refused(
                f"{self.name} cannot decide anything on {in_words(day)}",
                why="it is not said by which rules it decides on that day",
                next_step=f"Say it with: totalplace decisions set-rules {self.code}",
            )
        return found

    def law_on(self, day: date) -> RuleSet:
        """The law that it decides under on a day. Raises Refused where that is not said."""
        return definitions.rule_set(self.rules_on(day).rule_set)


def body(code: str) -> BodyRow:
    """The body of a code. Raises Refused where there is none."""
    row = _rows().filter(code=code).first() if code_is_sound(code) else None
    if row is None:
        raise Refused(
            f"There is no body {code}",
            why="none was set up under that code",
            next_step=f"Set it up with: totalplace decisions add-body {code}",
        )
    return body_row(row)


def bodies(agency: str = "") -> list[BodyRow]:
    """Every body, or those of one agency, by code."""
    rows = _rows().order_by("code")
    return [body_row(row) for row in (rows.filter(agency__code=agency) if agency else rows)]


def offices(agency: str, *, body: str = "") -> list[Held]:
    """Who was said to hold which office of an agency, or of one of its bodies, in order."""
    rows = models.OfficeHeld.objects.filter(agency__code=agency).order_by("pk")
    rows = rows.filter(body__code=body) if body else rows.filter(body__isnull=True)
    return [
        Held(Office(row.office), row.holder, row.first_day, row.last_day, row.deputy)
        for row in rows
    ]


def _rows() -> QuerySet[models.Body]:
    return models.Body.objects.select_related("agency").prefetch_related("rules")


def body_row(row: models.Body) -> BodyRow:
    """A body as others see it."""
    said = sorted(row.rules.all(), key=lambda rules: rules.pk)
    return BodyRow(
        id=row.pk,
        code=row.code,
        agency=row.agency.code,
        agency_name=row.agency.name,
        agency_kind=row.agency.kind,
        kind=BodyKind(row.kind),
        name=row.name,
        rules=tuple(map(_own_rules, said)),
    )


def _own_rules(row: models.BodyRules) -> OwnRules:
    window = None
    if row.call_in_days is not None and row.call_in_members is not None:
        window = CallInWindow(row.call_in_days, Counting(row.call_in_counting), row.call_in_members)
    return OwnRules(
        rule_set=row.rule_set,
        first_day=row.first_day,
        source=row.source,
        matters=frozenset(row.matters.split()),
        key_from_pence=row.key_from_pence,
        limit_pence=row.limit_pence,
        call_in=window,
        working_days=row.working_days,
        finance=Finance(row.finance),
    )
