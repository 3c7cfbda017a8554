"""Why a number is what it is: its edition, formula, lines, status and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from totalplace.count.rules.purposes.services import Decides
from totalplace.count.rules.whole_place.beside import FileTold
from totalplace.count.rules.whole_place.lines import Income, Line, Status, total
from totalplace.count.rules.words import listed, percent, plural
from totalplace.doors.report.whole.grouping import DIVISIONS, title_of
from totalplace.doors.report.whole.said import (
    BASES,
    DECIDES,
    ECONOMIC,
    INCOMES,
    NOT_KNOWN,
    STATUSES,
    Summed,
    Unit,
    between,
    per_head,
    split_said,
)
from totalplace.doors.report.whole.tables import Row, money, plain, table, words
from totalplace.doors.report.whole.tables import known as known_cell
from totalplace.doors.web.count.bases import bases_part
from totalplace.doors.web.count.explained_flows import flows_page
from totalplace.doors.web.count.held import files_table
from totalplace.doors.web.count.onward import payments_of
from totalplace.doors.web.count.opening import Reading
from totalplace.doors.web.count.page import Figured, Link, Page, Part, exact_lines, linked
from totalplace.money.pence import pounds

MOST: Final = 400  # lines on a page; the downloads have every one
KEYS: Final = (
    "number", "rule", "agency", "service", "division", "decides", "economic", "payer", "paid",
    "receiver", "nature", "basis",
)  # fmt: skip
_ONCE: Final = "What one counted body paid another was taken out first."
_WIDEST: Final = (
    "The least and the most of every line, added up: the widest that it can be, as errors of one "
    "kind go together."
)
_NUMBERS: Final[Mapping[str, Mapping[str, str]]] = {
    "place": {},
    "decided": {"decides": "local"},
    "paid_in": {},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Lines of one rule that a number adds up, and how they are chosen, in words."""

    rule: Income
    is_capital: bool
    lines: tuple[Line, ...]
    chosen: tuple[str, ...]

    @property
    def summed(self) -> Summed:
        """Them added up."""
        return Summed("", self.lines, total(self.lines))


def explained_page(reading: Reading, said: Mapping[str, str], query: str) -> Page:
    """The explanation of the number that some keys name; 404 where they name none."""
    keys = {key: said[key] for key in KEYS if said.get(key)}
    if not keys:
        raise Http404("No number is named.")
    if "payer" in keys:
        return flows_page(reading, keys, query)
    if "basis" in keys:
        return _basis(reading, keys["basis"], query)
    if "number" in keys:
        if keys["number"] not in _NUMBERS or reading.whole.numbers is None:
            raise Http404("There is no such number.")
        keys = {"rule": "net", **_NUMBERS[keys["number"]], "number": keys["number"]}
    return _page(reading, asked(reading, keys), keys, query)


def asked(reading: Reading, keys: Mapping[str, str]) -> Asked:
    """The lines that keys name. Raises Http404 for a rule that there is not, or for no line."""
    whole, report = reading.whole, reading.report
    sets = {"net": whole.net_lines, "gross": whole.gross_lines, "capital": whole.capital_lines}
    rule = keys.get("rule", str(whole.income))
    if rule not in sets:
        raise Http404("There is no such income rule.")
    lines, chosen = list(sets[rule]), []
    for key, (said, has) in _CHOICES.items():
        if key in keys:
            wanted = keys[key]
            lines = [x for x in lines if has(reading, x) == wanted]
            chosen.append(said(reading, wanted))
    if keys.get("number") == "paid_in":
        # The same rule as the count's: benefits are paid to people who live in the place.
        lines = [x for x in lines if x.service.endswith(("_benefit", "_benefits"))]
        chosen.append("benefits, which are paid to people who live in the place")
    if not lines:
        raise Http404("No line of this edition is so.")
    income = Income.GROSS if rule == "gross" else report.whole.income
    return Asked(income, rule == "capital", tuple(lines), tuple(chosen))


def _name_of(reading: Reading, code: str) -> str:
    every = (*reading.whole.lines, *reading.whole.gross_lines, *reading.whole.capital_lines)
    return next((x.agency_name for x in every if x.agency == code), reading.report.name_of(code))


