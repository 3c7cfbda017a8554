"""Appraisals for other programs: read by anybody once published, made by a token for the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from totalplace.commissioning.rules.appraisal.text import text_of
from totalplace.places.rules.mandates import Officer, Role

# One builder serves the room's own tests and those of its addresses.
from ..commissioning.appraisals_made import uncertain  # noqa: TID252

pytestmark = pytest.mark.django_db
AT = "/commissioning/appraisals"
ONE = f"{AT}/wexshire/1"


def test_a_program_appraises_publishes_and_accepts(
    wexshire: None, anybody: Any, program: Callable[..., Any],
    officer_with: Callable[..., Officer],
) -> None:  # fmt: skip
    com = program(officer_with("com", Role.COMMISSIONER, place="wexshire"))
    text = text_of(uncertain())
    bad = com.post(f"{AT}/wexshire", {"text": text + " ", "reason": "To see"})
    assert (bad.status_code, "line " in bad.json()["why"]) == (409, True)
    made = com.post(f"{AT}/wexshire", {"text": text, "reason": "To see"})
    assert (made.status_code, made.json()["citation"]) == (201, "wexshire/1")
    assert made.json()["text"] == text
    assert anybody.get(ONE).status_code == 404
    assert com.get(ONE).status_code == 200
    later = text.replace("Years: 10", "Years: 12")
    assert com.post(f"{ONE}/change", {"text": later, "reason": "Two more"}).json()["version"] == 2
    assert com.post(f"{ONE}/publish", {"reason": "For all"}).json()["published"]
    told = anybody.get(ONE).json()
    assert told["tables"][0]["name"] == "Who pays and who gains"
    assert (told["guesses"], told["numbers"]) == (10, 12)
    assert [row["citation"] for row in anybody.pages(AT)] == ["wexshire/1"]
    which = {"option": "reablement", "indicator": "own/home", "area": "E1", "reason": "So"}
    effect = com.post(f"{AT}/effects/wexshire", which)
    assert (effect.status_code, effect.json()["citation"]) == (201, "accepted-effect wexshire/1")
    assert anybody.get(f"{AT}/effects/wexshire").json()[0]["holds"]
    back = com.post(f"{AT}/effects/wexshire/1/take-back", {"reason": "A trial"})
    assert back.json()["holds"] is False
