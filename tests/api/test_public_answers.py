"""What the public is asked and answered, for other programs; nothing of one person."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from totalplace.decisions.rules.days import local_day
from totalplace.doors.web.showing import now
from totalplace.participation import actions
from totalplace.participation.actions import answering
from totalplace.participation.definitions.hearings import characteristics
from totalplace.participation.rules import drafts
from totalplace.participation.rules.freezing import Affected
from totalplace.places.rules.mandates import Operator
from totalplace.record.rules.chain import Citation

pytestmark = pytest.mark.django_db
ADA = Operator("Ada")
AT = "/participation/hearings/1"


def a_hearing(*, days_ago: int, lasts: int) -> None:
    """A hearing that opened so many days ago; with questions that are usually asked."""
    first = local_day(now()) - timedelta(days=days_ago)
    on = datetime.combine(first, time(0, 30), tzinfo=UTC)
    draft = drafts.Draft(
        drafts.Question("Buses", "More buses?", "how many", "nothing"),
        drafts.Alternatives((drafts.Alternative("None", "too few"),), "It helps most"),
        drafts.Reasons("Too few", (drafts.Effect("riders", "an hour less"),)),
        drafts.Equality(dict.fromkeys(characteristics(), "none, because anybody may ride")),
        when=drafts.When(first, first + timedelta(days=lasts), "It is small"),
    )
    about = Citation("allocation", "wexshire/1")
    actions.begin(about, place="wexshire", agency="council", draft=draft, by=ADA, on=on)
    actions.add_paper(1, "Plan", file_name="plan.pdf", content=b"%PDF", by=ADA, on=on)
    actions.open_hearing(1, affected=[Affected("council", 100)], by=ADA, on=on)
    for number in range(12):
        said = {"q1": ["Agree"], "q2": [f"My name is Ann, {number}"]}
        answering.respond(1, said, answering.Sent(f"f{number}", 60.0), keys=(b"k",), on=on)


def test_anybody_reads_what_is_asked_and_no_result_before_the_last_day(
    wexshire: None, anybody: Any
) -> None:
    a_hearing(days_ago=2, lasts=80)
    asked = anybody.get(f"{AT}/questions").json()["questions"]
    assert [one["kind"] for one in asked] == ["scale", "free"]
    assert anybody.get(f"{AT}/results").status_code == 404
    assert anybody.get("/participation/hearings/9/questions").status_code == 404


def test_results_say_nothing_of_one_person(wexshire: None, anybody: Any) -> None:
    a_hearing(days_ago=60, lasts=40)
    answer = anybody.get(f"{AT}/results")
    assert "Ann" not in answer.content.decode()
    told = answer.json()
    rows = {(one["table"], one["row"], one["column"]): one["number"] for one in told["rows"]}
    assert rows["Answers", "Received", ""] == 12
    assert rows["1. Do you agree with this proposal?", "Disagree", "As received"] is None
