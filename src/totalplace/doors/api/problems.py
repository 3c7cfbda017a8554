"""What went wrong, as other programs read it: problem details (RFC 9457), with what, why and next.

`title` is what could not be done, `why` why not, `next_step` what to do; `detail` is all three in
a sentence. A refusal reads here as it stands in every other door.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from totalplace.doors.web.showing import tell_refused
from totalplace.refusal import Refused

MEDIA: Final = "application/problem+json"
_log: Final = logging.getLogger("totalplace.api")


class SentFault(Schema):
    """What is wrong with one thing that was sent."""

    where: str = Field(description="Such as query.limit or body.reason.")
    why: str


class Problem(Schema):
    """Why something was not done."""

    type: str = Field(description="Always about:blank: the status says which kind it is.")
    title: str = Field(description="What could not be done.")
    status: int
    detail: str = Field(description="What, why and what next, in a sentence or two.")
    why: str
    next_step: str
    errors: list[SentFault] = Field(description="What is wrong with what was sent, one by one.")


class Problematic(Exception):
    """Something that is answered with a problem of some status."""

    def __init__(
        self, status: HTTPStatus, refused: Refused, *, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(str(refused))
        self.status, self.refused, self.headers = status, refused, headers or {}


def problem(
    status: int, what: str, *, why: str, next_step: str, errors: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """A problem as an answer."""
    said: dict[str, Any] = {
        "type": "about:blank", "title": what, "status": int(status),
        "detail": f"{what}: {why}. {next_step}.", "why": why, "next_step": next_step,
        "errors": list(errors),
    }  # fmt: skip
    return HttpResponse(
        json.dumps(said, ensure_ascii=False), status=int(status), content_type=MEDIA
    )


def not_there(_: HttpRequest, *__: object, **___: object) -> HttpResponse:
    """The answer where there is no such address."""
    return problem(
        HTTPStatus.NOT_FOUND,
        "There is nothing at this address",
        why="none of the addresses of this service is like it",
        next_step="See them all at /api/v1/",
    )


def not_so(method: str) -> HttpResponse:
    """The answer where an address is not asked so."""
    return problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        "This address cannot be asked so",
        why=f"it does not know {method[:20]}",
        next_step="See how it is asked at /api/v1/",
    )


def there(asked: Callable[[], Any]) -> Any:
    """What is asked for. Raises a 404 where a query refuses, for it is not there."""
    try:
        return asked()
    except Refused as refused:
        raise Problematic(HTTPStatus.NOT_FOUND, refused) from refused


def there_is_none(what: str) -> Problematic:
    """A 404, where there is none of what was named."""
    refused = Refused(what, why="none has that name", next_step="Look for it in the list above it")
    return Problematic(HTTPStatus.NOT_FOUND, refused)


def too_much(most: int, refused: Refused | None = None) -> Problematic:
    """A 413, where a file is larger than what one may be, in bytes."""
    said = refused or Refused(
        "The file was not taken",
        why=f"it is larger than {most:,} bytes, or did not come whole",
        next_step="Zip it, split it by month, or send it again",
    )
    return Problematic(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, said)


def answers_problems(api: NinjaAPI) -> None:
    """Have an API answer whatever is raised as a problem."""
    for kind, answer in _ANSWERS.items():
        api.add_exception_handler(kind, answer)


def problematic(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to something problematic; that a power was wanting is told to the log."""
    refused = error.refused
    if error.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        tell_refused(refused, request, wanting=True)
    found = problem(error.status, refused.what, why=refused.why, next_step=refused.next_step)
    for name, value in error.headers.items():
        found[name] = value
    return found


def _refused(request: HttpRequest, refused: Any) -> HttpResponse:
    tell_refused(refused, request)
    return problem(HTTPStatus.CONFLICT, refused.what, why=refused.why, next_step=refused.next_step)


def _missing(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        HTTPStatus.NOT_FOUND,
        "It is not there",
        why=str(error).rstrip(".") or "there is none of that name",
        next_step="Look for it in the list above it",
    )


def _invalid(_: HttpRequest, error: Any) -> HttpResponse:
    faults = [
        {"where": ".".join(str(part) for part in one["loc"]), "why": str(one["msg"])}
        for one in error.errors
    ]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "What was sent cannot be used",
        why="; ".join(f"{f['where']}: {f['why']}" for f in faults[:5]),
        next_step="Put it right as the description at /api/v1/ says, and send it again",
        errors=faults,
    )


def _http(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(
        error.status_code,
        "What was sent cannot be read",
        why=str(error).rstrip("."),
        next_step="Send it as the description at /api/v1/ says",
    )


def _unreadable(_: HttpRequest, __: Any) -> HttpResponse:
    return problem(
        HTTPStatus.BAD_REQUEST,
        "What was sent cannot be read",
        why="it is not of the form that it says, or was cut off",
        next_step="Send it again as the description at /api/v1/ says",
    )


def too_large(_: HttpRequest, __: object) -> HttpResponse:
    """The answer where more is sent than is taken."""
    return problem(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "What was sent is too large",
        why="it is more than may be sent here at once",
        next_step="Zip a file, split it by month, or ask whoever runs this service to add it",
    )


def _broken(_: HttpRequest, error: Any) -> HttpResponse:
    _log.error("a defect was met", exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "This was not done",
        why="it came upon a defect of this program; nothing half done was kept",
        next_step="Ask again with the same key; if it fails again, report it",
    )


_ANSWERS: Final[dict[type[Exception], Callable[..., HttpResponse]]] = {
    Exception: _broken,
    Problematic: problematic,
    Refused: _refused,
    Http404: _missing,
    ValidationError: _invalid,
    HttpError: _http,
    SuspiciousOperation: _unreadable,
    RequestDataTooBig: too_large,
    MultiPartParserError: _unreadable,
    UnreadablePostError: _unreadable,
}
