"""/api/v1/sources/returns/: returns, where each stands, its figures and faults, and acts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Router, Schema
from pydantic import Field

from totalplace.doors.api.asking import Asker, not_allowed
from totalplace.doors.api.frame import Code, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, in_place, page
from totalplace.doors.api.problems import there_is_none
from totalplace.doors.api.words import OptionalWords, Reason, Said
from totalplace.doors.web.showing import now
from totalplace.doors.web.sources.seeing import agencies_for, home
from totalplace.money.years import FinancialYear
from totalplace.places.rules.mandates import Act, Officer
from totalplace.sources import returns as held
from totalplace.sources.returns import actions
from totalplace.sources.returns.forms import known
from totalplace.sources.returns.queries import ReturnKey, acted_on, files_of, moves, stage

router = Router()
_ONE: Final = "/{form}/{agency}/{year}"
Year = Annotated[int, Field(ge=1990, le=2100, description="In which the financial year begins.")]
Area = Annotated[str, Field(max_length=64, description="The area whose people it is of, if any.")]
Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]


class ReturnSaid(Schema):
    """A return, and where it stands."""

    form: str
    agency: str
    area: str
    year: int
    stage: str


class ReturnMove(Schema):
    """One move in the life of a return."""

    turn: int
    verb: str
    after: str
    by: str
    on: datetime
    reason: str
    file: str


class Return(ReturnSaid):
    """A return, its life, and the files that hold it."""

    moves: list[ReturnMove]
    files: list[str] = Field(description="SHA-256 of the files, the first to be added first.")


class Figure(Schema):
    """A figure of a return, in pence; null where it is missing, which is not nothing."""

    line: str
    service: str
    economic: str
    item: str
    income_rule: str
    basis: str
    status: str
    amount_pence: int | None
    low_pence: int | None
    high_pence: int | None
    file: str
    document: str
    sheet: str
    row: int
    column: str
    note: str
    state: str


class ReturnFault(Schema):
    """What could not be taken: the cell, what was found, why, and what to do next."""

    document: str
    sheet: str
    row: int
    column: str
    cell: str
    found: str
    why: str
    next_step: str
    figures: int


class Asking(Said):
    """A note: by when, and whom to ask."""

    reason: OptionalWords = ""


@reads(router, "", answers=Listed[ReturnSaid], needs=Act.READ_UNPUBLISHED)
def every_return(
    by: Asker, *, agency: Filter = "", after: Annotated[str, Field(max_length=300)] = "",
    limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Returns of the agencies that you may read, that are held or were asked for."""
    rows = agencies_for(by.known(), Act.READ_UNPUBLISHED, on=now())
    codes = {code for row in rows for code in (row.code, row.gss) if code and agency in ("", code)}
    stands = {key: move.after for key, move in acted_on().items() if key.agency in codes}
    for body in held.bodies(home()) if codes else ():
        if body.agency in codes:
            for year in range(body.first_year, body.last_year + 1):
                stands.setdefault(ReturnKey(body.form, body.agency, body.area, year), "returned")
    return page(
        list(stands), _at, lambda key: _said(key, stands[key]), after=after or None, limit=limit
    )


@reads(router, _ONE, answers=Return, needs=Act.READ_UNPUBLISHED)
def one_return(by: Asker, *, form: Code, agency: Code, year: Year, area: Area = "") -> Return:
    """A return as it stands."""
    key = _visible(by, ReturnKey(form, agency, area, year))
    return _return(key)


