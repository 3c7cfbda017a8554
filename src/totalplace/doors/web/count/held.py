"""What an edition rests on: coverage, faults, breaks and gaps, its rulings and its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from totalplace.count.rules.published import Finding, Weight
from totalplace.count.rules.whole_place.beside import FileTold
from totalplace.count.rules.words import plural
from totalplace.doors.report.columns import Cell as Exactly
from totalplace.doors.report.whole import covered, drawn
from totalplace.doors.report.whole.said import NOT_KNOWN, Unit
from totalplace.doors.report.whole.tables import Cell, Row, Table, money, plain, table, words
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Link, Page, Part, exact, linked

_COVERAGE = (
    "agency", "agency_name", "months_held", "payments_pence", "passed_on_pence", "accounts_pence",
    "form", "says",
)  # fmt: skip
_FILES = (
    "agency", "read_as", "file", "sheet", "publisher", "licence", "rows", "pence", "sha256",
)  # fmt: skip
_RULINGS = (
    "agency", "about", "payee", "unit", "purpose", "detail", "file", "sheet", "row", "ruled_to_be",
    "reason",
)  # fmt: skip


def coverage_page(reading: Reading) -> Page:
    """What is held of each body, what changed, what is missing, and what could not be read."""
    return Page(
        title="What is held, and what is missing",
        lead=covered.missing_said(reading.report),
        at=("coverage",),
        parts=tuple(_coverage(reading)),
        exact=exact(reading, _COVERAGE, _explained(reading)),
    )


def _explained(reading: Reading) -> Iterator[tuple[Exactly, ...]]:
    for e in reading.whole.explained:
        yield (
            e.agency, e.agency_name, e.months_held, _or_empty(e.payments_pence), e.passed_on_pence,
            _or_empty(e.accounts_pence), e.form, covered.explained(e),
        )  # fmt: skip


def _or_empty(value: int | None) -> Exactly:
    return "" if value is None else value


def _coverage(reading: Reading) -> Iterator[Part]:
    report, whole = reading.report, reading.whole
    made = covered.coverage(report)
    if made is not None:
        yield Part(
            "What is held",
            says=(
                (
                    "Published payments leave out pay, benefits and small sums. How much of a "
                    "body’s accounts they come to, says how far they can be trusted."
                ),
            ),
            table=linked(
                made,
                [reading.to("agencies", e.agency) for e in whole.explained],
                [reading.explain(basis=e.agency) for e in whole.explained],
            ),
            picture=Markup(drawn.held(report)),  # noqa: S704 - made safe where it is drawn
        )
    gone = covered.missing(report)
    if gone is not None:
        says = tuple(s for s in (covered.missing_said(report), covered.silent_said(report)) if s)
        yield Part("What is missing", says=says, table=linked(gone))
    changed = covered.breaks(report)
    yield Part(
        "Changes that are no growth",
        says=()
        if changed
        else ("No change of boundary or of publishing was found. That is no proof of none.",),
        table=linked(changed) if changed else None,
    )
    yield from _doubts(reading)


def _doubts(reading: Reading) -> Iterator[Part]:
    count = reading.whole.payments
    if count is None:
        return
    weighty = [f for f in count.findings if f.weight in (Weight.WRONG, Weight.FIGURES)]
    if weighty:
        yield Part("Know before you use these figures", notes=tuple(_found(f) for f in weighty))
    if count.faults:
        yield Part("What could not be read", table=linked(_faults(reading)))
    else:
        yield Part("What could not be read", says=("Every row of every file could be read.",))
    look = [f for f in count.findings if f.weight is Weight.LOOK]
    if look:
        yield Part("Rows to look at", notes=tuple(_found(f) for f in look))
    unknowns = tuple((u.title, " ".join((u.says, *u.figures))) for u in count.unknowns)
    yield Part("What the payments cannot tell", notes=unknowns)


def _found(f: Finding) -> tuple[str, str]:
    when = f", {f.period}" if f.period else ""
    figures = " ".join(f.figures)
    return f"{f.topic}: {f.agency.name}{when}", f"{f.says} {figures} {f.what_to_do}".strip()


def _faults(reading: Reading) -> Table:
    count = reading.whole.payments
    faults = count.faults if count else ()
    unit = Unit.for_sums(f.pence for f in faults)
    rows = [
        Row(
            f.agency.name,
            (
                words(f.why),
                words("the row is in no sum" if f.refused else "the cell was left out"),
                plain(f"{f.rows:,}"),
                money(
                    unit, f.pence, f"{f.without_amount:,} without a sum" if f.without_amount else ""
                ),
            ),
        )
        for f in faults
    ]
    heads = ["Body", "<What was found", "<What was done", "Rows", f"Of that readable, {unit.name}"]
    return table("Table of what could not be read", "By body and reason.", heads, rows)


def rulings_page(reading: Reading) -> Page:
    """Every judgement of an officer that the edition was made with."""
    found = reading.opened.rulings
    said = "An officer who knows better overrules the count, with a reason. "
    said += f"This edition was made with {plural(len(found), 'ruling')}."
    rows = [
        Row(
            reading.report.name_of(r.agency),
            (
                words(str(r.subject)),
                words(r.about),
                words(_ruled(reading, r.said)),
                words(r.reason),
            ),
        )
        for r in found
    ]
    made = table(
        "Table of rulings", "Each is on the record.",
        ["Body", "<About", "<Which lines", "<Ruled to be", "<Reason"], rows,
    )  # fmt: skip
    part = Part("Rulings", table=linked(made) if rows else None)
    exactly = [
        (r.agency, str(r.subject), r.payee, r.unit, r.purpose, r.detail, r.file, r.sheet,
         _or_empty(r.row), r.said, r.reason)
        for r in found
    ]  # fmt: skip
    return Page("Rulings", said, ("rulings",), (part,), exact(reading, _RULINGS, exactly))


def _ruled(reading: Reading, said: str) -> str:
    known = reading.report.titles.services
    return known[said].title if said in known else reading.whole.names.get(said, said)


def sources_page(reading: Reading) -> Page:
    """Every file that the edition was made from."""
    files = reading.opened.files
    lead = f"This edition was made from {plural(len(reading.opened.plain['files']), 'file')}."
    says = () if files else (_OLD,)
    return Page(
        title="Sources",
        lead=lead,
        at=("sources",),
        parts=(
            Part("Files", says, table=linked(files_table(reading, files)) if files else None),
            Part("Definitions", ("The lists of words and rules that were used, by their hash.",),
                 notes=tuple(reading.opened.plain["definitions"].items())),
        ),
        exact=exact(reading, _FILES, [_file(f) for f in files]),
    )  # fmt: skip


_OLD = (
    "This edition was made before the names of files were frozen with it. Make it again to have "
    "them: totalplace count again."
)


def _file(f: FileTold) -> tuple[Exactly, ...]:
    pence = _or_empty(f.pence)
    return f.agency, f.what, f.document, f.sheet, f.publisher, f.licence, f.rows, pence, f.sha256


def files_part(reading: Reading, agency: str) -> Part:
    """The files that a body's figures were read from."""
    files = reading.opened.files_of(agency)
    links = (Link("Every file of this edition", reading.to("sources")),)
    if not files:
        return Part("Files", says=("No file of this body was read.",), links=links)
    return Part("Files", table=linked(files_table(reading, files)), links=links)


def files_table(reading: Reading, files: Sequence[FileTold]) -> Table:
    """Files with publisher, licence, rows and hash."""
    rows = [
        Row(
            f.document,
            (
                words(reading.report.name_of(f.agency)),
                words(f.what),
                plain(f"{f.rows:,}"),
                words(f.publisher or NOT_KNOWN),
                words(f.licence or NOT_KNOWN),
                Cell(f.sha256[:16], look="words hash"),
            ),
            f.sheet if f.sheet not in ("", f.document) else "",
        )
        for f in files
    ]
    heads = ["File", "<Body", "<Read as", "Rows", "<Publisher", "<Licence", "<Hash, first 16"]
    caption = "The hash (SHA-256) is computed from the file: whoever has it can check that it is "
    caption += "the one. Downloads have it whole."
    return table("Table of files", caption, heads, rows)
