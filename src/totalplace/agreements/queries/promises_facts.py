"""From signed texts, books and the record to the plain facts by which promises are judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from totalplace.agreements import models
from totalplace.agreements.rules.booked import names_of
from totalplace.agreements.rules.facts import Bound, Done, Facts, Paid, Version
from totalplace.agreements.rules.promises import Kind, Promise
from totalplace.agreements.rules.terms import Terms
from totalplace.decisions.rules.days import local_day
from totalplace.ledger import queries as ledger
from totalplace.ledger.queries.flows import flows
from totalplace.ledger.rules.accounts import Heading
from totalplace.ledger.rules.accounts import Kind as Posted
from totalplace.record import queries as record
from totalplace.record.rules.chain import Citation

REMEDY: Final = "remedy"  # the kind of citation of what is posted as a remedy: remedy wexshire/1/2


@dataclass(frozen=True, slots=True)
class Signed:
    """A text that everybody has signed, and the day of the last signature."""

    number: int
    signed_on: date
    terms: Terms


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement that came into force: its texts in turn, and the day on which it ended."""

    citation: str  # PLACE/NUMBER
    place: str
    texts: tuple[Signed, ...]
    ended_on: date | None = None

    @property
    def terms(self) -> Terms:
        """Those of its last text."""
        return self.texts[-1].terms

    @property
    def first_day(self) -> date:
        """The day from which sums are its own: that which its first text gives, or of signing."""
        first = self.texts[0]
        duration = first.terms.duration
        return min(duration.first, first.signed_on) if duration else first.signed_on

    def bound(self) -> Bound:
        """Its promises, version by version, with the day of cure of each."""
        return Bound(self.citation, self.first_day, tuple(self._versions()), self.ended_on)

    def _versions(self) -> Iterator[Version]:
        for nth, text in enumerate(self.texts):
            # What was signed binds at once, though the first sum may be due a year later.
            holds = self.first_day if not nth else text.signed_on
            promises = tuple(_tied(one, self.citation, self.place) for one in text.terms.promises)
            yield Version(text.number, holds, text.signed_on, promises)


def _tied(promise: Promise, agreement: str, place: str) -> Promise:
    """A promise to lift a rule, with the item of the docket that is tied to it."""
    if promise.kind is not Kind.LIFT or promise.about:
        return promise
    items = models.DocketItem.objects.filter(agreement=agreement, promise=promise.number)
    item = items.order_by("number").first()
    return promise if item is None else replace(promise, about=f"docket {place}/{item.number}")


def facts_of(place: str, bound: Bound) -> Facts:
    """What the books of a place and the record have about the promises of an agreement."""
    promises = [promise for version in bound.versions for promise in version.promises]
    pay, spend = (
        {one.line for one in promises if one.kind is kind and one.line}
        for kind in (Kind.PAY, Kind.SPEND)
    )
    abouts = {promise.about for promise in promises if promise.about}
    return Facts(
        (*_sums(place, pay, Heading.DEBTOR, Heading.CASH), *_kept_back(bound.citation, pay)),
        tuple(_sums(place, spend, Heading.SPENT, Heading.COMMITTED)),
        tuple(_done(sorted(abouts))),
    )


def codes_of(book: str, lines: Iterable[str]) -> dict[str, str]:
    """The codes that lines of the text have in a book, each with the line of the text."""
    wanted = sorted(lines)
    return {
        one.code: line
        for one in ledger.lines(book)
        for line in wanted
        if one.code in names_of(line, one.payer)
    }


def _sums(place: str, lines: set[str], of: Heading, against: Heading) -> Iterator[Paid]:
    """The sums of some lines that went into the accounts of a heading, or back."""
    kind = Posted.SPENT if of is Heading.SPENT else Posted.RECEIVED
    sign = 1 if of is Heading.SPENT else -1  # what a debtor paid went out of its account
    for book in ledger.books(place) if lines else ():
        codes = codes_of(book.code, lines)
        for row in flows(book.code, of, against, set(codes)):
            # What is paid as a remedy is no part of what was promised; nor is what was moved here
            # from another line or year.
            if row.kind in (kind, Posted.REVERSAL) and row.citation.kind != REMEDY:
                yield Paid(
                    row.day, sign * row.pence, codes[row.line], row.agency, row.number,
                    local_day(row.on), row.reverses, row.year, book.code,
                )  # fmt: skip


def _kept_back(agreement: str, lines: set[str]) -> Iterator[Paid]:
    """What was lawfully kept back from an instalment counts as paid: it is a remedy of a breach."""
    for row in models.RemedyPosted.objects.filter(agreement=agreement):
        posted = ledger.posting(row.book, row.posting)
        if posted.reversed_by is not None:
            continue
        codes = codes_of(row.book, lines)
        for one in posted.transfers:
            of = (one.debit.heading, one.credit.heading)
            if of == (Heading.INCOME, Heading.DEBTOR) and one.credit.line in codes:
                yield Paid(
                    posted.day, one.pence, codes[one.credit.line], one.credit.agency,
                    posted.number, local_day(posted.on), None, one.credit.year, row.book,
                )  # fmt: skip


def _done(abouts: Iterable[str]) -> Iterator[Done]:
    for about in abouts:
        kind, _, named = about.partition(" ")
        for entry in record.about(Citation(kind, named)):
            yield Done(local_day(entry.on), entry.verb, about, entry.number)
