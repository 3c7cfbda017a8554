"""Lists of neighbours, each dated and with its publisher, so that a page can say which it used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from totalplace.outcomes import models
from totalplace.outcomes.reading.judging import area_of
from totalplace.outcomes.reading.opening import tables
from totalplace.outcomes.rules.forms import Coding
from totalplace.outcomes.rules.neighbours import Listed, listed
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused
from totalplace.sources.home import Home
from totalplace.sources.reading.names import shown_name


@dataclass(frozen=True, slots=True)
class ListTerms:
    """What is said of a list: its code and title, who published it and when."""

    code: str
    title: str
    publisher: str
    published_on: date | None = None


def add_neighbours(path: Path, terms: ListTerms, *, home: Home, by: Who, on: datetime) -> Listed:
    """Take in a list of which areas are most like which. An earlier list of the code is kept.

    Raises Refused where `by` may not, the file is no such list, or it is held already.
    """
    power = places.power(by, Act.DEFINE_INDICATOR, on=on)
    name = shown_name(path.name)
    _check(terms, name)
    scratch = home.scratch()
    try:
        digest = sha256(path.read_bytes()).hexdigest()
        table = next((t for t in tables(path, scratch=scratch, said=[]) if t.first), None)
        if table is None:
            raise Refused(f"{name} was not added", why="it holds no table",
                          next_step="Ask its publisher for it as CSV or Excel")  # fmt: skip
        found = listed([[str(c) for c in row] for row in table.first], name=name, code_of=_code)
    except OSError as error:
        raise Refused(f"{name} was not added", why=str(error.strerror or error).lower(),
                      next_step="See that it is a file that may be read") from error  # fmt: skip
    finally:
        home.take_back(scratch, lambda paths: paths)
    _hold(found, terms, (name, digest), by=by, on=on, power=power)
    return found


@transaction.atomic
def _hold(
    found: Listed, terms: ListTerms, of: tuple[str, str], *, by: Who, on: datetime, power: str
) -> None:
    name, digest = of
    if models.NeighbourList.objects.filter(code=terms.code, sha256=digest).exists():
        raise Refused(f"{name} was not added", why=f"it is held already as {terms.code}",
                      next_step="Nothing need be done")  # fmt: skip
    row = models.NeighbourList.objects.create(
        code=terms.code, title=terms.title, publisher=terms.publisher,
        published_on=terms.published_on, sha256=digest, name=name, areas=len(found.neighbours),
        set_aside=found.neighbours_aside, added_at=on, by=by.name,
    )  # fmt: skip
    models.Neighbours.objects.bulk_create(
        models.Neighbours(list=row, area=area, neighbours=" ".join(codes))
        for area, codes in found.neighbours.items()
    )
    record.write(
        by.name, "added a list of neighbours", about=Citation("neighbours", terms.code), on=on,
        power=power, citing=f"{name}, {digest}",
    )  # fmt: skip


def _code(cell: str) -> str | None:
    """The GSS code of a cell that has one, or one of the department's numbers."""
    code, _ = area_of(cell, Coding.GSS)
    return code or area_of(cell, Coding.DFE)[0]


def _check(terms: ListTerms, name: str) -> None:
    if not code_is_sound(terms.code) or not terms.title.strip() or not terms.publisher.strip():
        raise Refused(
            f"{name} was not added",
            why="a list has a code, a title and a publisher, and one of them is lacking",
            next_step="Say all three, so that every page can say which list it used",
        )
    if max(len(terms.title), len(terms.publisher)) > 200:
        raise Refused(f"{name} was not added", why="its title or publisher is longer than 200",
                      next_step="Give it shorter")  # fmt: skip
