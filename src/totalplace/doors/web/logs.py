"""What is written down of the running service: lines of JSON, with nothing in them of anybody.

Who did what stands on the record, where it belongs. A log is read by whoever runs the computers,
is kept by other programs, and is copied about; so it holds no name, address, token, search or
path, only which page was asked for (the pattern of its address), how it went and how long it took.
That does not rest on care where a line is written: a line keeps only the keys that are listed
here, what other libraries say is replaced by where in their code they said it, and of an error its
kind and its frames are kept, never its words, which may quote a payee (UK GDPR article 5(1)(c)).
"""

from __future__ import annotations

import logging
import secrets
import sys
import time
import traceback
from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

import structlog

if TYPE_CHECKING:  # the settings read this before there is any Django
    from django.http import HttpRequest, HttpResponseBase

Line = MutableMapping[str, Any]

# All that a line may hold, and what it is. Whatever else is given is left out.
KEYS: Final[Mapping[str, str]] = {
    "at": "when, in UTC",
    "level": "how grave",
    "event": "what happened: words of this program, never of a person",
    "logger": "which part of the program, or of a library, says it",
    "where": "the line of code that says it",
    "error": "the kind of an error",
    "frames": "where it arose, the innermost last",
    "request": "a random number for one request, which its answer carries too",
    "method": "GET, POST and so on",
    "route": "the pattern of an address, such as count/<place>/",
    "status": "of the answer, such as 200",
    "milliseconds": "how long it took, whole",
    "work": "the number of a piece of work",
    "job": "its kind",
    "entries": "how many entries of the record",
    "files": "how many files",
    "bytes": "how many bytes",
    "version": "of the program",
}
_FRAMES: Final = 12
_HEADER: Final = "X-Request-ID"
_log: Final = structlog.stdlib.get_logger("totalplace")


def configured(level: str = "INFO") -> dict[str, Any]:
    """The settings of logging, for Django's LOGGING and for the server of pages alike."""
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    ours: dict[str, Any] = {"handlers": ["lines"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _as_line()},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            "totalplace": ours,
            "gunicorn.error": ours,
            "procrastinate": {**ours, "level": "WARNING"},
            # Requests are told by `Requests`; these would tell them again, with their paths.
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
            "django.request": {**ours, "level": "ERROR"},
            "django": {**ours, "level": "WARNING"},
        },
    }


def _as_line() -> dict[str, Any]:
    """How a line is made, of what we say and of what libraries say."""
    return {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [
            _time,
            _error,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _only_known,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        "foreign_pre_chain": [
            structlog.stdlib.add_logger_name,
            structlog.stdlib.add_log_level,
            _of_others,
        ],
    }


def tell(event: str, *, level: int = logging.INFO, **said: str | int) -> None:
    """Write a line. Only what stands in KEYS is kept; `event` is this program's own words."""
    _log.log(level, event, **said)


class Requests:
    """Write a line for every request, and give its answer the same random number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write how that went."""
        began = time.perf_counter()
        number = secrets.token_hex(8)
        response = self.get_response(request)
        response[_HEADER] = number
        tell(
            "a request was answered",
            request=number,
            method=request.method if request.method in _METHODS else "another",
            route=_route(request),
            status=response.status_code,
            milliseconds=round((time.perf_counter() - began) * 1000),
        )
        return response


_METHODS: Final = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _route(request: HttpRequest) -> str:
    """The pattern that an address fits, as urls.py writes it; never the address itself."""
    found = getattr(request, "resolver_match", None)
    return "none" if found is None else str(found.route) or "/"


def _time(_logger: object, _method: str, line: Line) -> Line:
    record: logging.LogRecord | None = line.get("_record")
    at = time.time() if record is None else record.created
    whole, part = divmod(at, 1)
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole))
    line["at"] = f"{stamp}.{int(part * 1000):03d}Z"
    return line


def _of_others(_logger: object, _method: str, line: Line) -> Line:
    """Of what a library says, where it says it: its words are made of what people sent."""
    record: logging.LogRecord = line["_record"]
    line["event"] = "a library said something"
    line["where"] = f"{_short(record.pathname)}:{record.lineno}"
    return line


def _error(_logger: object, _method: str, line: Line) -> Line:
    """Of an error its kind and where it arose, and of those that led to it the same."""
    record: logging.LogRecord | None = line.get("_record")
    told = line.pop("exc_info", None) or (record.exc_info if record is not None else None)
    line.pop("stack_info", None)
    error = sys.exception() if told is True else told[1] if isinstance(told, tuple) else told
    if isinstance(error, BaseException):
        line["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        line["frames"] = _frames(error.__traceback__)
    return line


def _frames(found: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(found)[-_FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """A file by its package: the folders above may be named after a person."""
    parts = Path(path).parts
    at = max((n for n, part in enumerate(parts) if part in _TOPS), default=len(parts) - 2)
    return "/".join(parts[at + 1 :])


_TOPS: Final = {"site-packages", "src", "lib", "python3.11", "python3.12", "python3.13"}


def _only_known(_logger: object, _method: str, line: Line) -> Line:
    return {key: line[key] for key in KEYS if key in line}
