"""What is said of a decision before it is taken: comments, advice, interests, papers."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from pydantic import Field

from totalplace.decisions import actions, queries
from totalplace.doors.api.decisions.acting import _at
from totalplace.doors.api.decisions.shown import Decision, decision_of
from totalplace.doors.api.frame import Code, Number, writes
from totalplace.doors.api.words import Line, OptionalLine, OptionalWords, Said, Words
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Officer

router = Router()
_ONE = "/decisions/{body}/{number}"
Category = Annotated[
    str, Field(max_length=64, description="Of the law, to keep it from the public; empty: open.")
]


class Commenting(Said):
    """Whether it is lawful and affordable, and from which budget."""

    words: Words


class Advising(Said):
    """Whose advice it is, and what they say."""

    source: Line
    words: Words


class Declaring(Said):
    """An interest: one's own, or one that a member declared."""

    nature: Words
    pecuniary: bool
    who: OptionalLine = ""
    dispensation: OptionalLine = ""


class AddingPaper(Said):
    """A paper by its title and address."""

    title: Line
    address: OptionalLine = ""
    category: Category = ""
    reason: OptionalWords = ""


class MarkingPaper(Said):
    """Whether the public may see a paper, and why or why not."""

    category: Category = ""
    reason: Words


@writes(router, _ONE + "/comment", act=Act.COMMENT_ON_FINANCE, answers=Decision)
def comment(by: Officer, *, body: Code, number: Number, said: Commenting) -> Decision:
    """Comment on a decision as chief finance officer."""
    row = actions.comment_on_finance(_at(body, number), said.words, by=by, on=now())
    return _done(row)


@writes(router, _ONE + "/advise", act=Act.ADVISE, answers=Decision)
def advise(by: Officer, *, body: Code, number: Number, said: Advising) -> Decision:
    """Add advice to a decision."""
    row = actions.advise(_at(body, number), said.words, source=said.source, by=by, on=now())
    return _done(row)


@writes(router, _ONE + "/declare-interest", act=Act.DECLARE_INTEREST, answers=Decision)
def declare_interest(by: Officer, *, body: Code, number: Number, said: Declaring) -> Decision:
    """Declare an interest in a decision."""
    row = actions.declare_interest(
        _at(body, number), said.nature, pecuniary=said.pecuniary, who=said.who,
        dispensation=said.dispensation, by=by, on=now(),
    )  # fmt: skip
    return _done(row)


@writes(router, _ONE + "/papers", act=Act.ADD_PAPER, answers=Decision, status=201)
def add_paper(by: Officer, *, body: Code, number: Number, said: AddingPaper) -> Decision:
    """Add a paper to a decision; with a category, kept from the public."""
    row = actions.add_paper(
        _at(body, number), said.title, address=said.address, category=said.category,
        reason=said.reason, by=by, on=now(),
    )  # fmt: skip
    return _done(row)


@writes(router, _ONE + "/papers/{paper}/mark", act=Act.ADD_PAPER, answers=Decision)
def mark_paper(
    by: Officer, *, body: Code, number: Number, paper: Number, said: MarkingPaper
) -> Decision:
    """Keep a paper from the public under a category of the law, or open it to them."""
    row = actions.mark_paper(
        _at(body, number), paper, category=said.category, reason=said.reason, by=by, on=now()
    )
    return _done(row)


def _done(row: queries.DecisionRow) -> Decision:
    return decision_of(row)
