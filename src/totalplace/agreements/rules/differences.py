"""What differs between two offers: line by line, sum by sum, and in every promise and condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from totalplace.agreements.rules.lines import Line, Sum, Where, totals
from totalplace.agreements.rules.offers import Entitled, Lift, Terms, Wished
from totalplace.agreements.rules.promises import Promise
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear


class About(StrEnum):
    """What a difference is about."""

    LINE = "line"
    SUM = "sum"
    SET = "set"
    MECHANISM = "mechanism"
    CONDITION = "condition"
    WORDS = "words"
    ENTITLEMENT = "national guarantee"
    PROMISE = "promise"
    LIFT = "rule to be lifted"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: empty before, it was added; empty after, it was taken out.

    `pence` is what is more; None where it is not about money, or a sum is not stated.
    """

    about: About
    code: str
    title: str
    what: str
    before: str
    after: str
    pence: int | None = None
    nature: Nature | None = None

    @property
    def how(self) -> str:
        """Whether it was added, taken out or changed."""
        if not self.before:
            return "added"
        return "changed" if self.after else "taken out"


def differences(
    before: Terms, after: Terms, names: Mapping[str, str] | None = None
) -> list[Difference]:
    """Every difference between two offers, in the order of their parts. Nothing for the same.

    `names` are those of agencies by their codes, which stand for themselves where none is given.
    """
    names = names or {}
    found = list(_lines(_by_code(before.lines), _by_code(after.lines)))
    found += _things(About.ENTITLEMENT, _entitled(before), _entitled(after))
    found += _things(About.PROMISE, _promised(before, names), _promised(after, names))
    found += _things(About.LIFT, _lifted(before), _lifted(after))
    found += _things(About.TARGET, _wished(before), _wished(after))
    return found


@dataclass(frozen=True, slots=True)
class Position:
    """What was said of a line in one offer; None: the line was not in it."""

    number: int
    side: str
    line: Line | None


def positions(offers: Iterable[tuple[int, str, Terms]], code: str) -> list[Position]:
    """The history of a line: what each offer in turn said of it."""
    return [
        Position(number, side, next((ln for ln in terms.lines if ln.code == code), None))
        for number, side, terms in offers
    ]


def still_open(theirs: Terms, ours: Terms) -> list[str]:
    """Codes of the lines, guarantees, promises and rules on which the two last offers differ."""
    return sorted({f"{one.about}: {one.title}" for one in differences(ours, theirs)})


def sum_words(line: Line) -> str:
    """What a line says of money, for all its years, in a few words."""
    said = totals([line])
    parts = [f"{said_pounds(said.revenue)} revenue"] if said.revenue else []
    parts += [f"{said_pounds(said.capital)} capital"] if said.capital else []
    if said.not_stated:
        parts.append(", ".join(sorted({s.said.value for s in line.sums if s.pence is None})))
    return " and ".join(parts) or "no sum"


def _by_code(lines: Iterable[Line]) -> dict[str, Line]:
    return {line.code: line for line in lines}


def _lines(before: Mapping[str, Line], after: Mapping[str, Line]) -> Iterator[Difference]:
    for code in [*before, *(code for code in after if code not in before)]:
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            one = old or new
            assert one is not None  # noqa: S101  (one of the two holds it)
            words = f"{one.where}: {sum_words(one)}"
            yield Difference(
                About.LINE, code, one.fund, "the whole line", words if old else "",
                words if new else "", _signed(one.stated(), added=new is not None),
            )  # fmt: skip
        else:
            yield from _of_line(old, new)


def _of_line(old: Line, new: Line) -> Iterator[Difference]:
    for about, what, one, other in (
        (About.SET, "set", old.where.value, new.where.value),
        (About.MECHANISM, "mechanism", old.mechanism.value, new.mechanism.value),
        (About.WORDS, "fund", old.fund, new.fund),
        (About.WORDS, "responsibility", old.responsibility, new.responsibility),
        (About.WORDS, "home department", old.department, new.department),
        (About.WORDS, "theme", old.theme, new.theme),
        (About.WORDS, "reason", old.reason, new.reason),
        (About.WORDS, "spending of the count", ", ".join(old.covers), ", ".join(new.covers)),
        (About.WORDS, "outcomes", ", ".join(old.outcomes), ", ".join(new.outcomes)),
    ):
        if one != other:
            yield Difference(about, new.code, new.fund, what, one or "nothing", other or "nothing")
    yield from _sums(old, new)
    had, has = _conditions(old), _conditions(new)
    for words in [*had, *(words for words in has if words not in had)]:
        if had.count(words) != has.count(words):
            yield Difference(
                About.CONDITION, new.code, new.fund, "condition", words if words in had else "",
                words if words in has else "",
            )  # fmt: skip


