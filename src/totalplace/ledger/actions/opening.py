"""Opening a book, its lines and its limits; closing its periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from totalplace.ledger import models
from totalplace.ledger.actions.refusals import told
from totalplace.ledger.actions.sealing import seal_what_is_open
from totalplace.ledger.queries.books import book as find_book
from totalplace.ledger.queries.books import closed_until, limits, lines
from totalplace.ledger.queries.books import line as find_line
from totalplace.ledger.queries.rows import BookRow, LineRow, PeriodRow
from totalplace.ledger.rules.accounts import Nature
from totalplace.ledger.rules.limits import Limit
from totalplace.ledger.rules.refusing import Unposted
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class NewBook:
    """What a new book is: of which place, kept by which host, for which years."""

    title: str
    place: str
    host: str
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class NewLine:
    """What a new line is: the colour of money, with the days on which it may be spent."""

    title: str
    payer: str
    nature: Nature
    citation: Citation
    first_day: date | None = None
    last_day: date | None = None
    conditions: str = ""


@transaction.atomic
def open_book(code: str, new: NewBook, *, by: Who, on: datetime, power: str = "") -> BookRow:
    """Open a book. `power`: where a room above has asked for it already, in its words.

    Raises Refused for a code that is taken or unsound, years that end before they begin, a book
    without a title, and a place or host that is not registered.
    """
    power = power or places.power(by, Act.OPEN_BOOK, agency=new.host, place=new.place, on=on)
    what = f"The book {code} cannot be opened"
    if not code_is_sound(code) or not new.title.strip():
        raise Refused(
            what,
            why="its code or its title will not do",
            next_step="Give a code of letters, digits, . _ and -, and a title",
        )
    if models.Book.objects.filter(code=code).exists():
        raise Refused(what, why="that code is taken", next_step="Choose another code")
    if not 1990 <= new.first_year <= new.last_year <= new.first_year + 30:
        raise Refused(
            what,
            why="its years end before they begin, or are more than thirty",
            next_step="Give its first year and its last, such as 2026 and 2028",
        )
    models.Book.objects.create(
        code=code,
        title=new.title.strip(),
        place_id=places.place(new.place).id,
        host_id=places.agency(new.host).id,
        first_year=new.first_year,
        last_year=new.last_year,
        by=by.name,
        on=on,
    )
    found = find_book(code)
    said = f"{found.title}; {found.host}; {found.years_in_words}"
    record.write(by.name, "opened a book", about=found.citation, on=on, power=power, citing=said)
    return found


@transaction.atomic
def add_line(
    book: str, code: str, new: NewLine, *, by: Who, on: datetime, power: str = ""
) -> LineRow:
    """Add a line to a book: the colour that money of one payer has, with its conditions.

    Raises Refused for a code that is taken, days that end before they begin, a line without a title
    or a citation, and a payer that is not registered.
    """
    its = find_book(book)
    power = power or places.power(by, Act.OPEN_BOOK, agency=its.host, place=its.place, on=on)
    what = f"The line {code} cannot be added"
    if not code_is_sound(code) or not new.title.strip() or not new.citation.kind:
        raise Refused(
            what,
            why="its code or its title will not do, or it cites nothing",
            next_step="Give a code of letters, digits, . _ and -, a title, and what it rests on",
        )
    if any(one.code == code for one in lines(book)):
        raise Refused(what, why="that code is taken", next_step="Choose another code")
    if new.first_day and new.last_day and new.last_day < new.first_day:
        raise Refused(what, why="it ends before it begins", next_step="Put the days right")
    models.Line.objects.create(
        book_id=its.id,
        code=code,
        title=new.title.strip(),
        payer_id=places.agency(new.payer).id,
        nature=new.nature.value,
        first_day=new.first_day,
        last_day=new.last_day,
        conditions=new.conditions.strip(),
        citation_kind=new.citation.kind,
        citation_id=new.citation.id,
        by=by.name,
        on=on,
    )
    said = f"{code}: {new.title.strip()}; {new.payer}, {new.nature}; {new.citation}"
    record.write(by.name, "added a line", about=its.citation, on=on, power=power, citing=said)
    return find_line(book, code)


@transaction.atomic
def set_limit(book: str, limit: Limit, *, by: Who, on: datetime, power: str = "") -> Limit:
    """Set a limit from its first day on; an earlier one of its name is replaced from then on.

    A limit without pence lifts it. What stands beyond it already stays, and may only come nearer.
    Raises Refused without a name or a citation, and for lines, agencies or years not of the book.
    """
    its = find_book(book)
    power = power or places.power(by, Act.OPEN_BOOK, agency=its.host, place=its.place, on=on)
    _check_limit(its, limit)
    codes = {row.code: row.id for row in lines(book)}
    with told():
        models.Limit.objects.create(
            book_id=its.id,
            name=limit.name.strip(),
            bound=limit.bound.value,
            pence=limit.pence,
            lines=[codes[one] for one in limit.lines],
            agency_id=places.agency(limit.agency).id if limit.agency else None,
            heading=limit.heading.value if limit.heading else "",
            year=limit.year,
            first_day=limit.first_day,
            citation_kind=limit.citation.kind,
            citation_id=limit.citation.id,
            by=by.name,
            on=on,
        )
    sum_said = "lifted" if limit.pence is None else f"{limit.bound} {pounds(limit.pence)}"
    said = f"{limit.name}: {sum_said} from {limit.first_day}; {limit.citation}"
    record.write(by.name, "set a limit", about=its.citation, on=on, power=power, citing=said)
    return limits(book)[-1]


def _check_limit(its: BookRow, limit: Limit) -> None:
    what = f"The limit '{limit.name}' cannot be set"
    codes = {row.code for row in lines(its.code)}
    if not limit.name.strip() or not limit.citation.kind:
        raise Refused(what, why="it has no name or cites nothing", next_step="Say what it rests on")
    if limit.pence is not None and limit.pence < 0:
        raise Refused(what, why="it is below nothing", next_step="Give a sum, or lift it")
    if unknown := sorted(set(limit.lines) - codes):
        raise Refused(
            what,
            why=f"the book has no line {', '.join(unknown)}",
            next_step=f"Choose from: {', '.join(sorted(codes)) or 'none yet'}",
        )
    if limit.year is not None and limit.year not in its.years:
        raise Refused(
            what, why=f"the book is of {its.years_in_words}", next_step="Choose one of its years"
        )
    if limit.bound.of_movement and (limit.agency or limit.heading):
        raise Refused(
            what,
            why="what moves between lines is bounded for lines alone",
            next_step="Leave the agency and the heading out",
        )


def close_period(book: str, last_day: date, *, by: Who, on: datetime) -> PeriodRow:
    """Close all days of a book until the end of a month. What is in them is sealed before.

    Raises Refused where that is closed already, has not ended, or does not end a month. A period
    never opens again: what comes late gets the first open day.
    """
    its = find_book(book)
    power = places.power(by, Act.CLOSE_PERIOD, agency=its.host, place=its.place, on=on)
    with told(), transaction.atomic():
        before = closed_until(book)
        first = before + timedelta(days=1) if before else FinancialYear(its.first_year).first_day
        if last_day < first:
            raise Unposted(
                f"The period until {last_day} cannot be closed",
                why=f"the first open day is {first}",
                next_step="Close one that is open",
                field="last_day",
            )
        seal_what_is_open(its, by=by, on=on, power=power)
        models.Period.objects.create(
            book_id=its.id, first_day=first, last_day=last_day, by=by.name, on=on
        )
        said = f"{first} to {last_day}"
        record.write(by.name, "closed a period", about=its.citation, on=on, power=power,
                     citing=said)  # fmt: skip
    return PeriodRow(first, last_day, by.name, on)
