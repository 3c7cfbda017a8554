"""What the watch sees, in words and rows; and the board paper that is made of them."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from totalplace.doors.report.csv_text import csv_text
from totalplace.doors.report.watch_paper import Found, WatchPaper, book_of, html_of
from totalplace.doors.report.watch_told import (
    HEADS,
    Line,
    counted,
    grouped,
    promise_words,
    row,
    said,
    since_words,
    sure_words,
)
from totalplace.monitoring.rules.seen import Sign
from totalplace.monitoring.rules.watched import Subject

from .watch_made import a_change, a_series, periods_of, seen_of

VALUES = [10, 11, 10, 11, 22, 21]
BAD = a_series(VALUES, matters=2.0)
QUIET = a_series([10, 11, 10, 11, 10], title="Adults living with obesity")
CHANGE = a_change(BAD, since=4, told=4)


def a_line(sign: Sign = Sign.WORSE, subject: Subject = Subject.OUTCOME, title: str = "") -> Line:
    """A line that stands under a sign."""
    series = a_series(VALUES, subject=subject, title=title or f"{sign} of {subject}")
    change = a_change(series, since=4, told=4, sign=sign)
    quiet = sign in (Sign.STEADY, Sign.TOO_FEW, Sign.SET_ASIDE)
    return Line(series, seen_of(series, None if quiet else change, sign=sign), f"It is {sign}.")


def a_paper(*lines: Line, findings: tuple[Found, ...] = ()) -> WatchPaper:
    return WatchPaper(
        "Wexshire", date(2026, 11, 26), promise_words(4, len(lines)), lines, findings,
        "https://example.org/monitoring/wexshire/",
    )  # fmt: skip


def test_the_most_serious_comes_first_within_a_subject_and_among_subjects() -> None:
    found = grouped([
        a_line(Sign.STEADY), a_line(Sign.BETTER), a_line(Sign.PERHAPS_WORSE), a_line(Sign.WORSE),
        a_line(Sign.CHANGED, Subject.MONEY), a_line(Sign.STEADY, Subject.PARTNERSHIP),
    ])  # fmt: skip
    assert [group.subject for group in found] == [
        Subject.OUTCOME, Subject.MONEY, Subject.PARTNERSHIP
    ]  # fmt: skip
    assert [one.seen.sign for one in found[0].news] == [Sign.WORSE, Sign.PERHAPS_WORSE]
    assert [(sign, len(lines)) for sign, lines in found[0].quiet] == [
        (Sign.BETTER, 1), (Sign.STEADY, 1)
    ]  # fmt: skip


def test_what_cannot_be_watched_is_counted_and_never_left_out() -> None:
    lines = [a_line(sign) for sign in Sign]
    assert sum(many for _, many in counted(lines)) == len(Sign)
    shown = [one for group in grouped(lines) for one in group.news]
    shown += [one for group in grouped(lines) for _, those in group.quiet for one in those]
    assert len(shown) == len(Sign)


def test_a_promise_is_told_in_words_of_a_councillor() -> None:
    assert promise_words(4, 180).startswith(
        "Of 180 series, even if all are healthy, this page may cry wolf up to 4 times a year"
    )
    assert "up to once a year" in promise_words(1, 1)
    assert "2.5 times" in promise_words(2.5, 10)
    assert "at most once in 25 years" in promise_words(0.04, 2)


def test_since_when_tells_how_far_it_may_be_off() -> None:
    at = periods_of(BAD)
    assert since_words(CHANGE) == "2019/20"
    wide = a_change(BAD, since=4, told=5, since_earliest=at[3], since_latest=at[5])
    assert since_words(wide) == "2019/20 (at the earliest 2018/19, at the latest 2020/21)"


def test_how_sure_is_told_by_the_evidence_beside_what_an_alarm_needs() -> None:
    assert sure_words(CHANGE) == "Certain: 3.0 times the evidence that an alarm needs"
    weak = a_change(BAD, since=4, told=4, sign=Sign.PERHAPS_WORSE, evidence=60.0)
    assert sure_words(weak) == "Not certain: less evidence than an alarm needs"
    strong = a_change(BAD, since=4, told=4, evidence=float("inf"))
    assert openpyxl.load_workbook(BytesIO(book_of(a_paper(Line(BAD, seen_of(BAD, strong), "")))))
    assert "more than 1,000 times" in sure_words(strong)


def test_a_missing_figure_is_empty_and_never_nought() -> None:
    assert said(BAD, None) == ""
    assert said(BAD, -0.04) == "0.0%"
    gone = a_series([None, None])
    told = dict(zip(HEADS, row(Line(gone, seen_of(gone, sign=Sign.TOO_FEW), "")), strict=True))
    assert told["latest"] == told["size"] == ""


def test_a_file_gives_exact_values_under_its_heads_and_no_formula() -> None:
    told = csv_text(HEADS, [row(a_line(title="=cmd()"))]).splitlines()
    assert told[0].split(",")[:3] == ["subject", "code", "title"]
    assert "'=cmd()" in told[1]
    assert len(row(a_line())) == len(HEADS)


def test_the_paper_has_every_series_and_finding_and_only_words() -> None:
    found = Found(1, date(2026, 7, 1), "Absence <b>", "It is worse.", "Answered by both.")
    paper = a_paper(a_line(title="<script>"), Line(QUIET, seen_of(QUIET), ""), findings=(found,))
    page = html_of(paper)
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "No sign of change (1):</b> Adults living with obesity, Wexshire 10.0%." in page
    assert "Absence &lt;b&gt;" in page
    assert re.search(r"1 worse · 1 no sign of change", page)


def test_two_papers_of_one_state_are_the_same_bytes_and_another_state_is_another_paper() -> None:
    paper, other = a_paper(a_line()), a_paper(a_line(Sign.BETTER))
    assert book_of(paper) == book_of(a_paper(a_line()))
    assert paper.digest != other.digest
    sheets = openpyxl.load_workbook(BytesIO(book_of(paper)))
    assert sheets.sheetnames == ["About", "Series", "Findings"]
    assert sheets["Series"]["S2"].value == 21.5


def test_the_paper_of_many_series_fits_on_two_sheets() -> None:
    weasyprint = pytest.importorskip("weasyprint")
    lines = [a_line(Sign.STEADY, title=f"Steady outcome number {n}") for n in range(150)]
    lines += [a_line(title=f"Outcome that is worse, number {n}") for n in range(8)]
    lines += [a_line(Sign.PERHAPS_WORSE, title=f"Perhaps worse, number {n}") for n in range(12)]
    laid_out = weasyprint.HTML(string=html_of(a_paper(*lines))).render()
    assert len(laid_out.pages) <= 2
