"""What an address asks for among payments, and the address that asks for something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from totalplace.count.rules.spending.wanted import MOST_PENCE, Mark, Sort, Wanted
from totalplace.count.rules.tallies import Kind
from totalplace.count.rules.words import month_name, whole_pounds
from totalplace.doors.web.count.opening import Reading
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused
from totalplace.sources.rules.amounts import pence

A_PAGE: Final = 50
MOST_PAGES: Final = 200  # beyond, a file is the better way to read on
_MONTH: Final = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
KINDS: Final = {
    Kind.PAYMENT: "Payments",
    Kind.CARD: "Purchases by card",
    Kind.COMMITMENT: "Commitments: contracts and orders",
}
MARKS: Final = {
    Mark.TRANSFERS: "Transfers: the body paid is counted too",
    Mark.NO_TRANSFERS: "All but transfers",
    Mark.REDACTED: "Payee left out by the publisher",
    Mark.NEGATIVE: "Refunds and corrections, below nothing",
    Mark.COPIES: "Extra copies of another line",
}
SORTS: Final = {
    Sort.LARGEST: "Largest first",
    Sort.SMALLEST: "Smallest first",
    Sort.LATEST: "Latest first",
    Sort.EARLIEST: "Earliest first",
    Sort.PAYEE: "By payee, A to Z",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: in words, and the address without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: filters, order and page; and what was typed wrongly, by field."""

    wanted: Wanted
    sort: Sort
    page: int
    typed: Mapping[str, str]
    errors: tuple[dict[str, str], ...] = ()

    @property
    def skip(self) -> int:
        """Rows that stand on the pages before."""
        return (self.page - 1) * A_PAGE

    def query(self, **changes: str) -> str:
        """The same with some changes as the part of an address after "?", the page left out."""
        said = {**self.typed, **changes}
        kept = {name: said[name] for name in FIELDS if said.get(name)}
        if kept.get("sort") == Sort.LARGEST.value:
            del kept["sort"]
        if kept.get("kind") == Kind.PAYMENT.value:
            del kept["kind"]
        return urlencode(kept)


FIELDS: Final = (
    "text", "body", "purpose", "paid", "payee", "from", "to", "least", "most", "kind", "only",
    "sort", "page",
)  # fmt: skip
_LONGEST: Final = 300  # letters of any field


def asked_of(get: Mapping[str, Any]) -> Asked:
    """What an address asks for. What is typed wrongly is left out and said under `errors`."""
    typed = {name: str(get.get(name, "")).strip()[:_LONGEST] for name in FIELDS}
    page = typed.pop("page")
    errors: list[dict[str, str]] = []
    said = {
        "text": typed["text"], "agency": typed["body"], "service": typed["purpose"],
        "body": typed["paid"], "payee": typed["payee"],
        "first": _month(typed, "from", errors), "last": _month(typed, "to", errors),
        "least_pence": _pence(typed, "least", errors), "most_pence": _pence(typed, "most", errors),
        "kind": _one_of(typed, "kind", Kind, errors) or Kind.PAYMENT,
        "mark": _one_of(typed, "only", Mark, errors),
    }  # fmt: skip
    sort = _one_of(typed, "sort", Sort, errors) or Sort.LARGEST
    try:
        wanted = Wanted(**said)
    except Refused as refused:
        errors.append({"text": f"{refused.why[:1].upper()}{refused.why[1:]}. {refused.next_step}",
                       "href": "#text"})  # fmt: skip
        wanted = Wanted()
    number = int(page) if page.isdecimal() and len(page) < 6 else 1
    return Asked(wanted, sort, min(max(number, 1), MOST_PAGES), typed, tuple(errors))


def _month(typed: dict[str, str], name: str, errors: list[dict[str, str]]) -> date | None:
    said = typed[name]
    if not said:
        return None
    found = _MONTH.fullmatch(said)
    if found and 1 <= int(found[2]) <= 12 and int(found[1]) > 0:
        return date(int(found[1]), int(found[2]), 1)
    _wrong(typed, name, errors, "Choose a month from the list")
    return None


def _pence(typed: dict[str, str], name: str, errors: list[dict[str, str]]) -> int | None:
    if not typed[name]:
        return None
    found = pence(typed[name])
    if found is not None and abs(found) <= MOST_PENCE:
        return found
    _wrong(typed, name, errors, "Write a sum in pounds, such as 5,000 or 49.99")
    return None