def _sums(old: Line, new: Line) -> Iterator[Difference]:
    for key in sorted({(s.year, s.nature) for s in (*old.sums, *new.sums)}):
        year, nature = key
        was, is_now = old.sum_of(nature, year), new.sum_of(nature, year)
        if was != is_now:
            what = f"{nature} in {FinancialYear(year).label}"
            yield Difference(
                About.SUM, new.code, new.fund, what, was.words if was else "",
                is_now.words if is_now else "", _moved(was, is_now), nature,
            )  # fmt: skip


def _moved(was: Sum | None, is_now: Sum | None) -> int | None:
    """Pence more; a sum that nobody said on one side is all of the other's."""
    if (was is not None and was.pence is None) or (is_now is not None and is_now.pence is None):
        return None
    return (is_now.pence or 0 if is_now else 0) - (was.pence or 0 if was else 0)


def _signed(pence: int | None, *, added: bool) -> int | None:
    return pence if pence is None or added else -pence


def _conditions(line: Line) -> list[str]:
    return [
        f"{c.kind}: {c.text}" + (f" ({said_pounds(c.pence)})" if c.pence is not None else "")
        for c in line.conditions
    ]


Said = dict[str, tuple[str, str]]  # by its key: title, and all that is said of it


def _things(about: About, before: Said, after: Said) -> Iterator[Difference]:
    for key in [*before, *(key for key in after if key not in before)]:
        old, new = before.get(key), after.get(key)
        if old != new:
            title = (new or old or ("", ""))[0]
            yield Difference(
                about, key, title, str(about), old[1] if old else "", new[1] if new else ""
            )


def _entitled(terms: Terms) -> Said:
    return {one.code: (one.title, said_entitled(one)) for one in terms.entitlements}


def said_entitled(one: Entitled) -> str:
    """A guarantee with its version and what it costs a year, in words."""
    if one.pence is None:
        return f"{one.title}, version {one.version}; what it costs here is not known"
    between = ""
    if one.low_pence is not None and one.high_pence is not None:
        between = f", between {said_pounds(one.low_pence)} and {said_pounds(one.high_pence)}"
    return f"{one.title}, version {one.version}; {said_pounds(one.pence)} a year{between}"


def _promised(terms: Terms, names: Mapping[str, str]) -> Said:
    # A promise keeps its number as long as nothing before it is taken out; what it says is its key.
    return {
        f"{one.by}>{one.to}:{one.what}": (one.what, said_promise(one, names))
        for one in terms.promises
    }


def said_promise(one: Promise, names: Mapping[str, str] | None = None) -> str:
    """A promise in a sentence; agencies by their names, where those are given."""
    called = names or {}
    money = f" {said_pounds(one.pence)}" if one.pence is not None else ""
    line = f" of {one.line}" if one.line else ""
    cure = f"; {one.cure_days} days to put it right" if one.cure_days else ""
    by, to = called.get(one.by, one.by), called.get(one.to, one.to)
    day = f"{one.due.day} {one.due:%B %Y}"
    return f"{by} owes {to}: {one.what} ({one.kind}{money}{line}), by {day}{cure}"


def said_pounds(pence: int) -> str:
    """Pounds, without pence where there are none."""
    return pounds(pence).removesuffix(".00")


def _lifted(terms: Terms) -> Said:
    return {one.code: (one.rule, said_lift(one)) for one in terms.lifts}


def said_lift(one: Lift) -> str:
    """A rule that is asked to be lifted, in a sentence."""
    cost = f"; it costs {said_pounds(one.pence)} a year" if one.pence is not None else ""
    return f"{one.rule}: {one.by} can lift it, {one.why}{cost}"


def _wished(terms: Terms) -> Said:
    return {one.indicator: (one.words, _words(one)) for one in terms.targets}


def _words(one: Wished) -> str:
    return f"{one.indicator}: {one.words}"


def moved_between_sets(before: Terms, after: Terms) -> dict[tuple[Where, Where], list[str]]:
    """Codes of the lines that changed their set, by from where to where."""
    had = _by_code(before.lines)
    found: dict[tuple[Where, Where], list[str]] = {}
    for line in after.lines:
        old = had.get(line.code)
        if old is not None and old.where is not line.where:
            found.setdefault((old.where, line.where), []).append(line.code)
    return found
