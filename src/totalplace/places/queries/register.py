"""The register as it stands: the shipped one and every file that was loaded, made into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from totalplace.places import models, shipped
from totalplace.places.definitions import register as definitions
from totalplace.places.rules.kinds import AgencyKind
from totalplace.places.rules.register.facts import (
    Change,
    Cover,
    Entry,
    Facts,
    NameForm,
    Source,
    Value,
)
from totalplace.places.rules.register.whole import Register, build


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source of the register: what it is, who publishes it, which year it describes.

    The shipped one has no file, digest or day of loading.
    """

    title: str
    publisher: str
    licence: str
    file_name: str
    digest: str
    year: int | None
    loaded_on: datetime | None


def sources() -> list[SourceRow]:
    """Every source in force, the shipped one first and then as they were loaded."""
    told = [
        SourceRow(s.title, s.publisher, "OGL v3.0", "", "", s.year, None)
        for s in shipped.facts().sources
    ]
    return told + [
        SourceRow(
            row.title, row.publisher, row.licence, row.file_name, row.digest, row.year,
            row.loaded_on,
        )
        for row in _in_force()
    ]  # fmt: skip


def register() -> Register:
    """The register. It is made once for the same sources, in some tenths of a second."""
    rows = _in_force()
    return _made(tuple((row.pk, row.digest, row.recipe_digest, row.year) for row in rows))


def _in_force() -> list[models.RegisterSource]:
    return list(models.RegisterSource.objects.filter(replaced_on__isnull=True).order_by("pk"))


@lru_cache(maxsize=2)
def _made(stands: tuple[tuple[int, str, str, int | None], ...]) -> Register:
    loaded = _facts([number for number, *_ in stands])
    return build(shipped.facts() + loaded, definitions.measures())


def _facts(numbers: Sequence[int]) -> Facts:
    rows = models.RegisterSource.objects.filter(pk__in=numbers).order_by("pk")
    told = tuple(
        Source(row.pk, row.recipe, row.title, row.publisher, row.file_name, row.year)
        for row in rows
    )
    if not told:
        return Facts()
    return Facts(
        told, _entries(numbers), _changes(numbers), _covers(numbers), _values(numbers)
    )  # fmt: skip


def _entries(numbers: Sequence[int]) -> tuple[Entry, ...]:
    codes: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for entry, code, former in models.BodyCode.objects.filter(
        entry__source__in=numbers
    ).order_by("pk").values_list("entry_id", "code", "former"):  # fmt: skip
        codes[entry].append((code, former))
    names: dict[int, list[tuple[str, NameForm]]] = defaultdict(list)
    for entry, name, form in models.BodyName.objects.filter(
        entry__source__in=numbers
    ).order_by("pk").values_list("entry_id", "name", "form"):  # fmt: skip
        names[entry].append((name, NameForm(form)))
    kinds = {kind.value: kind for kind in AgencyKind}
    rows = models.BodyEntry.objects.filter(source__in=numbers).order_by("pk")
    return tuple(
        Entry(
            source, line, kinds[kind],
            tuple(code for code, former in codes[pk] if not former), tuple(names[pk]),
            tuple(code for code, former in codes[pk] if former), first, last,
        )
        for pk, source, line, kind, first, last in rows.values_list(
            "pk", "source_id", "line", "kind", "first_day", "last_day"
        )
    )  # fmt: skip


def _changes(numbers: Sequence[int]) -> tuple[Change, ...]:
    rows = models.AreaChange.objects.filter(source__in=numbers).order_by("pk")
    return tuple(
        Change(*row) for row in rows.values_list("source_id", "line", "old", "new", "day", "end")
    )


def _covers(numbers: Sequence[int]) -> tuple[Cover, ...]:
    rows = models.Coverage.objects.filter(source__in=numbers).order_by("pk")
    fields = ("source_id", "line", "body", "area", "by", "part", "of")
    return tuple(Cover(*row) for row in rows.values_list(*fields))


def _values(numbers: Sequence[int]) -> tuple[Value, ...]:
    rows = models.Measure.objects.filter(source__in=numbers).order_by("pk")
    fields = ("source_id", "line", "area", "what", "year", "value")
    return tuple(Value(*row) for row in rows.values_list(*fields))