def _one_of(typed: dict[str, str], name: str, kind: Any, errors: list[dict[str, str]]) -> Any:
    if not typed[name]:
        return None
    try:
        return kind(typed[name])
    except ValueError:
        _wrong(typed, name, errors, "Choose one of the list")
        return None


def _wrong(typed: dict[str, str], name: str, errors: list[dict[str, str]], says: str) -> None:
    errors.append({"text": f"{says}, not “{typed[name]}”", "href": f"#{name}"})
    typed[name] = ""


def chips(reading: Reading, asked: Asked) -> list[Chip]:
    """Every filter that is set, in words, with the address without it."""
    wanted, report = asked.wanted, reading.report
    least, most = wanted.least_pence, wanted.most_pence
    said = [
        ("text", f"“{wanted.text}”" if wanted.text else ""),
        ("body", report.name_of(wanted.agency) if wanted.agency else ""),
        ("purpose", report.titles.service(wanted.service) if wanted.service else ""),
        ("paid", f"paid to {body_name(reading, wanted.body)}" if wanted.body else ""),
        ("payee", "one payee" if wanted.payee else ""),
        ("from", f"from {month_name(wanted.first)}" if wanted.first else ""),
        ("to", f"to {month_name(wanted.last)}" if wanted.last else ""),
        ("least", "" if least is None else f"{whole_pounds(least)} or more"),
        ("most", "" if most is None else f"{whole_pounds(most)} or less"),
        ("kind", KINDS[wanted.kind].lower() if wanted.kind is not Kind.PAYMENT else ""),
        ("only", MARKS[wanted.mark].lower() if wanted.mark else ""),
    ]  # fmt: skip
    return [Chip(text, f"?{asked.query(**{name: ''})}") for name, text in said if text]


def body_name(reading: Reading, code: str) -> str:
    """A public body that was paid, as it is called."""
    from totalplace.places import queries as places

    names = reading.whole.names
    known = names.get(code.removeprefix("agency:")) or names.get(code)
    if known is None and code.startswith("gss:"):
        body = places.body_by_code(code.removeprefix("gss:"))
        known = body.name if body else None
    return known or reading.report.name_of(code)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a list: its value, its name, and whether it is chosen."""

    value: str
    text: str
    chosen: bool


def choices(reading: Reading, asked: Asked) -> dict[str, list[Choice]]:
    """What can be chosen from each list of the form."""
    year = FinancialYear.parse(reading.row.year)
    months = [(f"{m:%Y-%m}", month_name(m)) for m in year.months]
    return {
        "body": _listed(asked, "body", "Any body", _payers(reading)),
        "purpose": _listed(asked, "purpose", "Any purpose", _purposes(reading)),
        "from": _listed(asked, "from", "Any month", months),
        "to": _listed(asked, "to", "Any month", months),
        "kind": _listed(asked, "kind", "", [(k.value, text) for k, text in KINDS.items()]),
        "only": _listed(asked, "only", "All of them", [(m.value, t) for m, t in MARKS.items()]),
        "sort": _listed(asked, "sort", "", [(s.value, text) for s, text in SORTS.items()]),
    }


def _listed(asked: Asked, name: str, none: str, pairs: list[tuple[str, str]]) -> list[Choice]:
    typed = asked.typed.get(name, "")
    listed = [Choice("", none, not typed)] if none else []
    listed += [Choice(value, text, value == typed) for value, text in pairs]
    if typed and typed not in {c.value for c in listed}:
        listed.append(Choice(typed, typed, chosen=True))
    return listed


def _payers(reading: Reading) -> list[tuple[str, str]]:
    """The bodies whose payments the edition was made from."""
    codes = {f.agency for f in reading.opened.files if f.what == "payments"}
    codes = codes or {line.agency for line in reading.whole.gross_lines}
    return sorted(((c, reading.report.name_of(c)) for c in codes), key=lambda pair: pair[1])


def _purposes(reading: Reading) -> list[tuple[str, str]]:
    titles = {code: s.title for code, s in reading.opened.services.items()}
    titles["unclassified"] = titles.get("unclassified", "Not told by what is published")
    return sorted(titles.items(), key=lambda pair: pair[1])
