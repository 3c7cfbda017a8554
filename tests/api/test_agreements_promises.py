"""Promises of both sides for other programs: where each stands, and the acts of its parties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests, those of its pages, and these.
from ..agreements.keeping_made import LATE, Wexshire, day, in_force_once, undone  # noqa: TID252
from ..agreements.terms_made import ABSENCE, DFE, WEX  # noqa: TID252

AT = "/agreements/kept"


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


def test_a_program_reads_promises_gives_notice_and_answers(
    anybody: Any, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    council = program(officer_with("com", Role.COMMISSIONER, agency=WEX))
    official = program(officer_with("off", Role.DEPARTMENT_OFFICIAL, agency=DFE))
    first, *_ = anybody.pages(f"{AT}/promises", place="wexshire")
    assert (first["late_since"], first["days_late"]) == (day(1 - LATE).isoformat(), LATE)
    [still] = anybody.get(f"{AT}/suspended/wexshire").json()
    assert (still["target"], still["by"]) == (ABSENCE, DFE)
    said = {"agency": DFE, "words": "It is on its way.", "evidence": "our ledger"}
    assert official.post(f"{AT}/wexshire/1/1/say", said).status_code == 200
    assert council.post(f"{AT}/wexshire/1/1/say", said).status_code == 403
    notice = {"agency": WEX, "promise": 1, "words": "Pay."}
    assert council.post(f"{AT}/wexshire/1/notice", notice).json()["at"] == "the officials"
    answer = {"agency": DFE, "verb": "answer", "words": "On Monday."}
    assert official.post(f"{AT}/wexshire/1/disputes/1", answer).json()["stage"] == "answered"
    assert [one["dispute"] for one in anybody.pages(f"{AT}/disputes")] == ["wexshire/1/1"]
    assert official.post(f"{AT}/wexshire/1/99/say", said).status_code == 404
    assert official.post(f"{AT}/docket/wexshire/1", {"verb": "lift a rule", "reason": "x"}
                         ).status_code == 404  # fmt: skip
    assert anybody.pages(f"{AT}/docket") == []
