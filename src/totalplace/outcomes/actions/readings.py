"""Adding published tables and a place's own readings: each is a vintage, held and never edited."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.db import transaction

from totalplace.engines.files import to_disk
from totalplace.outcomes import models
from totalplace.outcomes.definitions import reading as definitions
from totalplace.outcomes.queries.indicators import indicator as indicator_named
from totalplace.outcomes.queries.indicators import undefined_in
from totalplace.outcomes.queries.readings import FORMS
from totalplace.outcomes.reading.judging import Judged, judge, judge_rows, source_of
from totalplace.outcomes.reading.opening import Table, tables
from totalplace.outcomes.rules import forms, given
from totalplace.outcomes.rules import tables as guessing
from totalplace.outcomes.rules.forms import Fit
from totalplace.outcomes.rules.given import Given
from totalplace.places import queries as places
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.reading.names import shown_name
from totalplace.sources.turns import one_at_a_time

_LONGEST_TERM: Final = 200
_CHUNK: Final = 2**20


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of tables when they are given: by which form to read them, whose, from when.

    Left empty, the form is found by the headings and the publisher is the form's own.
    """

    form: str = ""
    publisher: str = ""
    published_on: date | None = None
    # Of the officer who gives them, where their mandate is for one; then they fill what tables for
    # all places leave open, and never take the place of what those say.
    place: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """A table that is held as a vintage, how it was taken, and every figure accounted for."""

    path: Path
    vintage: int
    form: str
    sheet: str
    said: tuple[str, ...]
    rows: int
    figures: int
    kept: int
    missing: int
    set_aside: int
    added_up: int
    undefined: int  # measures that no definition names yet


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that was not taken, and why."""

    path: Path
    refused: Refused


@dataclass(frozen=True, slots=True)
class _Act:
    """Who gives, under which power, when, and where it is held."""

    home: Home
    by: Who
    power: str
    on: datetime
    scratch: Path


def add(
    files: Sequence[Path],
    terms: Terms,
    *,
    home: Home,
    by: Who,
    on: datetime,
    seen: Callable[[Path], None] = lambda path: None,
) -> Iterator[Added | NotAdded]:
    """Read published tables and hold their readings, each table as a vintage of its own.

    What is yielded as Added is committed. A file that no form knows, and that does not show what
    its columns are, is yielded as NotAdded and stops no other. Raises Refused where `by` may not,
    or where the terms cannot be kept.
    """
    power = places.power(by, Act.GIVE_READINGS, place=terms.place, on=on)
    _can_be_kept(terms)
    with one_at_a_time(home) as scratch:
        act = _Act(home, by, power, on, scratch)
        for path in files:
            seen(path)
            try:
                yield from _add_one(path, terms, act)
            except Refused as refused:
                yield NotAdded(path, refused)


def _add_one(path: Path, terms: Terms, act: _Act) -> list[Added]:
    name = shown_name(path.name)
    copy, digest = _copied(path, act.scratch, name)
    said: list[str] = []
    found = [
        (table, _fit(table, terms, name, act.home))
        for table in tables(copy, scratch=act.scratch, said=said)
        if table.first
    ]
    fits = [(table, fit) for table, fit in found if not isinstance(fit, Refused)]
    # Of several sheets the longest is most likely the table that was meant.
    longest = sorted(found, key=lambda one: -len(one[0].first))
    refusals = [fit for _, fit in longest if isinstance(fit, Refused)]
    if not fits:
        raise refusals[0] if refusals else _empty(name)
    said += [f"{r.what}: {r.why}." for r in refusals]
    return [_hold(path, table, fit, (digest, terms, tuple(said)), act, copy) for table, fit in fits]


def _fit(table: Table, terms: Terms, name: str, home: Home) -> Fit | Refused:
    """How a table of a file is read, or why it cannot be."""
    known = definitions.forms_in(home.root / FORMS)
    if terms.form and terms.form not in known:
        return Refused(
            f"{name} was not added",
            why=f"there is no form called {terms.form}",
            next_step=f"The forms are {', '.join(known)}",
        )
    wanted = [known[terms.form]] if terms.form else list(known.values())
    try:
        fit = forms.fit(wanted, table.first, name)
        if fit is None and terms.form:
            needs = ", ".join(n for names in wanted[0].columns.values() for n in names[:1])
            return Refused(
                f"{name} was not added",
                why=f"it is not laid out as {terms.form} is",
                next_step=f"Such a table has the headings {needs}",
            )
        return fit or guessing.guess(table.first, name=_stem(name), marks=definitions.marks())
    except Refused as refused:
        return refused


def _stem(name: str) -> str:
    return name.removesuffix(".gz").rpartition(".")[0] or name


def _copied(path: Path, scratch: Path, name: str) -> tuple[Path, str]:
    """A copy of a file under its own ending, and its hash, read once."""
    digest, copy = sha256(), scratch / f"given-{len(list(scratch.glob('given-*')))}"
    copy.mkdir()
    copy /= name
    try:
        with path.open("rb") as file, copy.open("wb") as to:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                to.write(chunk)
    except OSError as error:
        raise Refused(
            f"{name} was not added",
            why=str(error.strerror or error).lower(),
            next_step="See that it is a file that may be read",
        ) from error
    return copy, digest.hexdigest()


def _hold(
    path: Path, table: Table, fit: Fit, of: tuple[str, Terms, tuple[str, ...]], act: _Act,
    copy: Path,
) -> Added:  # fmt: skip
    """Judge a table and hold it. Raises Refused where it is held already."""
    digest, terms, said = of
    held = models.Vintage.objects.filter(
        sha256=digest, sheet=table.sheet[:300], form=fit.form.code
    ).first()
    if held is not None:
        raise Refused(
            f"{shown_name(path.name)} was not added",
            why=f"the same table is held already, as vintage {held.pk}",
            next_step="Nothing need be done; a corrected table is added as a new file",
        )
    source = source_of(digest, table.sheet[:300], fit.form.code)
    judged = judge(table, fit, source=source, scratch=act.scratch)
    if not judged.kept and not judged.missing:
        raise Refused(
            f"{shown_name(path.name)} was not added",
            why=f"none of its {judged.figures:,} figures is a reading"
            if judged.figures
            else "it has headings and no rows",
            next_step="Look at its first rows; docs/how-to/add-readings.md says what is needed",
        )
    taken = (*fit.reasons, *said)
    # The file first: one that is held and not recorded does no harm, and is taken when given again.
    if not act.home.original(digest).exists():
        act.home.keep_original(copy, digest)
    row = _keep(judged, act, name=shown_name(path.name), sheet=table.sheet[:300], digest=digest,
                form=fit.form.code, publisher=terms.publisher or fit.form.publisher,
                published_on=terms.published_on, place=terms.place, said=list(taken))  # fmt: skip
    return Added(
        path=path, vintage=row.pk, form=fit.form.code, sheet=table.sheet, said=taken,
        rows=judged.rows, figures=judged.figures, kept=judged.kept, missing=judged.missing,
        set_aside=judged.set_aside, added_up=judged.added_up,
        undefined=len(undefined_in(fit.form.code, [m.measure for m in judged.measures])),
    )  # fmt: skip


@transaction.atomic
def _keep(judged: Judged, act: _Act, *, name: str, digest: str, **said: object) -> models.Vintage:
    """Move what was judged into place, and record it: what is recorded is whole."""
    path = act.home.keep_part(judged.readings, f"readings/{judged.digest}.parquet")
    aside = ""
    if judged.aside is not None:
        aside = act.home.keep_part(judged.aside, f"readings/{judged.digest}-aside.parquet")
    to_disk(act.home.holdings / "readings")
    row = models.Vintage.objects.create(
        sha256=digest, name=name, rows=judged.rows, figures=judged.figures, kept=judged.kept,
        missing=judged.missing, set_aside=judged.set_aside, added_up=judged.added_up,
        digest=judged.digest, path=path, aside_path=aside, added_at=act.on, by=act.by.name, **said,
    )  # fmt: skip
    models.Measured.objects.bulk_create(
        models.Measured(
            vintage=row, measure=m.measure[:500], unit=m.unit[:200], readings=m.readings,
            missing=m.missing, areas=m.areas, periods=m.periods,
        )
        for m in judged.measures
    )  # fmt: skip
    record.write(
        act.by.name, "added readings", about=Citation("readings", str(row.pk)), on=act.on,
        power=act.power, citing=f"{name}, {digest}; held as {judged.digest}",
    )  # fmt: skip
    return row


def give(
    indicator: str, readings: Sequence[Given], *, place: str, home: Home, by: Who, on: datetime
) -> int:
    """Give in a place's own readings of an indicator; returns the number of their vintage.

    Each is a value, or two whole counts of which the share is taken, or none with the reason why
    it is missing. Raises Refused where `by` may not, where the indicator is read from published
    tables, and where a reading cannot be read; then none is taken.
    """
    power = places.power(by, Act.GIVE_READINGS, place=place, on=on)
    named = indicator_named(indicator)
    if not any(held.form == definitions.OWN for held in named.held_as):
        raise Refused(
            f"Readings of {named.title} cannot be given in",
            why="it is read from published tables alone, so that all places are read alike",
            next_step="Add the table, or define an indicator of the place's own",
        )
    _check_areas(readings, place, on)
    fit, columns = given.as_table(indicator, readings, definitions.marks())
    text = json.dumps({"indicator": indicator, "place": place, "rows": columns}, sort_keys=True)
    digest = sha256(text.encode()).hexdigest()
    if models.Vintage.objects.filter(sha256=digest).exists():
        raise Refused(
            "The readings were not taken",
            why="the same are held already",
            next_step="Nothing need be done",
        )
    with one_at_a_time(home) as scratch:
        act = _Act(home, by, power, on, scratch)
        judged = judge_rows(
            columns, fit, source=source_of(digest, "", definitions.OWN), scratch=scratch
        )
        _refuse_faults(judged)
        copy = scratch / "given.json"
        copy.write_text(text)
        home.keep_original(copy, digest)
        row = _keep(judged, act, name=f"{named.title}, given in for {place}", sheet="",
                    digest=digest, form=definitions.OWN, publisher="", published_on=None,
                    place=place, said=[])  # fmt: skip
    return row.pk


def _check_areas(readings: Sequence[Given], place: str, on: datetime) -> None:
    """Raise Refused for a reading of an area that is neither the place nor one in it."""
    members = [member.agency for member in places.members(place, on=on.date())]
    own = {place} | {area.gss for area in places.areas_of_place(place)}
    own |= {code for agency in members for code in (agency.gss, agency.code) if code}
    for number, one in enumerate(readings, start=1):
        if one.area.strip() not in own:
            raise Refused(
                "The readings were not taken",
                why=f"reading {number} is of {one.area.strip()[:64] or 'no area'}, which is no "
                f"area or agency of {place}",
                next_step="A place gives in readings of itself, its areas and its agencies",
            )


def _refuse_faults(judged: Judged) -> None:
    """Raise Refused, naming the first fault, where any reading that was given is none."""
    if judged.aside is None:
        return
    from totalplace import engines

    first = engines.ask("outcomes/set_aside", {"aside": [judged.aside]}, most=1)[0]
    raise Refused(
        "The readings were not taken",
        why=f"in row {first['row']}, {first['why']}",
        next_step="Put that right and give them all again",
    )


def _empty(name: str) -> Refused:
    return Refused(
        f"{name} was not added",
        why="it holds no table",
        next_step="Ask its publisher for it as CSV",
    )


def _can_be_kept(terms: Terms) -> None:
    if len(terms.publisher) > _LONGEST_TERM or not terms.publisher.isprintable():
        raise Refused(
            "The tables were not added",
            why=f"the publisher's name is longer than {_LONGEST_TERM} letters, or has odd ones",
            next_step="Give it shorter",
        )
