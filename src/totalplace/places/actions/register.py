"""Loading the register from its publishers' own files: all of them or none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from totalplace.places import models
from totalplace.places.definitions import register as definitions
from totalplace.places.queries import who_may
from totalplace.places.reading import Found, found_in
from totalplace.places.rules.mandates import Act, Who
from totalplace.places.rules.register import lines
from totalplace.places.rules.register.facts import Facts
from totalplace.places.rules.register.file_years import year_of
from totalplace.places.rules.register.lines import Fault, Read
from totalplace.places.rules.register.recipes import Recipe
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.record.turns import take_turn
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was loaded: as what, for which year, what it gave, and what could not be read.

    `is_new` is false where the same file was loaded before, with the same result.
    """

    path: Path
    title: str
    year: int | None
    is_new: bool
    bodies: int
    changes: int
    coverage: int
    measures: int
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Act:
    """Who loads, under which power, and when."""

    by: str
    power: str
    on: datetime


def load_register(
    paths: Sequence[Path], *, year: int | None = None, by: Who, on: datetime
) -> list[Loaded]:
    """Load published files of a register, in one go: all of them or none.

    A file is known by its columns, whatever its name. `year` is the year that the files describe,
    where they do not say. The same file again changes nothing; with another year, or after its
    recipe has changed, it takes its own place. Raises Refused for a file that is not known, that
    does not say its year, or that needs another one that is not given.
    """
    power = who_may.power(by, Act.LOAD_REGISTER, on=on)
    recipes = definitions.recipes()
    found = _all_found(paths, recipes)
    read = [(one, _read(one, found, year)) for one in found]
    with transaction.atomic():
        take_turn("totalplace.register")  # two people may load the same file at once
        return [_keep(one, told, _Act(by.name, power, on)) for one, told in read]


def _all_found(paths: Sequence[Path], recipes: Mapping[str, Recipe]) -> list[Found]:
    """Every file with its recipe; refused together, so that each is named at once."""
    found, refusals = [], []
    for path in dict.fromkeys(paths):
        try:
            found.append(found_in(path, recipes))
        except Refused as refused:
            refusals.append(refused)
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        whys = ". ".join(f"{refused.what}: {refused.why}" for refused in refusals)
        raise Refused(
            f"{len(refusals)} of {len(paths)} files cannot be loaded",
            why=whys,
            next_step="Leave them out, or put them right; nothing was loaded",
        )
    by_digest = {one.digest: one for one in found}
    return list(by_digest.values())


def _read(one: Found, beside: Iterable[Found], said_year: int | None) -> Read:
    recipe = one.recipe
    year = year_of(recipe, one.places, one.rows(), one.path.name) or said_year
    if year is None and (recipe.years or any(m.sum for m in recipe.measures)):
        raise Refused(
            f"{one.path.name} cannot be loaded",
            why="it does not say which year it describes, and it is of no edition that is known",
            next_step="Say the year with --year, such as --year 2024",
        )
    if said_year is not None and not _is_told(one):
        year = said_year
    found = lines.read(
        recipe, one.places, one.rows(), source=0, year=year, known=definitions.known(),
        leads=_leads(one, beside),
    )  # fmt: skip
    if found.facts() == Facts():
        why = "; ".join(f"line {f.line}: {f.found!r} {f.why}" for f in found.faults[:3])
        raise Refused(
            f"{one.path.name} cannot be loaded",
            why=f"it has columns of {recipe.title}, and nothing below them can be read ({why})"
            if why
            else f"it has columns of {recipe.title}, and nothing below them",
            next_step="Give the publisher's own file",
        )
    return found


def _is_told(one: Found) -> bool:
    """Whether the year stands in the file's own headings or name, which then holds."""
    return any(way.way in {"column", "file_name"} for way in one.recipe.years)


def _leads(one: Found, beside: Iterable[Found]) -> dict[str, str] | None:
    if one.recipe.join is None:
        return None
    _, wanted, _ = one.recipe.join
    partners = [other for other in beside if other.recipe.name == wanted]
    if not partners:
        title = definitions.recipes()[wanted].title
        raise Refused(
            f"{one.path.name} cannot be loaded alone",
            why=f"it is put together with another file: {title[0].lower()}{title[1:]}",
            next_step="Give both files in one command",
        )
    leads: dict[str, str] = {}
    for other in partners:
        leads |= lines.leads_of(other.recipe, other.places, other.rows())
    return leads


def _keep(one: Found, told: Read, act: _Act) -> Loaded:
    facts = told.facts()
    loaded = Loaded(
        one.path, one.recipe.title, told.year, True, len(facts.entries), len(facts.changes),
        len(facts.covers), len(facts.values), tuple(told.faults),
    )  # fmt: skip
    digest = hashlib.sha256(repr(one.recipe).encode()).hexdigest()
    standing = models.RegisterSource.objects.select_for_update().filter(
        digest=one.digest, replaced_on__isnull=True
    )
    before = standing.first()
    if before is not None and (before.year, before.recipe_digest) == (told.year, digest):
        return _again(loaded)
    if before is not None:
        before.replaced_on = act.on
        before.save(update_fields=["replaced_on"])
    source = models.RegisterSource.objects.create(
        recipe=one.recipe.name, title=one.recipe.title, publisher=one.recipe.publisher,
        licence=one.recipe.licence, file_name=one.path.name, digest=one.digest, year=told.year,
        recipe_digest=digest, loaded_on=act.on,
    )  # fmt: skip
    _insert(source, facts)
    year = f", {told.year}" if told.year is not None else ""
    citing = f"{one.recipe.title}{year}; SHA-256 {one.digest}"
    about = Citation("register", one.path.name)
    record.write(act.by, "loaded", about=about, on=act.on, power=act.power, citing=citing)
    return loaded


def _again(loaded: Loaded) -> Loaded:
    return Loaded(
        loaded.path, loaded.title, loaded.year, False, loaded.bodies, loaded.changes,
        loaded.coverage, loaded.measures, loaded.faults,
    )  # fmt: skip


def _insert(source: models.RegisterSource, facts: Facts) -> None:
    entries = models.BodyEntry.objects.bulk_create(
        models.BodyEntry(
            source=source, line=e.line, kind=e.kind.value, first_day=e.first_day,
            last_day=e.last_day,
        )
        for e in facts.entries
    )  # fmt: skip
    codes, names = [], []
    for row, entry in zip(entries, facts.entries, strict=True):
        codes += [models.BodyCode(entry=row, code=c, former=False) for c in entry.codes]
        codes += [models.BodyCode(entry=row, code=c, former=True) for c in entry.former]
        names += [models.BodyName(entry=row, name=n, form=form.value) for n, form in entry.names]
    models.BodyCode.objects.bulk_create(codes)
    models.BodyName.objects.bulk_create(names)
    models.AreaChange.objects.bulk_create(
        models.AreaChange(
            source=source, line=c.line, old=c.old, new=c.new, day=c.day, end=c.end
        )
        for c in facts.changes
    )  # fmt: skip
    models.Coverage.objects.bulk_create(
        models.Coverage(
            source=source, line=c.line, body=c.body, area=c.area, by=c.by, part=c.part, of=c.of
        )
        for c in facts.covers
    )  # fmt: skip
    models.Measure.objects.bulk_create(
        models.Measure(
            source=source, line=v.line, area=v.area, what=v.what, year=v.year, value=v.value
        )
        for v in facts.values
    )  # fmt: skip
