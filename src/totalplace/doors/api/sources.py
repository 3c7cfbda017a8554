"""/api/v1/sources/: files given in, read on trial, submitted and certified; files that are held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from totalplace.doors.api.asking import Asker
from totalplace.doors.api.frame import Code, Number, reads, writes
from totalplace.doors.api.paging import After, Limit, Listed, in_place, listed, number, page
from totalplace.doors.api.problems import there, there_is_none, too_much
from totalplace.doors.api.words import OptionalWords, Reason, Said
from totalplace.doors.web.showing import now
from totalplace.doors.web.sources.reading import ask_to_add, ask_to_read
from totalplace.doors.web.sources.seeing import agencies_for, home
from totalplace.doors.web.sources.uploading import HeldFile, most_bytes
from totalplace.places.rules.mandates import Act, Officer
from totalplace.refusal import Refused
from totalplace.sources import queries as held
from totalplace.sources.rules.submitting.stages import Stage
from totalplace.sources.submitting import actions, paged, queries
from totalplace.sources.submitting.report import FaultFound

router = Router()


class Step(Schema):
    """One move in the life of a submission."""

    turn: int
    verb: str
    after: str
    by: str
    on: datetime
    reason: str


class Trial(Schema):
    """What it would come to, by its last trial reading. Money in pence."""

    outcome: str
    what: str
    why: str
    next_step: str
    tables: int
    rows_in: int
    payments: int
    cards: int
    commitments: int
    faults: int
    sum_pence: int
    cards_pence: int
    commitments_pence: int
    faults_pence: int
    first_date: date | None
    last_date: date | None
    digest: str


class Submission(Schema):
    """A file given in, where it stands, and what it would come to."""

    number: int
    agency: str
    kind: str
    form: str
    name: str
    sha256: str
    size: int
    licence: str
    replaces: int | None
    replaced_by: int | None
    stage: str
    is_read: bool = Field(description="Whether the trial is of how it is now to be read.")
    steps: list[Step]
    trial: Trial | None


class ReadingFault(Schema):
    """A cell or row that could not be read, and what to do."""

    document: str
    sheet: str
    row: int
    column: str
    found: str
    why: str
    next_step: str
    refused: bool
    pence: int | None


class HeldTable(Schema):
    """A file that is held, and what its rows came out as."""

    sha256: str
    agency: str
    name: str
    licence: str
    rows_in: int
    payments: int
    faults: int
    sum_pence: int
    first_date: date | None
    last_date: date | None


class Giving(Schema):
    """What is said of a file as it is given."""

    agency: Code
    kind: Literal["payments", "return"] = "payments"
    form: Annotated[str, Field(max_length=64)] = ""
    licence: Annotated[str, Field(max_length=200)] = ""
    replaces: Annotated[int, Field(ge=1, le=2_147_483_647)] | None = None


class Submitting(Said):
    """A note for whoever certifies."""

    note: OptionalWords = ""


class Certifying(Said):
    """Which reading is certified: so that nothing else is, should it have been read anew."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="Of the trial.")]


Filter = Annotated[str, Field(max_length=64, description="Only those of this one.")]


@reads(router, "/submissions", answers=Listed[Submission], needs=Act.READ_UNPUBLISHED)
def submissions(
    by: Asker, *, agency: Filter = "", stage: Stage | None = None,
    after: After = "", limit: Limit = 100,
) -> dict[str, Any]:  # fmt: skip
    """What was given in for the agencies whose unpublished figures you may read, in turn."""
    mine = [row.code for row in agencies_for(by.known(), Act.READ_UNPUBLISHED, on=now())]
    asked = paged.Asked([c for c in mine if agency in ("", c)], stage)
    rows = paged.submissions(asked, after=number(after), limit=limit + 1)
    total = paged.how_many(asked)
    return listed(rows, lambda row: row.id, _submission, total=total, limit=limit)


@reads(router, "/submissions/{submission}", answers=Submission, needs=Act.READ_UNPUBLISHED)
def one_submission(by: Asker, *, submission: Number) -> Submission:
    """A submission as it stands."""
    return _submission(_visible(by, submission))


@reads(router, "/submissions/{submission}/faults", answers=Listed[ReadingFault],
       needs=Act.READ_UNPUBLISHED)  # fmt: skip
