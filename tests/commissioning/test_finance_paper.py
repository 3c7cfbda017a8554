"""The board paper: one order of parts, every word escaped, and the same bytes each time."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from totalplace.commissioning.rules.board_paper import (
    Answered,
    Brief,
    Choice,
    Paper,
    Statement,
    paper,
)
from totalplace.commissioning.rules.finance import (
    FinancialPlan,
    Money,
    Planned,
    Reserve,
    financial_plan,
)
from totalplace.commissioning.rules.solving.paying import paid_from
from totalplace.commissioning.rules.weighed import Weighed, weigh
from totalplace.doors.report import plan_paper

from .cases import READY, WELL, case, effect, option

NAMES = {"council": "Wexshire Council", "icb": "Wexshire <ICB>"}


def weighed() -> Weighed:
    """Two services, of which one gains what the other loses."""
    of = case(
        option("early-help", 60, effect("2", of=READY)),
        option("visits", 40, effect("1", of=WELL, source="=cmd|' /C calc'!A0"), agency="icb"),
        pounds=100,
    )
    return weigh(of, (80_00, 20_00), title="The plan", cited="plan corner/1", names=NAMES)


def money_of(of: Weighed) -> FinancialPlan:
    """Its financial plan, with a pressure that nothing meets."""
    beside = Money(
        pressures=(Planned("Pay", (5_00,)),),
        reserves=(Reserve("General", 9_00, (1_00,), (0,), 8_50, "five per cent"),),
    )
    return financial_plan(of.case, of.pence, paid_from(of.case, of.pence), beside)


def the_paper(**more: object) -> Paper:
    """A paper of it."""
    of = weighed()
    choices = (
        Choice("Most outcomes", "It reaches most", 9.0, 9.5, 20_00, 100_00, 0, proposed=True),
        Choice("Least change", "It moves least", 8.0, 9.5, 5_00, 100_00, 0, runner_up=True),
        Choice("As last year", "Nothing moves", 7.0, None, 0, 100_00, 2),
    )
    said = {
        "place": "Wexshire", "accountable": "Wexshire Council", "standing": "proposed",
        "when": "1 May 2026", "why": "The grant falls.", "because": "It serves most children.",
        "weighed": of, "choices": choices, "money": money_of(of),
        "prices": (("The roads fund", "It costs 0.4 points"),),
        "unknown": ("Of every £100, £40 rests on a source that anybody can open",),
        "statement": Statement("Sound.", "Adequate.", "Ada", "2 May 2026", "version 1"),
        "answers": (Answered("Wexshire <ICB>", 20_00, 40_00, False, "It is too little."),),
    }  # fmt: skip
    return paper(Brief(**{**said, **more}))  # type: ignore[arg-type]


def test_it_says_what_is_proposed_beside_the_runner_up_and_the_rest() -> None:
    html = plan_paper.html_of(the_paper())
    for said in (
        "That the plan ‘most outcomes’ be adopted as the allocation of Wexshire.",
        "It serves most children.", "Least change (runner-up)", "all but 2",
        "the budget of Wexshire Council is short by £4.00", "It costs 0.4 points",
        "On the reserves: Adequate.", "contests", "a made-up trial", "decision corner/1",
    ):  # fmt: skip
        assert said in html or said[:1].upper() + said[1:] in html, said
    assert "optimal" not in html.lower()


def test_it_says_what_the_plan_brings_each_outcome_in_its_last_year() -> None:
    section = the_paper().sections[1]
    (table,) = section.tables
    assert table.caption == "What it brings, in 2026-27"
    assert table.heads[3] == "This plan brings"
    assert len(table.rows) == 2
    assert "only effects that may move money" in section.words[0]


def test_words_of_others_are_only_words() -> None:
    html = plan_paper.html_of(the_paper(why="<script>alert(1)</script>"))
    assert "<script>" not in html
    assert "Wexshire &lt;ICB&gt;" in html


def test_a_draft_recommends_nothing_and_says_what_is_lacking() -> None:
    html = plan_paper.html_of(
        the_paper(choices=(), statement=None, answers=(), money=None, because="", prices=())
    )
    for said in (
        "Nothing is recommended yet", "None was made yet", "No agency was asked yet",
        "there is no financial plan",
    ):  # fmt: skip
        assert said in html, said


def test_the_workbook_has_the_same_bytes_on_any_day_and_no_formula() -> None:
    of = weighed()
    first = plan_paper.book_of(the_paper(), money_of(of), NAMES)
    again = plan_paper.book_of(the_paper(), money_of(of), NAMES)
    assert first == again
    with zipfile.ZipFile(BytesIO(first)) as opened:
        assert b"2026-01-01T00:00:00Z" in opened.read("docProps/core.xml")
        sheets = [opened.read(n) for n in opened.namelist() if "worksheets/sheet" in n]
    assert len(sheets) > 6
    assert not any(b"<f>" in sheet for sheet in sheets)


@pytest.mark.skipif(bool(plan_paper.why_no_pdf()), reason="the documents extra is not installed")
def test_the_pdf_is_tagged_and_has_the_same_bytes_each_time() -> None:
    made = plan_paper.pdf_of(the_paper())
    assert made.startswith(b"%PDF")
    assert b"/StructTreeRoot" in made or b"ObjStm" in made
    assert made == plan_paper.pdf_of(the_paper())
