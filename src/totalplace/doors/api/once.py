"""An act asked for under a key is done once, however often it is asked for.

The act and what was answered to it are kept in one transaction. So a program that was cut off, or
a service that was killed, leaves both or neither; and asking again under the same key does what
was not done, or tells what was answered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from ninja import Schema

from totalplace.doors.api import actions, queries
from totalplace.doors.api.problems import Problematic
from totalplace.doors.web.showing import now
from totalplace.doors.web.sources.uploading import HeldFile
from totalplace.refusal import Refused

MEDIA = "application/json; charset=utf-8"
AGAIN = "Idempotency-Replayed"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as it is asked for: with which token, under which key, and what, as a digest."""

    token: int
    key: str
    digest: str


def digest_of(at: str, values: Mapping[str, Any]) -> str:
    """What is asked, as a digest: the address and all that is sent, a file by its own digest."""
    plain = {name: _plain(value) for name, value in sorted(values.items())}
    said = json.dumps([at, plain], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def once(asked: Asked, act: Callable[[], Schema], *, status: int) -> HttpResponse:
    """Do an act and keep its answer, or answer as before where it was done under that key.

    Raises a 409 while it is being done, and a 422 where the key was used for another act.
    """
    with transaction.atomic():
        if not actions.wait_or_leave(asked.token, asked.key):
            raise _under_way()
        before = queries.answer(asked.token, asked.key)
        if before is not None:
            if before.asked != asked.digest:
                raise _another()
            return _answer(before.body, before.status, again=True)
        body = act().model_dump_json()
        actions.keep_answer(
            asked.token, asked.key, asked=asked.digest, status=status, body=body, on=now()
        )
    return _answer(body, status, again=False)


def _answer(body: str, status: int, *, again: bool) -> HttpResponse:
    response = HttpResponse(body, status=status, content_type=MEDIA)
    response[AGAIN] = "true" if again else "false"
    return response


def _plain(value: Any) -> Any:
    if isinstance(value, HeldFile):
        return [value.name, value.held.sha256 if value.held else ""]
    return value.model_dump(mode="json") if isinstance(value, Schema) else value


def _under_way() -> Problematic:
    refused = Refused(
        "This was not begun again",
        why="the same is being done under the same key",
        next_step="Ask again in a second to be told what came of it",
    )
    return Problematic(HTTPStatus.CONFLICT, refused, headers={"Retry-After": "1"})


def _another() -> Problematic:
    refused = Refused(
        "This was not done",
        why="something else was asked for under the same Idempotency-Key before",
        next_step="Choose a new key for each act, such as a random UUID",
    )
    return Problematic(HTTPStatus.UNPROCESSABLE_ENTITY, refused)