def faults(
    by: Asker, *, submission: Number, after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """What of it could not be read, cell by cell; of very many, the first are told one by one."""
    row = _visible(by, submission)
    report = queries.report_of(home(), row)
    found = report.faults if report else ()
    shown = in_place(found, _fault, after=after, limit=limit)
    total = row.trial.faults if row.trial else 0
    more = total > len(found)
    return {**shown, "total": max(total, len(found)), "complete": shown["complete"] and not more}


@writes(router, "/submissions", act=Act.GIVE_FIGURES, answers=Submission, status=201)
def give(by: Officer, *, said: Form[Giving], file: File[UploadedFile]) -> Submission:
    """Give a file in, as it is. It is held at once, and read on trial in the background."""
    if not isinstance(file, HeldFile) or file.held is None:
        raise _not_taken(file)
    form = said.form if said.kind == "return" else ""
    giving = actions.Giving(said.agency, said.kind, form, said.licence, said.replaces)
    row = actions.give(file.held, giving, by=by, on=now())
    ask_to_read(row, by=by)
    return _submission(row)


@writes(router, "/submissions/{submission}/submit", act=Act.GIVE_FIGURES, answers=Submission)
def submit(by: Officer, *, submission: Number, body: Submitting) -> Submission:
    """Ask another officer to certify what the last trial reading shows."""
    there(lambda: queries.submission(submission))
    return _submission(actions.submit(submission, note=body.note, by=by, on=now()))


@writes(router, "/submissions/{submission}/certify", act=Act.CERTIFY, answers=Submission)
def certify(by: Officer, *, submission: Number, body: Certifying) -> Submission:
    """Certify figures that another prepared, so that they are added to what is held."""
    read = there(lambda: queries.submission(submission))
    if read.trial is None or read.trial.digest != body.digest:
        raise _read_anew(read.name)
    row = actions.certify(submission, by=by, on=now())
    ask_to_add(row, by=by)
    return _submission(row)


@writes(router, "/submissions/{submission}/send-back", act=Act.CERTIFY, answers=Submission)
def send_back(by: Officer, *, submission: Number, body: Reason) -> Submission:
    """Send a submission back to be put right, for a reason."""
    there(lambda: queries.submission(submission))
    return _submission(actions.send_back(submission, reason=body.reason, by=by, on=now()))


@writes(router, "/submissions/{submission}/withdraw", act=Act.GIVE_FIGURES, answers=Submission)
def withdraw(by: Officer, *, submission: Number, body: Reason) -> Submission:
    """Take a submission back before it is certified, for a reason."""
    there(lambda: queries.submission(submission))
    row = actions.withdraw(submission, reason=body.reason, by=by, on=now())
    transaction.on_commit(lambda: actions.forget(home(), submission))
    return _submission(row)


@reads(router, "/files", answers=Listed[HeldTable], needs=Act.READ_UNPUBLISHED)
def files(
    by: Asker, *, agency: Filter = "", after: After = "", limit: Limit = 100
) -> dict[str, Any]:
    """The files of payments that are held for the agencies that you may read, by hash."""
    mine = [row.code for row in agencies_for(by.known(), Act.READ_UNPUBLISHED, on=now())]
    rows = held.files(agencies=[code for code in mine if agency in ("", code)])
    return page(rows, lambda row: row.sha256, _held, after=after or None, limit=limit)


def _visible(by: Asker, submission: int) -> queries.SubmissionRow:
    row: queries.SubmissionRow = there(lambda: queries.submission(submission))
    if not by.may(Act.READ_UNPUBLISHED, agency=row.agency, on=now()):
        raise there_is_none(f"There is no submission {submission}")
    return row


def _read_anew(name: str) -> Refused:
    return Refused(
        f"{name} was not certified",
        why="its last trial reading is not the one that you name",
        next_step="Look at the submission again, and give the digest of its trial",
    )


def _not_taken(file: UploadedFile) -> Exception:
    refused = file.refused if isinstance(file, HeldFile) else None
    if refused is None or "larger than" in refused.why:
        return too_much(most_bytes(), refused)
    return refused


_OF_TRIAL = tuple(Trial.model_fields)


def _submission(row: queries.SubmissionRow) -> Submission:
    trial = row.trial
    return Submission(
        number=row.id, agency=row.agency, kind=row.kind, form=row.form, name=row.name,
        sha256=row.sha256, size=row.size, licence=row.licence, replaces=row.replaces,
        replaced_by=row.replaced_by, stage=row.stage.value, is_read=row.is_read,
        steps=[
            Step(turn=s.turn, verb=s.verb, after=s.after.value, by=s.by, on=s.on, reason=s.reason)
            for s in row.moves
        ],
        trial=Trial(**{name: getattr(trial, name) for name in _OF_TRIAL}) if trial else None,
    )  # fmt: skip


def _fault(row: FaultFound) -> ReadingFault:
    return ReadingFault(**{name: getattr(row, name) for name in ReadingFault.model_fields})


def _held(row: held.FileRow) -> HeldTable:
    return HeldTable(
        sha256=row.sha256, agency=row.agency, name=row.file, licence=row.licence,
        rows_in=row.sum_of("rows_in"), payments=row.sum_of("payments"),
        faults=row.sum_of("faults"), sum_pence=row.sum_of("sum_pence"),
        first_date=row.first_date, last_date=row.last_date,
    )  # fmt: skip