_ECONOMIC: Final = {str(kind): said.lower() for kind, said in ECONOMIC.items()}
_Said = Callable[[Reading, str], str]
_Has = Callable[[Reading, Line], str]
# Of each key: what it says in words, and what a line has of it.
_CHOICES: Final[Mapping[str, tuple[_Said, _Has]]] = {
    "agency": (
        lambda reading, code: f"of {_name_of(reading, code)}",
        lambda reading, x: x.agency,
    ),
    "service": (
        lambda reading, code: f"on {title_of(reading.report, '' if code == 'none' else code)}",
        lambda reading, x: reading.report.service_of(x) or "none",
    ),
    "division": (
        lambda reading, code: f"in division {code} {DIVISIONS.get(code, '')}".strip(),
        lambda reading, x: reading.report.titles.cofog(reading.report.service_of(x))[:2] or "none",
    ),
    "decides": (
        lambda reading, who: DECIDES[Decides("" if who == "nobody" else who)].lower(),
        lambda reading, x: (
            str(reading.report.titles.decides(reading.report.service_of(x))) or "nobody"
        ),
    ),
    "economic": (
        lambda reading, kind: _ECONOMIC.get(kind, kind),
        lambda reading, x: str(x.economic),
    ),
}


def _page(reading: Reading, found: Asked, keys: Mapping[str, str], query: str) -> Page:
    summed = found.summed
    what = "Building" if found.is_capital else "Spending"
    of = f" {', '.join(found.chosen)}" if found.chosen else " for the place"
    title = f"{what}{of}, {reading.whole.year}"
    figure = NOT_KNOWN if summed.pence is None else pounds(summed.pence)
    return Page(
        title=title,
        lead="What this number is, how it is made, and where it is from.",
        at=("explain",),
        query=query,
        parts=(
            Part("The number", figures=(Figured(title, figure, _status(summed)),)),
            Part("How it is made", notes=tuple(_formula(reading, found))),
            _lines(reading, found, keys),
            *_from(reading, found),
        ),
        exact=exact_lines(reading, [(x, _is_in_total(reading, found)) for x in found.lines]),
    )


def _is_in_total(reading: Reading, found: Asked) -> bool:
    return not found.is_capital and found.rule is reading.whole.income


def _status(summed: Summed) -> str:
    if summed.pence is None:
        return "Nothing of it is known. It is in no sum, and is not nought."
    said = split_said(summed.total.by_status)
    ranged = between(summed.low_pence, summed.high_pence)
    more = f" It lies {ranged}." if ranged else ""
    gone = f" {plural(summed.total.missing, 'line')} of it missing." if summed.total.missing else ""
    return f"{said[:1].upper()}{said[1:]}.{more}{gone}"


def _formula(reading: Reading, found: Asked) -> Iterable[tuple[str, str]]:
    """The formula in plain words, a step at a time."""
    whole, summed = reading.whole, found.summed
    lines = plural(len(found.lines), "line")
    if found.is_capital:
        yield "Sum", f"{lines} of returns, added up. Building is in no total of this edition."
    elif found.rule is Income.NET:
        yield "Sum", f"{lines} of returns, added up. {INCOMES[Income.NET]}"
    else:
        yield (
            "Sum",
            f"{lines} of published payments by body and purpose, added up. {_ONCE} "
            + INCOMES[Income.GROSS],
        )
    if summed.low_pence is not None and summed.low_pence != summed.high_pence:
        yield (
            "Range",
            _WIDEST,
        )
    if summed.pence is not None and whole.total.pence > 0 and _is_in_total(reading, found):
        share = percent(summed.pence, whole.total.pence)
        yield "Share", f"{pounds(summed.pence)} of the total, {pounds(whole.total.pence)}: {share}."
    if summed.pence is not None and whole.people:
        each = per_head(summed.pence, whole.people)
        source = f" ({whole.people_source})" if whole.people_source else ""
        yield "Per person", f"{pounds(summed.pence)} over {whole.people:,} people{source}: {each}."
    for status in dict.fromkeys(x.status for x in found.lines):
        means = STATUSES[status]
        sum_ = summed.total.by_status.get(status, 0)
        figure = "" if status is Status.MISSING else f"{pounds(sum_)}: "
        yield str(status).capitalize(), f"{figure}{means}."


