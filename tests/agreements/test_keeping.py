"""Promises of an agreement in force, read from a book and the record; disputes; the docket."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner
from pytest_django.plugin import DjangoDbBlocker

from totalplace.agreements.actions import disputes, docket, keeping
from totalplace.agreements.queries import keeping_docket, promises
from totalplace.agreements.rules.breaches import Ending
from totalplace.agreements.rules.docket import Change, Stage, Verb
from totalplace.agreements.rules.keeping import Group, Status
from totalplace.agreements.rules.ladder import Stage as Disputed
from totalplace.agreements.rules.ladder import Verb as Does
from totalplace.doors.cli.main import totalplace
from totalplace.doors.cli.session import Session
from totalplace.ledger import actions as ledger
from totalplace.ledger.actions import NewLine
from totalplace.ledger.rules import verbs
from totalplace.ledger.rules.accounts import Kind, Nature
from totalplace.places.rules.mandates import Officer, Role
from totalplace.record import actions as record
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

from .keeping_made import (
    ADA,
    BOOK,
    HELP,
    LATE,
    ONE,
    TODAY,
    Wexshire,
    at,
    day,
    in_force_once,
    undone,
)
from .terms_made import ABSENCE, DFE, ICB, LINE, WEX


@pytest.fixture(scope="module")
def agreed(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Wexshire]:  # fmt: skip
    """The agreement in force, made once."""
    with in_force_once(django_db_blocker, tmp_path_factory.getbasetemp()) as here:
        yield here


@pytest.fixture(autouse=True)
def wexshire(agreed: Wexshire) -> Iterator[Wexshire]:
    """The place, as it stands before anything is done about its promises."""
    with undone():
        yield agreed


def status(number: int) -> Status:
    """Where a promise stands today."""
    return promises.promise(ONE, number, on=TODAY).standing.status


def test_money_in_the_book_and_acts_on_the_record_keep_promises(wexshire: Wexshire) -> None:
    assert [status(n) for n in (1, 2, 3, 4)] == [
        Status.LATE, Status.DUE_SOON, Status.NOT_YET_DUE, Status.NOT_YET_DUE,
    ]  # fmt: skip
    posted = wexshire.pays(2_000_000_00)
    record.write("ada", "gave", about=Citation("return", "wexshire/q1"), on=at(0))
    wexshire.spends(500_000_00)
    assert [status(n) for n in (1, 2, 4)] == [Status.CURED, Status.KEPT, Status.KEPT]
    one = promises.promise(ONE, 1, on=TODAY).standing
    assert [(e.book, e.number, e.pence) for e in one.evidence] == [
        (BOOK, posted.number, 2_000_000_00)
    ]
    [breach] = one.breaches
    assert (breach.since, breach.ended, breach.how) == (day(1 - LATE), TODAY, Ending.CURED)


def test_a_line_that_the_book_calls_by_its_payer_is_that_line_of_the_text(
    wexshire: Wexshire,
) -> None:
    for payer in (DFE, ICB):
        line = NewLine("School", payer, Nature.REVENUE, Citation("letter", "1"))
        ledger.add_line(BOOK, f"{LINE}-{payer}", line, by=ADA, on=at(-1))
    wexshire.spends(500_000_00, line=f"{LINE}-{DFE}")
    assert status(4) is Status.KEPT


def test_a_target_stands_still_while_the_department_is_late_and_no_longer(
    wexshire: Wexshire,
) -> None:
    assert promises.suspended("wexshire", day(-LATE)) == {}
    assert list(promises.suspended("wexshire", day(1 - LATE))) == [ABSENCE]
    posted = wexshire.pays(2_000_000_00, day(-1))
    assert list(promises.suspended("wexshire", day(-2))) == [ABSENCE]
    assert promises.suspended("wexshire", day(-1)) == {}
    ledger.reverse(BOOK, posted.number, why="It came back", by=ADA, on=at(0))
    assert list(promises.suspended("wexshire", TODAY)) == [ABSENCE]


def test_who_owes_what_is_counted_over_all_places_with_what_is_late_first(
    wexshire: Wexshire,
) -> None:
    rows = promises.promises(on=TODAY)
    assert rows[0].standing.promise.number == 5
    first, second = promises.tallies(rows)
    assert (first.agency, first.counts[Group.LATE], first.promises) == (DFE, 2, 3)
    assert (second.agency, second.oldest is not None) == (WEX, True)
    assert [row.standing.promise.number for row in promises.due_soon(TODAY)] == [5, 1, 6, 2]


def test_what_is_said_of_a_promise_decides_nothing(wexshire: Wexshire) -> None:
    keeping.say_kept(ONE, 1, agency=DFE, words="We paid.", evidence="our ledger", by=ADA, on=at(0))
    assert status(1) is Status.LATE
    [saying] = promises.sayings(ONE, 1)
    assert (saying.agency, saying.words) == (DFE, "We paid.")
    for agency, evidence in ((ICB, "a letter"), (DFE, " ")):
        with pytest.raises(Refused):
            keeping.say_kept(ONE, 1, agency=agency, words="So.", evidence=evidence, by=ADA,
                             on=at(0))  # fmt: skip


def test_notice_is_given_of_a_breach_that_is_one_and_goes_up_the_ladder(
    wexshire: Wexshire,
) -> None:
    with pytest.raises(Refused, match="show no breach"):
        disputes.give_notice(ONE, disputes.Notice(DFE, "Report.", 2), by=ADA, on=at(0))
    with pytest.raises(Refused, match="same side"):
        disputes.give_notice(ONE, disputes.Notice(WEX, "So.", None, ICB, "x"), by=ADA, on=at(0))
    row = disputes.give_notice(ONE, disputes.Notice(ICB, "Pay.", 1), by=ADA, on=at(0))
    assert (row.against, row.since, row.course.rung.who) == (DFE, day(1 - LATE), "the officials")

    def moves(verb: Does, agency: str, evidence: str = "") -> Disputed:
        said = disputes.Said(agency, "So it is.", evidence)
        return disputes.move_dispute(ONE, 1, verb, said, by=ADA, on=at(0)).course.stage

    for verb, agency in ((Does.ANSWER, ICB), (Does.SETTLE, DFE), (Does.ESCALATE, WEX)):
        with pytest.raises(Refused):
            moves(verb, agency)
    assert moves(Does.ANSWER, DFE) is Disputed.ANSWERED
    assert moves(Does.OFFER, DFE) is Disputed.OFFERED
    with pytest.raises(Refused, match="did not make the offer"):
        moves(Does.SETTLE, DFE)
    assert moves(Does.DECLINE, WEX) is Disputed.ANSWERED
    assert moves(Does.ESCALATE, WEX) is Disputed.ESCALATED
    with pytest.raises(Refused, match="where it can be read"):
        moves(Does.ADJUDICATE, WEX)
    assert moves(Does.ADJUDICATE, WEX, "Finding of Judge Lee") is Disputed.ADJUDICATED


def test_only_the_parties_of_a_dispute_act_in_it(
    wexshire: Wexshire, an_officer: Callable[..., Officer]
) -> None:
    council = an_officer("com", Role.COMMISSIONER, agency=WEX)
    official = an_officer("off", Role.DEPARTMENT_OFFICIAL, agency=DFE)
    with pytest.raises(Refused, match="may not"):
        disputes.give_notice(ONE, disputes.Notice(WEX, "Pay.", 1), by=official, on=at(0))
    disputes.give_notice(ONE, disputes.Notice(WEX, "Pay.", 1), by=council, on=at(0))
    with pytest.raises(Refused, match="may not"):
        disputes.move_dispute(ONE, 1, Does.ANSWER, disputes.Said(DFE, "Soon."), by=council,
                              on=at(0))  # fmt: skip
    disputes.move_dispute(ONE, 1, Does.ANSWER, disputes.Said(DFE, "Soon."), by=official, on=at(0))


def test_a_remedy_is_posted_by_an_officer_once_its_days_of_cure_are_over(
    wexshire: Wexshire,
) -> None:
    number = keeping.post_remedy(ONE, 5, book=BOOK, day=TODAY, by=ADA, on=at(0))
    assert number > 0
    [worked] = promises.remedies_of(promises.promise(ONE, 5, on=TODAY), on=TODAY)
    assert worked.pence == 10_000_00
    assert worked.formula == "£1,000 x 40 days = £40,000, and at most £10,000"
    with pytest.raises(Refused, match="already"):
        keeping.post_remedy(ONE, 5, book=BOOK, day=TODAY, by=ADA, on=at(0))


def test_what_is_kept_back_counts_as_paid_and_what_is_made_good_does_not(
    wexshire: Wexshire,
) -> None:
    here = wexshire
    keeping.post_remedy(ONE, 5, book=BOOK, day=TODAY, by=ADA, on=at(0))
    here.post(verbs.received(here.coloured(HELP), 10_000_00), Kind.RECEIVED, cited="remedy")
    assert promises.promise(ONE, 5, on=TODAY).standing.towards_pence == 0
    here.post(verbs.due(here.colour, 2_000_000_00), Kind.DUE)
    keeping.post_remedy(ONE, 6, book=BOOK, day=TODAY, by=ADA, on=at(0))
    kept_back = [promises.promise(ONE, n, on=TODAY).standing.towards_pence for n in (1, 5)]
    assert kept_back == [500_00, 0]


def test_nothing_is_posted_for_a_breach_that_may_yet_be_cured(wexshire: Wexshire) -> None:
    with pytest.raises(Refused, match="may be yet"):
        keeping.post_remedy(ONE, 1, book=BOOK, day=TODAY, by=ADA, on=at(0))


def test_a_promise_to_lift_a_rule_is_kept_by_the_docket(wexshire: Wexshire) -> None:
    new = docket.Raised(
        "Sharing of attendance", "Schools may not tell health visitors.", Change.REGULATORY, DFE,
        "the Secretary of State, by regulations", "schools and health visitors", day(60),
        120_000_00, "the council's estimate of 2026", ONE, 3,
    )  # fmt: skip
    row = docket.raise_item("wexshire", new, agency=WEX, by=ADA, on=at(-10))
    assert row.clock(TODAY).days_open == 10
    assert row.clock(TODAY).cost_pence == 3_287_67
    docket.move_item("wexshire", 1, Verb.ACCEPT, reason="Agreed.", by=ADA, on=at(-5))
    assert status(3) is Status.NOT_YET_DUE
    with pytest.raises(Refused, match="instrument"):
        docket.move_item("wexshire", 1, Verb.LIFT, reason="Done.", by=ADA, on=at(0))
    row = docket.move_item("wexshire", 1, Verb.LIFT, reason="Done.", evidence="SI 2026/1", by=ADA,
                           on=at(0))  # fmt: skip
    assert row.stage is Stage.LIFTED
    assert status(3) is Status.KEPT


def test_the_changes_of_a_text_are_put_on_the_docket_once(wexshire: Wexshire) -> None:
    [row] = docket.raise_changes(ONE, agency=WEX, by=ADA, on=at(0))
    assert (row.owner, row.deadline is not None) == (DFE, True)
    assert docket.raise_changes(ONE, agency=WEX, by=ADA, on=at(0)) == []
    assert len(keeping_docket.docket("wexshire")) == 1


def test_a_cost_needs_a_source_and_the_docket_says_who_was_heard(wexshire: Wexshire) -> None:
    new = docket.Raised("A rule", "It blocks.", Change.TECHNICAL, WEX, "us", "nobody: it is ours",
                        cost_pence=1)  # fmt: skip
    with pytest.raises(Refused, match="no source"):
        docket.raise_item("wexshire", new, agency=DFE, by=ADA, on=at(0))


@pytest.fixture
def by_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands find the records open."""
    monkeypatch.setattr(Session, "open", lambda self: None)


