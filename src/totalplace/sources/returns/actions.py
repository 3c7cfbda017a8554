"""Adding returns, and the moves of their life; each is on the record, with who, when and why."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import IntegrityError, transaction

from totalplace.places import actions as place_actions
from totalplace.places import queries as places
from totalplace.places.queries import AgencyRow
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.batch import NotAdded, copy_of, ends_the_run, not_taken
from totalplace.sources.home import Home
from totalplace.sources.models import HeldIn, ReturnMove, ReturnReading, SourceFile
from totalplace.sources.returns import forms as known_forms
from totalplace.sources.returns import queries
from totalplace.sources.returns.holding import write_parts
from totalplace.sources.returns.queries import ReturnKey
from totalplace.sources.returns.taking import ReturnAdded, take
from totalplace.sources.rules.returns.outcome import Outcome
from totalplace.sources.rules.returns.stages import Stage, after, said
from totalplace.sources.turns import one_at_a_time, recorded


@dataclass(frozen=True, slots=True)
class _Act:
    """Who adds, when, and where."""

    home: Home
    by: Who
    on: datetime
    scratch: Path


def add(
    files: Sequence[Path],
    *,
    home: Home,
    by: Who,
    on: datetime,
    form: str = "",
    agency: str = "",
    seen: Callable[[Path], None] = lambda path: None,
) -> Iterator[ReturnAdded | NotAdded]:
    """Read files of returns and hold them; what is yielded as added survives a crash.

    `form` names the one form to read them by, else each file is read by the form that knows it;
    `agency` says whose the figures are where a form does not. A file that cannot be taken is
    yielded as NotAdded and stops no other. Raises Refused where there is no such form or agency.
    """
    forms = known_forms.wanted(home, form)
    if agency:
        places.power(by, Act.GIVE_FIGURES, agency=places.agency(agency).code, on=on)
    with one_at_a_time(home) as scratch:
        act, contents = _Act(home, by, on, scratch), dict[str, str]()
        for path in files:
            seen(path)
            try:
                added = take(path, forms, agency, scratch, contents)
                _commit(added, agency, act)
            except Refused as refused:
                home.unplace(scratch, recorded)
                yield NotAdded(path, refused)
            except Exception as error:
                if ends_the_run(error):
                    raise
                home.unplace(scratch, recorded)
                yield NotAdded(path, not_taken(path, error))
            else:
                for content in (added.sha256, *added.contents.values()):
                    contents[content] = added.name
                yield added
            finally:
                shutil.rmtree(scratch / "inside", ignore_errors=True)


def _commit(added: ReturnAdded, agency: str, act: _Act) -> None:
    """Put a file and its rows in place, then record them in one transaction."""
    publisher = _publisher(added, agency, act)
    power = places.power(act.by, Act.GIVE_FIGURES, agency=publisher.code, on=act.on)
    parts = write_parts(added.outcomes, added.sha256, act.scratch)
    home, digest = act.home, parts[0][0].digest
    paths = [f"originals/{added.sha256}", *(f"holdings/{part.path}" for part, _ in parts)]
    home.placing(act.scratch, paths)
    home.keep_original(copy_of(act.scratch, added.sha256), added.sha256)
    for part, written in parts:
        home.keep_part(written, part.path)
    home.settle()
    with transaction.atomic():
        file = _record_file(added, publisher.id, digest, act.on)
        for part, _ in parts:
            part.save(force_insert=True)
            HeldIn.objects.create(file=file, holding=part)
        _move_those_acted_on(added.outcomes, file, act, power)
        bodies = len({row.body.agency for o in added.outcomes for row in o.rows})
        codes = ", ".join(o.form.code for o in added.outcomes)
        citing = f"{added.name} by {codes}, of {bodies} bodies"
        about = Citation("holding", digest)
        record.write(
            act.by.name, "added a return", about=about, on=act.on, power=power, citing=citing
        )
    home.placed(act.scratch)


def _publisher(added: ReturnAdded, agency: str, act: _Act) -> AgencyRow:
    """The agency that a file is of: its form's publisher, or the one body whose figures it holds.

    Raises Refused where that body is not registered, or is another than was said.
    """
    publisher = added.outcomes[0].form.publisher
    if publisher is not None:
        codes = {row.code for row in places.agencies()}
        if publisher.code not in codes:
            place_actions.register_agency(
                publisher.code, name=publisher.name, kind=publisher.kind, by=act.by, on=act.on
            )
        return places.agency(publisher.code)
    whose = sorted({row.body.agency for o in added.outcomes for row in o.rows})
    if agency and whose != [agency]:
        raise Refused(
            f"{added.name} was not added",
            why=f"it is of {', '.join(whose[:5])}, and {agency} was said",
            next_step="Correct the agency code in it, or say the right one with --agency",
        )
    if len(whose) > 1:
        raise Refused(
            f"{added.name} was not added",
            why=f"its form names no publisher, and it is of {len(whose)} bodies",
            next_step="Name the publisher in the form",
        )
    return places.agency(whose[0])


def _record_file(added: ReturnAdded, agency: int, digest: str, on: datetime) -> SourceFile:
    form = added.outcomes[0].form
    file = SourceFile.objects.create(
        sha256=added.sha256,
        name=added.name,
        agency_id=agency,
        size=added.size,
        licence=form.licence,
        publisher=form.publisher.name if form.publisher else "",
        taken_on=on.date(),
        added_at=on,
    )
    ReturnReading.objects.bulk_create(
        ReturnReading(
            file=file,
            form=found.form.code,
            document=tally.document,
            sheet=tally.sheet,
            content_sha256=added.contents[tally.document],
            digest=digest,
            rows_in=tally.rows,
            rows_without=tally.rows_without,
            figures=tally.figures,
            lines=tally.lines,
            missing=tally.missing,
            totals=tally.totals,
            faults=tally.faults,
            left_out=tally.left_out,
            said=list(found.said),
        )
        for found in added.outcomes
        for tally in found.tallies
    )
    return file


def _move_those_acted_on(
    outcomes: Sequence[Outcome], file: SourceFile, act: _Act, power: str
) -> None:
    """A return that was asked for, queried or accepted is returned anew by a later file."""
    for found in outcomes:
        acted_on = queries.acted_on(form=found.form.code)
        keys = {
            ReturnKey(found.form.code, row.body.agency, row.body.area, row.year)
            for row in found.rows
        }
        for key in sorted(keys & acted_on.keys()):
            _move(key, "return", _Mover(act.by.name, power, act.on), file=file)


_ACTS: Final = {
    "request": Act.REQUEST_RETURN,
    "query": Act.QUERY_RETURN,
    "answer": Act.ANSWER_RETURN,
    "accept": Act.ACCEPT_RETURN,
    "withdraw": Act.WITHDRAW_RETURN,
}


def request(key: ReturnKey, *, home: Home, by: Who, on: datetime, reason: str = "") -> Stage:
    """Ask a body for a return. Raises Refused where one is held already, or was asked for."""
    if queries.files_of(home, key):
        raise Refused(
            f"The return of {key} cannot be requested",
            why="it is held",
            next_step="Query it where it is wrong: totalplace sources returns query",
        )
    return _act(key, home, "request", by=by, on=on, reason=reason)


def query(key: ReturnKey, *, home: Home, by: Who, on: datetime, reason: str) -> Stage:
    """Ask whoever made a return to explain or correct it. Raises Refused where it is not held."""
    return _act(key, home, "query", by=by, on=on, reason=reason)


def answer(key: ReturnKey, *, home: Home, by: Who, on: datetime, reason: str) -> Stage:
    """Close a query without new figures, for a reason. Raises Refused where there is no query."""
    return _act(key, home, "answer", by=by, on=on, reason=reason)


def accept(key: ReturnKey, *, home: Home, by: Who, on: datetime, reason: str = "") -> Stage:
    """Take a return as right. Raises Refused where it is queried, or not held."""
    return _act(key, home, "accept", by=by, on=on, reason=reason)


def withdraw(key: ReturnKey, *, home: Home, by: Who, on: datetime, reason: str) -> Stage:
    """Take a return out of what is counted; the file stays held. Raises Refused where none is."""
    return _act(key, home, "withdraw", by=by, on=on, reason=reason)


@transaction.atomic
def _act(key: ReturnKey, home: Home, verb: str, *, by: Who, on: datetime, reason: str) -> Stage:
    """Make a move, after the one by which a file that nobody acted on yet was returned."""
    power = places.power(by, _ACTS[verb], agency=key.agency, on=on)
    mover = _Mover(by.name, power, on)
    known_stage = queries.stage(key)
    if known_stage is Stage.NONE and verb != "request":
        held = queries.files_of(home, key)
        if held:
            file = SourceFile.objects.get(sha256=held[-1])
            _move(key, "return", mover, file=file)
    return _move(key, verb, mover, reason=reason.strip())


@dataclass(frozen=True, slots=True)
class _Mover:
    """Who moves a return, under which power, and when."""

    by: str
    power: str
    on: datetime


def _move(
    key: ReturnKey,
    verb: str,
    mover: _Mover,
    *,
    file: SourceFile | None = None,
    reason: str = "",
) -> Stage:
    last = queries.last_move(key)
    before = Stage(last.after) if last else Stage.NONE
    following = after(before, verb, about=str(key), reason=reason)
    try:
        with transaction.atomic():
            ReturnMove.objects.create(
                form=key.form, agency=key.agency, area=key.area, year_start=key.year_start,
                turn=last.turn + 1 if last else 1, before=before.value, verb=verb,
                after=following.value, by=mover.by, on=mover.on, reason=reason, file=file,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            f"The return of {key} was not {said(verb)}",
            why="somebody else acted on it at the same moment",
            next_step="See where it stands now, and do it again if it is still right",
        ) from error
    about = Citation("return", str(key))
    record.write(
        mover.by, f"{said(verb)} a return", about=about, on=mover.on, power=mover.power,
        citing=reason,
    )  # fmt: skip
    return following
