"""How an address of this service is declared, and what is true of all of them.

`reads` declares what is read, `writes` an act, with the act of the table of mandates that it is:
there is no way to declare one without. A function that is declared stays the function that it is;
it is given who asks, and what was sent, checked.
"""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from django.utils.cache import get_conditional_response
from ninja import Header, NinjaAPI, Query, Router, Schema
from ninja.constants import NOT_SET
from pydantic import Field
from pydantic.fields import FieldInfo

from totalplace.doors import api as room
from totalplace.doors.api import once, rules
from totalplace.doors.api.asking import Asker, who_asks
from totalplace.doors.api.problems import (
    Problem,
    Problematic,
    answers_problems,
    not_so,
    problematic,
)
from totalplace.doors.web.front import public
from totalplace.places.rules import mandates
from totalplace.places.rules.mandates import Act, Matter, Officer
from totalplace.refusal import Refused

VERSION: Final = "1"
_ASKER: Final = "totalplace_asker"
Shown = TypeVar("Shown", bound=Callable[..., Any])

Number = Annotated[int, Field(ge=1, le=2_147_483_647)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Key = Annotated[
    str,
    Field(pattern=rules.KEY, min_length=1, max_length=200),
]
_KEY: Final = "Chosen by you, another for each act: the same key never acts twice."
# What stands in an address, or is asked beside it, where the declaration does not say.
_SAYS: Final = {"on": "A day; left out: any day.", "stage": "Only those in this stage."}
_READ: Final = (400, 401, 403, 404, 409, 422, 429, 500, 503)
_WRITTEN: Final = (400, 401, 403, 404, 409, 413, 422, 429, 500)


def reads(
    router: Router, path: str, *, answers: Any, needs: Act | None = None, alone: bool = False
) -> Callable[[Shown], Shown]:
    """Declare what is read at an address. The function is told who asks.

    `needs` is an act without which nothing is read there; `alone` says that some officer has to
    ask, with whatever acts.
    """

    def declare(shown: Shown) -> Shown:
        @wraps(shown)
        def answered(request: HttpRequest, **values: Any) -> Any:
            _check_text(values)
            return shown(_asker(request), **values)

        _sign(answered, shown)
        said = {"x-act": needs.value} if needs else {}
        said |= {"x-token": "needed" if needs or alone else "optional"}
        router.get(
            path, response={200: answers, frozenset(_READ): Problem}, openapi_extra=said,
            summary=_summary(shown), description=_description(shown),
            operation_id=_name(shown), auth=_asks_first(needs) if needs or alone else NOT_SET,
        )(answered)  # fmt: skip
        return shown

    return declare


def writes(
    router: Router, path: str, *, act: Act, answers: type[Schema], status: int = 200
) -> Callable[[Shown], Shown]:
    """Declare an act at an address. The function is told in whose name it is done.

    It is done once for a key; refused to a token that is not for it, and by the table of mandates.
    """

    def declare(shown: Shown) -> Shown:
        @wraps(shown)
        def answered(request: HttpRequest, idempotency_key: str, **values: Any) -> HttpResponse:
            asker = _asker(request)
            officer = asker.acting(act)
            _check_text(values)
            at = f"{request.method} {request.path}"
            digest = once.digest_of(at, values)
            asked = once.Asked(asker.token or 0, idempotency_key, digest)
            with allowed_or_403(officer, act):
                return once.once(asked, lambda: shown(officer, **values), status=status)

        key = inspect.Parameter(
            "idempotency_key", inspect.Parameter.KEYWORD_ONLY, annotation=Key,
            default=Header(..., alias="Idempotency-Key", description=_KEY),  # type: ignore[type-arg]
        )  # fmt: skip
        _sign(answered, shown, key)
        router.post(
            path, response={status: answers, frozenset(_WRITTEN): Problem},
            openapi_extra={"x-act": act.value, "x-token": "needed"}, summary=_summary(shown),
            description=_description(shown), operation_id=_name(shown), auth=_asks_first(act),
        )(answered)  # fmt: skip
        return shown

    return declare


def _asks_first(act: Act | None) -> Callable[[HttpRequest], Asker]:
    """Who asks is known, and their token for the act, before what was sent is looked at."""

    def asked(request: HttpRequest) -> Asker:
        asker = _asker(request)
        if act is None:
            asker.known()
        else:
            asker.acting(act)
        return asker

    return asked


class allowed_or_403:  # noqa: N801  (it reads as what it does)
    """Answer with a 403 what the table of mandates refuses; other refusals stay what they are."""

    def __init__(self, officer: Officer, act: Act) -> None:
        whole = mandates.refusal(officer.name, act, Matter()).what
        self._begins = whole.rpartition(" (")[0]

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise a 403 in place of a refusal by the table."""
        if isinstance(error, Refused) and error.what.startswith(self._begins):
            raise Problematic(HTTPStatus.FORBIDDEN, error) from error


def framed(pattern: URLPattern, *, before: Callable[[HttpRequest], None] | None) -> URLPattern:
    """An address within what is true of all: who asks is known first, and how often."""
    view = pattern.callback

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **said: Any) -> HttpResponseBase:
        if request.method == "HEAD":  # its body is left out on the way
            request.method = "GET"
        try:
            asker = who_asks(request)
            if before is not None:
                before(request)
        except Problematic as error:
            return _of_problem(request, error)
        setattr(request, _ASKER, asker)
        response: HttpResponseBase = view(request, *args, **said)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            allow = response.headers.get("Allow", "")
            response = not_so(request.method or "")
            response["Allow"] = allow
        return _finished(request, response, asker)

    pattern.callback = answered
    return pattern


def new_api() -> NinjaAPI:
    """The service, as yet without addresses."""
    api = NinjaAPI(
        title="Total Place", version=VERSION, docs_url=None, openapi_url=None,
        urls_namespace="api-1", description=inspect.cleandoc(room.__doc__ or ""),
    )  # fmt: skip
    answers_problems(api)
    return api


def _finished(request: HttpRequest, response: HttpResponseBase, asker: Asker) -> HttpResponseBase:
    """Say how long an answer holds, and by which tag it is known again."""
    response["Vary"] = "Authorization, Accept-Encoding"
    response["X-Robots-Tag"] = "noindex"
    kept = request.method in ("GET", "HEAD") and response.status_code == HTTPStatus.OK
    if not kept or not isinstance(response, HttpResponse):
        response["Cache-Control"] = "no-store"
        return response
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    if asker.officer is None:
        public(response)
    else:
        response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return get_conditional_response(request, response["ETag"], None, response) or response


def _of_problem(request: HttpRequest, error: Problematic) -> HttpResponse:
    found = problematic(request, error)
    found["Cache-Control"] = "no-store"
    return found


def _asker(request: HttpRequest) -> Asker:
    asker = getattr(request, _ASKER, None)
    if not isinstance(asker, Asker):
        raise TypeError("an address is asked that is not framed")
    return asker


def _sign(answered: Any, shown: Callable[..., Any], *more: inspect.Parameter) -> None:
    """Give the wrapper the signature of what it wraps, from which its address is described."""
    _, *rest = inspect.signature(shown, eval_str=True).parameters.values()
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    named = [_explained(one.replace(kind=inspect.Parameter.KEYWORD_ONLY)) for one in rest]
    answered.__signature__ = inspect.Signature([request, *named, *more])


def _explained(one: inspect.Parameter) -> inspect.Parameter:
    """A parameter with what it is: the library tells that only of a default of its own kind."""
    said = [m.description for m in getattr(one.annotation, "__metadata__", ())
            if isinstance(m, FieldInfo) and m.description]  # fmt: skip
    says = said[0] if said else _SAYS.get(one.name)
    if one.default is inspect.Parameter.empty or isinstance(one.default, FieldInfo) or not says:
        return one
    return one.replace(default=Query(one.default, description=says))  # type: ignore[type-arg]


def _check_text(values: Mapping[str, Any]) -> None:
    """Raise a 422 for letters that no database keeps: it would refuse them later, unkindly."""
    for name, text in _texts(values):
        try:
            bad = "\x00" in text or not text.encode()
        except UnicodeEncodeError:
            bad = True
        if bad and text:
            refused = Refused(
                "What was sent cannot be used",
                why=f"{name} has a letter that is none",
                next_step="Leave it out, and send it again",
            )
            raise Problematic(HTTPStatus.UNPROCESSABLE_ENTITY, refused)


def _texts(said: Any, name: str = "it") -> Iterator[tuple[str, str]]:
    if isinstance(said, str):
        yield name, said
    elif isinstance(said, Schema):
        yield from _texts(dict(said), name)
    elif isinstance(said, Mapping):
        for key, value in said.items():
            yield from _texts(value, str(key))
    elif isinstance(said, list | tuple):
        for value in said:
            yield from _texts(value, name)


def _summary(shown: Callable[..., Any]) -> str:
    return (shown.__doc__ or "").strip().partition("\n")[0].rstrip(".")


def _description(shown: Callable[..., Any]) -> str:
    return inspect.cleandoc((shown.__doc__ or "").partition("\n")[2])


def _name(shown: Callable[..., Any]) -> str:
    return f"{shown.__module__.rpartition('.')[2]}_{shown.__name__}"


__all__ = ["Code", "Key", "Number", "allowed_or_403", "framed", "new_api", "reads", "writes"]
