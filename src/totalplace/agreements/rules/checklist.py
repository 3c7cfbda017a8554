"""What a text still lacks to be laid open: what its model asks for, and section 75 besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from totalplace.agreements.rules.devolution import Clause, Model, Side
from totalplace.agreements.rules.terms import PLACES, Freedom, Section, Serves, Terms
from totalplace.participation.rules.freezing import Affected
from totalplace.participation.rules.gate import Lack

# What a person is told of a section that is empty.
_EMPTY: Final[Mapping[Clause, str]] = {
    Clause.PARTIES: "who the parties are",
    Clause.AIMS: "what it is for",
    Clause.OUTCOMES: "which outcomes are to be reached",
    Clause.CONTRIBUTIONS: "who puts in what",
    Clause.ENTITLEMENTS: "which national entitlements are kept",
    Clause.PROMISES: "what anybody promises",
    Clause.GOVERNANCE: "who looks after it",
    Clause.FLEXIBILITY: "what may be moved or carried forward",
    Clause.RISK_SHARE: "who bears an overspend",
    Clause.CHANGES: "which rules are to be changed",
    Clause.REVIEW: "when it is reviewed",
    Clause.VARIATION: "how it may be changed",
    Clause.BREACH: "when a promise is broken",
    Clause.DISPUTES: "how disputes are settled",
    Clause.REMEDIES: "what a broken promise costs",
    Clause.TERMINATION: "how long it holds and how it ends",
}
_BOTH: Final = (Clause.PROMISES, Clause.REMEDIES)  # that bind both sides or neither


@dataclass(frozen=True, slots=True)
class Letter:
    """One of the letters of regulation 7(3), and which terms say it."""

    letter: str
    says: str
    said_by: tuple[str, ...]
    serves: tuple[Serves, ...] = ()


def lacking(terms: Terms, model: Model, letters: Sequence[Letter]) -> list[Lack]:
    """All that a text lacks to be laid open under its model."""
    found = [*_parties(terms, model), *_clauses(terms, model), *_signing(terms), *_numbers(terms)]
    found += _targets(terms)
    found += _model(terms, model)
    return found + (section_75(terms, letters) if model.section_75 else [])


def section_75(terms: Terms, letters: Sequence[Letter]) -> list[Lack]:
    """Which letters of SI 2000/617, regulation 7(3), a text does not say; each lack is named."""
    found = [
        Lack(
            f"Letter ({one.letter}) is not said: {one.says}",
            f"SI 2000/617, regulation 7(3)({one.letter}), asks for it in writing; "
            f"there is nothing under {', '.join(_headings(missing))}",
            "Write it into that section",
        )
        for one in letters
        if (missing := _missing(terms, one))
    ]
    found += [
        Lack(
            f"What {terms.names[one.payer]} contributes of {one.line} is not settled",
            "regulation 7(3)(b) asks for the contribution of each party",
            "Settle it, or leave it out",
        )
        for one in terms.contributions
        if one.pence is None
    ]
    return found


def stakes(terms: Terms) -> list[Affected]:
    """The parties with money or a promise in it, as a hearing asks them; pence they put in."""
    found = []
    for party in terms.parties:
        puts = [one.pence for one in terms.contributions if one.payer == party.agency]
        gets = any(party.agency == one.to for one in terms.contributions)
        promises = sum(party.agency in (one.by, one.to) for one in terms.promises)
        if puts or gets or promises:
            known = [pence for pence in puts if pence is not None]
            words = f"{promises} promise{'' if promises == 1 else 's'}" if promises else ""
            found.append(Affected(party.agency, sum(known) if known else None, words))
    return found


def touches_money_or_targets(before: Terms, after: Terms) -> bool:
    """Whether a variation changes money or targets, so that it has to be heard."""
    fields = ("parties", "targets", "goals", "contributions", "entitlements", "flexibility",
              "risk_share", "remedies")  # fmt: skip
    if any(getattr(before, name) != getattr(after, name) for name in fields):
        return True
    paid = [
        [(p.number, p.by, p.to, p.kind, p.pence, p.line, p.due, p.targets) for p in one.promises
         if p.pence is not None or p.targets]
        for one in (before, after)
    ]  # fmt: skip
    return paid[0] != paid[1]


def _missing(terms: Terms, letter: Letter) -> list[str]:
    missing = [name for name in letter.said_by if not getattr(terms, name)]
    said = {one.serves for one in terms.services}
    if letter.serves and not set(letter.serves) <= said:
        missing.append("services")
    return missing


def _headings(names: Sequence[str]) -> list[str]:
    sections = {where.section for where in PLACES if where.name in names}
    return [section.value for section in Section if section in sections]


def _parties(terms: Terms, model: Model) -> Iterator[Lack]:
    if sum(one.accountable for one in terms.parties) != 1:
        yield Lack("It names no accountable body, or several",
                   "one body answers for the money", "Name one among the parties")  # fmt: skip
    # A pooled fund is of NHS bodies and councils: no department need be a party of it.
    if not terms.of_side(Side.CENTRE) and not model.section_75:
        yield Lack("No department is a party", "an agreement binds both sides",
                   "Name the departments among the parties")  # fmt: skip
    if len(terms.parties) < 2:  # nobody binds themself
        yield Lack("It has one party or none", "nobody binds themself",
                   "Name the other parties")  # fmt: skip


def _clauses(terms: Terms, model: Model) -> Iterator[Lack]:
    for clause in Clause:
        if clause not in model.clauses:
            continue
        names = [where.name for where in PLACES if where.section.value == clause.value]
        if not any(getattr(terms, name) for name in names):
            yield Lack(f"It does not say {_EMPTY[clause]}",
                       f"the model '{model.title}' asks for the section on {clause.value}",
                       "Write that section")  # fmt: skip
        elif clause in _BOTH:
            yield from _of_both(terms, clause)


def _of_both(terms: Terms, clause: Clause) -> Iterator[Lack]:
    for side in Side:
        said: bool = bool(
            terms.promised_by(side)
            if clause is Clause.PROMISES
            else [one for one in terms.remedies if one.broken_by is side]
        )
        if not said:
            what = "promises nothing" if clause is Clause.PROMISES else "pays for no broken promise"
            yield Lack(f"The {side} {what}", "the agreement is to bind both sides",
                       f"Write it into the section on {clause.value}")  # fmt: skip


def _signing(terms: Terms) -> Iterator[Lack]:
    turns = [one.number for one in terms.signing]
    whose = sorted(one.party for one in terms.signing)
    if turns != list(range(1, len(turns) + 1)) or whose != sorted(terms.names):
        yield Lack("The order of signing is not whole",
                   "every party signs once, in turns from 1 with no gap",
                   "Give each party one turn in the section on signing")  # fmt: skip


def _numbers(terms: Terms) -> Iterator[Lack]:
    for what, numbers in (
        ("promises", [one.number for one in terms.promises]),
        ("changes of rules", [one.number for one in terms.changes]),
        ("steps of a dispute", [one.number for one in terms.ladder]),
    ):
        if len(set(numbers)) != len(numbers) or 0 in numbers:
            yield Lack(f"Two {what} have one number, or one has none",
                       "they are cited by their numbers", "Number them from 1")  # fmt: skip
    if terms.duration and terms.duration.first > terms.duration.last:
        yield Lack("It ends before it begins", "the first day is after the last",
                   "Put the days right")  # fmt: skip


def _targets(terms: Terms) -> Iterator[Lack]:
    known = {one.indicator for one in terms.goals}
    for promise in terms.promises:
        for target in promise.targets:
            if target not in known:
                yield Lack(f"Promise {promise.number} names the target {target}",
                           "no outcome of that code is agreed",
                           "Name one of the outcomes, or leave it out")  # fmt: skip


def _model(terms: Terms, model: Model) -> Iterator[Lack]:
    limit = model.movement.per_cent
    for one in terms.flexibility:
        over: Any = one.freedom is Freedom.MOVE and one.per_cent
        if limit is not None and over and over > limit:
            yield Lack(f"{over} per cent may be moved between lines",
                       f"under the model '{model.title}' it is at most {limit}",
                       "Lower it")  # fmt: skip