@reads(router, _ONE + "/figures", answers=Listed[Figure], needs=Act.READ_UNPUBLISHED)
def figures(
    by: Asker, *, form: Code, agency: Code, year: Year, area: Area = "",
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """Every figure of a return, with its cell in its file."""
    key = _visible(by, ReturnKey(form, agency, area, year))
    rows = [
        x for x in held.lines(home(), bodies=[agency], year=year)
        if (x.form, x.area) == (key.form, key.area)
    ]  # fmt: skip
    return in_place(rows, _figure, after=after, limit=limit)


@reads(router, _ONE + "/faults", answers=Listed[ReturnFault], needs=Act.READ_UNPUBLISHED)
def faults(
    by: Asker, *, form: Code, agency: Code, year: Year, area: Area = "",
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """What could not be taken of the files of a return."""
    key = _visible(by, ReturnKey(form, agency, area, year))
    files = files_of(home(), key)
    rows = [f for f in held.faults(home(), files=files) if f.form == form] if files else []
    return in_place(rows, _fault, after=after, limit=limit)


@writes(router, _ONE + "/request", act=Act.REQUEST_RETURN, answers=Return)
def request_return(
    by: Officer, *, form: Code, agency: Code, year: Year, body: Asking, area: Area = ""
) -> Return:
    """Ask an agency for a return."""
    if form not in known(home()):
        raise there_is_none(f"There is no form {form}")
    return _done(by, ReturnKey(form, agency, area, year), actions.request, body.reason)


@writes(router, _ONE + "/query", act=Act.QUERY_RETURN, answers=Return)
def query(
    by: Officer, *, form: Code, agency: Code, year: Year, body: Reason, area: Area = ""
) -> Return:
    """Ask whoever made a return to explain or correct it."""
    return _done(by, ReturnKey(form, agency, area, year), actions.query, body.reason)


@writes(router, _ONE + "/answer", act=Act.ANSWER_RETURN, answers=Return)
def answer(
    by: Officer, *, form: Code, agency: Code, year: Year, body: Reason, area: Area = ""
) -> Return:
    """Close a query without new figures, for a reason."""
    return _done(by, ReturnKey(form, agency, area, year), actions.answer, body.reason)


@writes(router, _ONE + "/accept", act=Act.ACCEPT_RETURN, answers=Return)
def accept(
    by: Officer, *, form: Code, agency: Code, year: Year, body: Asking, area: Area = ""
) -> Return:
    """Take a return as right."""
    return _done(by, ReturnKey(form, agency, area, year), actions.accept, body.reason)


@writes(router, _ONE + "/withdraw", act=Act.WITHDRAW_RETURN, answers=Return)
def withdraw_return(
    by: Officer, *, form: Code, agency: Code, year: Year, body: Reason, area: Area = ""
) -> Return:
    """Take a return out of what is counted; its file stays held."""
    return _done(by, ReturnKey(form, agency, area, year), actions.withdraw, body.reason)


def _done(by: Officer, key: ReturnKey, act: Any, reason: str) -> Return:
    act(key, home=home(), by=by, on=now(), reason=reason)
    return _return(key)


def _visible(by: Asker, key: ReturnKey) -> ReturnKey:
    """The key again, where a return of it is held or was asked for. A 404 or a 403 otherwise."""
    mine = agencies_for(by.known(), Act.READ_UNPUBLISHED, on=now())
    if key.agency not in {code for row in mine for code in (row.code, row.gss)}:
        raise not_allowed(
            f"Returns of {key.agency} cannot be read",
            why="no mandate of yours allows it today",
            next_step="Ask an administrator for one",
        )
    if not moves(key) and not files_of(home(), key):
        raise there_is_none(f"There is no return of {key.agency} of that form and year")
    return key


def _return(key: ReturnKey) -> Return:
    names = list(ReturnMove.model_fields)
    told = [ReturnMove(**{name: getattr(m, name) for name in names}) for m in moves(key)]
    files, stands = files_of(home(), key), stage(key).value
    said = _said(key, stands or ("returned" if files else ""))
    return Return(**dict(said), moves=told, files=files)


def _said(key: ReturnKey, stands: str) -> ReturnSaid:
    return ReturnSaid(
        form=key.form, agency=key.agency, area=key.area, year=key.year_start, stage=stands
    )


def _at(key: ReturnKey) -> str:
    return f"{FinancialYear(key.year_start).start}/{key.agency}/{key.form}/{key.area}"


def _figure(row: held.ReturnLine) -> Figure:
    return Figure(**{name: getattr(row, name) for name in Figure.model_fields})


def _fault(row: held.FaultOfReturn) -> ReturnFault:
    return ReturnFault(**{name: getattr(row, name) for name in ReturnFault.model_fields})
