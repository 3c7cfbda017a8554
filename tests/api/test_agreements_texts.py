"""Agreements for other programs: their text and terms, drafts for those whose they are alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from totalplace.agreements.queries.agreements import agreement
from totalplace.decisions.rules.days import local_day
from totalplace.places.rules.mandates import Act, Officer, Role

from ..agreements.agreement_made import CITED, first_day, with_targets  # noqa: TID252

ALL = "/agreements/texts"
AT = f"{ALL}/{CITED}"


def test_a_draft_is_for_those_whose_it_is_by_a_token_that_is_for_it(
    db: None, tmp_path: Path, officer_with: Callable[..., Officer], program: Callable[..., Any]
) -> None:
    with_targets(first_day(local_day(datetime.now(UTC))), tmp_path).drafted()
    commissioner = officer_with("com", Role.COMMISSIONER, place="wexshire")
    keeper = program(commissioner)
    assert [one["citation"] for one in keeper.get(ALL).json()["items"]] == [CITED]
    told, row = keeper.get(AT).json(), agreement(CITED)
    assert (told["text"], told["digest"]) == (row.last.text, row.last.digest)
    assert [one["number"] for one in told["promises"]] == [1, 2]
    narrow = program(commissioner, {Act.PROPOSE_TARGETS})
    stranger = program(officer_with("eve", Role.COMMISSIONER, place=""), {Act.PROPOSE_TARGETS})
    for other in (narrow, stranger):
        assert other.get(ALL).json()["items"] == []
        assert other.get(AT).status_code == HTTPStatus.NOT_FOUND
    assert keeper.get(f"{ALL}/wexshire/99").status_code == HTTPStatus.NOT_FOUND