def said(*words: str) -> str:
    """What a command says to who reads its answer."""
    result = CliRunner().invoke(totalplace, ["agreements", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_by_command_a_late_promise_is_seen_disputed_and_kept(
    wexshire: Wexshire, by_command: None
) -> None:
    assert "late since" in said("promises", "list", "wexshire")
    assert '"status": "due soon"' in said("promises", "list", "--json", "--on", str(day(-LATE)))
    assert f"{ABSENCE} stands still" in said("promises", "suspended", "wexshire")
    said("promises", "say", ONE, "1", "--agency", DFE, "--words", "Soon.", "--evidence", "a letter")
    assert "Soon. (a letter)" in said("promises", "show", ONE, "1")
    of = ("--agency", WEX, "--promise", "1", "--words", "Pay.")
    assert "with the officials" in said("promises", "notice", ONE, *of)
    by = ("--agency", DFE, "--words", "On Monday.")
    assert "is answered" in said("promises", "move", ONE, "1", "answer", *by)
    assert "Wexshire Council" in said("promises", "disputes")
    wexshire.pays(2_000_000_00)
    assert f"kept on {TODAY.day} {TODAY:%B}" in said("promises", "show", ONE, "1")
    assert f"of book {BOOK}" in said("promises", "show", ONE, "1")
    assert "No target stands still." in said("promises", "suspended", "wexshire")
    assert "spending of the quarter" in said("promises", "due")


def test_by_command_a_rule_goes_through_the_docket(by_command: None) -> None:
    said(
        "docket", "raise", "wexshire", "--agency", WEX, "--title", "Sharing", "--rule", "No.",
        "--change", "regulatory", "--owner", DFE, "--lifted-by", "regulations", "--heard", "all",
        "--cost", "1,200", "--cost-source", "our estimate",
    )  # fmt: skip
    assert "£1,200.00" in said("docket", "list")
    said("docket", "move", "wexshire", "1", "accept", "--reason", "Agreed.")
    assert "is lifted" in said("docket", "move", "wexshire", "1", "lift", "--reason", "Done.",
                               "--evidence", "SI 2026/1")  # fmt: skip
    assert "stood 0 days" in said("docket", "show", "wexshire", "1")
    assert "wexshire/2" in said("docket", "from-agreement", ONE, "--agency", WEX)
