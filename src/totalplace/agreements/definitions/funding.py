"""Published funding lines, and the rules of the three sets, read once. Unknown keys are refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Final

from totalplace.agreements.rules.lines import (
    Headline,
    Line,
    Mechanism,
    Said,
    Sum,
    Where,
    totals,
)
from totalplace.agreements.rules.partition import ANY, Rule
from totalplace.entitlements.rules.written import Spot, written
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.years import FinancialYear
from totalplace.refusal import Refused

_HEAD: Final = {"title", "why", "owner", "as_of", "review_by", "sources", "uncertain"}
_LINE: Final = {"code", "responsibility", "fund", "department", "mechanism"}
_SUMS: Final = {"revenue": Nature.REVENUE, "capital": Nature.CAPITAL}
_REASON: Final = "As it was published."


@dataclass(frozen=True, slots=True)
class Published:
    """The lines of a settlement as published, beside the headline of it."""

    code: str
    title: str
    why: str
    as_of: date
    sources: tuple[str, ...]
    uncertain: str
    year: FinancialYear
    headline: Headline
    lines: tuple[Line, ...]


@cache
def published() -> Mapping[str, Published]:
    """Every published settlement that ships, by its code."""
    folder = resources.files(__package__).joinpath("lines")
    found = sorted(one.name for one in folder.iterdir() if one.name.endswith(".yaml"))
    texts = {name: folder.joinpath(name).read_text(encoding="utf-8") for name in found}
    return {
        name.removesuffix(".yaml"): read_published(text, name.removesuffix(".yaml"))
        for name, text in texts.items()
    }


def settlement(code: str) -> Published:
    """A published settlement. Raises Refused where there is none of that code."""
    known = published()
    if code not in known:
        raise Refused(
            f"There are no published lines called '{code[:80]}'",
            why=f"those that ship are {', '.join(known)}",
            next_step="Choose one of them",
        )
    return known[code]


def read_published(text: str, code: str) -> Published:
    """Published lines from their text. Raises Refused, with the line, for what it cannot say."""
    spot = written(text, what=f"The published lines '{code}'")
    spot.only(_HEAD | {"year", "headline_pounds", "lines"})
    try:
        year = FinancialYear.parse(spot.text("year"))
    except ValueError as error:
        raise spot.at("year").refused(str(error)) from error
    lines = tuple(_line(one, year.start) for one in spot.at("lines").each())
    headline = Headline(spot.whole("headline_pounds") * 100, totals(lines))
    sources = tuple(str(one.value) for one in spot.at("sources").each())
    return Published(
        code, spot.text("title"), spot.text("why"), spot.day("as_of"), sources,
        spot.text("uncertain"), year, headline, lines,
    )  # fmt: skip


def _line(spot: Spot, year: int) -> Line:
    spot.only(_LINE, {*_SUMS, "said"})
    sums = [Sum(year, nature, spot.whole(key) * 100) for key, nature in _SUMS.items()
            if spot.has(key)]  # fmt: skip
    if spot.has("said"):
        said = spot.one_of("said", Said)
        if sums or said is Said.STATED:
            raise spot.at("said").refused("a word stands in place of a sum, not beside one")
        # Of which nature it will be is not published with a sum that is not.
        sums.append(Sum(year, Nature.REVENUE, None, said))
    elif not sums:
        raise spot.refused("it says neither a sum nor what stands in its place")
    return Line(
        code=spot.text("code"),
        fund=spot.text("fund"),
        responsibility=spot.text("responsibility"),
        department=spot.text("department"),
        mechanism=spot.one_of("mechanism", Mechanism),
        where=Where.BLOCK,
        reason=_REASON,
        theme=spot.text("responsibility"),
        sums=tuple(sums),
    )


@cache
def set_rules() -> tuple[Rule, ...]:
    """Where spending falls before any offer: the first that fits holds."""
    text = resources.files(__package__).joinpath("sets.yaml").read_text(encoding="utf-8")
    return read_rules(text)


def read_rules(text: str) -> tuple[Rule, ...]:
    """Rules of the sets from their text. Raises Refused where the last is not of everything."""
    spot = written(text, what="The rules of the three sets")
    spot.only(_HEAD | {"rules"})
    found = []
    for one in spot.at("rules").each():
        one.only({"where", "reason"}, {"agency", "service", "decides", "source"})
        found.append(
            Rule(
                one.one_of("where", Where), one.text("reason"), _any(one, "agency"),
                _any(one, "service"), _any(one, "decides"),
                one.text("source") if one.has("source") else "",
            )
        )  # fmt: skip
    last = found[-1] if found else None
    if last is None or (last.agency, last.service, last.decides, last.source) != (
        ANY,
        ANY,
        ANY,
        "",
    ):
        raise spot.at("rules").refused("the last rule has to be of everything that is left")
    return tuple(found)


def _any(spot: Spot, key: str) -> str:
    return spot.text(key) if spot.has(key) else ANY