def _lines(reading: Reading, found: Asked, keys: Mapping[str, str]) -> Part:
    listed_ = sorted(found.lines, key=lambda x: (x.pence is None, -abs(x.pence or 0), x.agency))
    unit, summed = Unit(is_millions=False), found.summed
    has_notes = any(x.note for x in listed_[:MOST])
    rows = [_line(reading, x, unit, has_notes=has_notes) for x in listed_[:MOST]]
    foot = Row(
        "Together",
        (words(""), words(""), words(""), money(unit, summed.pence),
         plain(unit.range_said(summed.low_pence, summed.high_pence)),
         *[words("")] * (1 + has_notes)),
    )  # fmt: skip
    more = len(listed_) - len(rows)
    caption = "Exact to the pound; to the penny in the downloads." + (
        f" {more:,} more lines are there too." if more > 0 else ""
    )
    heads = [
        "Body", "<Purpose, and the line as published", "<How it is known",
        "<How it was put to the place", unit.name, "Range", "<Read from",
        *(["<What is said of it"] if has_notes else []),
    ]  # fmt: skip
    made = table("Table of the lines", caption, heads, rows, foot=foot)
    links: tuple[Link, ...] = ()
    if found.rule is Income.GROSS and not found.is_capital:
        said = {key: keys.get(key, "") for key in ("agency", "service")}
        links = payments_of(reading, **said)
    return Part("The lines that add up to it", table=linked(made), links=links)


def _line(reading: Reading, x: Line, unit: Unit, *, has_notes: bool) -> Row:
    report = reading.report
    title = title_of(report, report.service_of(x))
    read_as = report.kinds.get(x.source) or x.source or "–"
    cells = (
        words(title, "" if x.detail == title else x.detail),
        known_cell({x.status: x.pence or 0}, int(x.pence is None)),
        words(BASES[x.basis] if x.pence is not None else "–"),
        money(unit, x.pence),
        plain(unit.range_said(x.low_pence, x.high_pence)),
        words(read_as, "" if x.source == read_as else x.source),
        *([words(x.note)] if has_notes else []),
    )
    return Row(x.agency_name, cells)


def _from(reading: Reading, found: Asked) -> Iterable[Part]:
    files = files_of(reading, found.lines)
    if files:
        yield Part("The files it is from", table=linked(files_table(reading, files)))
    elif not reading.opened.is_told:
        yield Part(
            "The files it is from",
            says=("This edition is older than the list of files; their hashes are under sources.",),
            links=(Link("Sources", reading.to("sources")),),
        )
    modelled = [x for x in found.lines if x.status in (Status.MODELLED, Status.MISSING)]
    if modelled and not files:
        names = listed(list(dict.fromkeys(x.agency_name for x in modelled)), most=4)
        yield Part("No file", says=(f"Of {names} no file of this year is held.",))


def files_of(reading: Reading, lines: Iterable[Line]) -> list[FileTold]:
    """The files that lines were read from: payments of their bodies, and returns by document."""
    asked_of = {(x.agency, x.source) for x in lines}
    paying = {agency for agency, source in asked_of if source == "payments"}
    return [
        f
        for f in reading.opened.files
        if (f.what == "payments" and f.agency in paying)
        or (f.what != "payments" and (f.agency, f.document) in asked_of)
    ]


def _basis(reading: Reading, agency: str, query: str) -> Page:
    name = _name_of(reading, agency)
    explained = [e for e in reading.whole.explained if e.agency == agency]
    if not explained and not any(s.agency == agency for s in reading.opened.statements):
        raise Http404("This edition has no such body.")
    notes = [
        (
            "Payments over accounts",
            (
                f"{pounds(e.payments_pence)} of payments, less {pounds(e.passed_on_pence)} that is "
                f"only passed on, over {pounds(e.accounts_pence)} of accounts."
            ),
        )
        for e in explained
        if e.payments_pence is not None and e.accounts_pence is not None
    ]
    files = reading.opened.files_of(agency)
    parts = [bases_part(reading, agency)]
    if notes:
        parts.append(Part("How much of it is seen", notes=tuple(notes)))
    if files:
        parts.append(Part("The files it is from", table=linked(files_table(reading, files))))
    mine = [x for x in (*reading.whole.lines, *reading.whole.capital_lines) if x.agency == agency]
    return Page(
        title=f"{name} as a whole, {reading.whole.year}",
        lead="What the body said of itself, and what it was seen to pay; before anything is shared "
        "to the place.",
        at=("explain",),
        query=query,
        parts=tuple(parts),
        exact=exact_lines(reading, [(x, False) for x in mine]),
    )
