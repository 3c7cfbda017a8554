"""An agreement in plain words: who pays, who promises what by when, what changed in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from totalplace.agreements.rules.devolution import Side
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.rules.terms import Contribution, Sharing, Terms
from totalplace.agreements.rules.text import NOTHING
from totalplace.ledger.rules.accounts import Nature
from totalplace.money.pence import pounds
from totalplace.money.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Pays:
    """What a party puts in over all years; `unsettled`: so many sums are not settled yet."""

    agency: str
    name: str
    revenue_pence: int | None
    capital_pence: int | None
    years: str
    unsettled: int

    @property
    def pence(self) -> int | None:
        """Both together; None where neither is known."""
        known = [p for p in (self.revenue_pence, self.capital_pence) if p is not None]
        return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class Changed:
    """A clause that changed: what stood before, and what stands now; empty: it was not there."""

    section: str
    before: str
    now: str


def pays(terms: Terms) -> list[Pays]:
    """What each party puts in, who puts in most first."""
    found = []
    for party in terms.parties:
        mine = [one for one in terms.contributions if one.payer == party.agency]
        if not mine:
            continue
        years = sorted({one.year for one in mine})
        first, last = FinancialYear(years[0]).label, FinancialYear(years[-1]).label
        found.append(
            Pays(
                party.agency, party.name, _sum(mine, Nature.REVENUE), _sum(mine, Nature.CAPITAL),
                first if first == last else f"{first} to {last}",
                sum(one.pence is None for one in mine),
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-(one.pence or 0), one.name))


def _sum(mine: Iterable[Contribution], nature: Nature) -> int | None:
    known = [one.pence for one in mine if one.nature is nature and one.pence is not None]
    return sum(known) if known else None


def promised(promise: Promise, terms: Terms) -> str:
    """A promise as a resident would say it, without its day."""
    name = terms.names.get(promise.by, promise.by)
    to = terms.names.get(promise.to, promise.to)
    sum_ = pounds(promise.pence).removesuffix(".00") if promise.pence is not None else ""
    match promise.kind:
        case Kind.PAY:
            return f"{name} pays {to} {sum_}: {promise.what}"
        case Kind.SPEND:
            return f"{name} spends at least {sum_}: {promise.what}"
        case Kind.LIFT:
            return f"{name} lifts a rule: {promise.what}"
        case Kind.REPORT:
            return f"{name} reports to {to}: {promise.what}"
        case Kind.DO:
            return f"{name}: {promise.what}"


def by_day(terms: Terms, side: Side) -> list[Promise]:
    """What a side has promised, the soonest due first."""
    return sorted(terms.promised_by(side), key=lambda one: (one.due, one.number))


def risk(terms: Terms) -> str:
    """Who bears an overspend, in a sentence; empty where it is not said."""
    share = terms.risk_share
    if share is None:
        return ""
    host = terms.names.get(terms.accountable, "the accountable body")
    match share.sharing:
        case Sharing.BY_CONTRIBUTION:
            who = "all who pay in, in proportion to what they paid in"
        case Sharing.AGREED:
            parts = [f"{terms.names.get(a, a)} {n.normalize():f} per cent" for a, n in share.shares]
            who = ", ".join(parts)
        case Sharing.HOST:
            who = host
        case Sharing.CAPPED:
            first = pounds(share.cap_pence or 0).removesuffix(".00")
            who = f"{host} up to {first}, and above that all who pay in"
    return f"If too much is spent, this is borne by {who}. What is left {share.unspent}."


def changes(before: str, now: str) -> list[Changed]:
    """The clauses that differ between two texts, numbers of clauses apart, in order."""
    first, second = _clauses(before), _clauses(now)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    found = []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = first[a:b], second[c:d]
        for at in range(max(len(gone), len(come))):
            old = gone[at] if at < len(gone) else ("", "")
            new = come[at] if at < len(come) else ("", "")
            found.append(Changed(new[0] or old[0], old[1], new[1]))
    return found


def _clauses(text: str) -> Sequence[tuple[str, str]]:
    """Each clause with the heading above it, without its number."""
    heading, found = "", []
    for line in text.split("\n"):
        if re.match(r"[0-9]+\. [A-Z]", line):
            heading = line.partition(" ")[2].capitalize()
        elif line and not line.endswith(f" {NOTHING}"):
            found.append((heading, re.sub(r"^[0-9]+\.[0-9]+ ", "", line)))
    return found
