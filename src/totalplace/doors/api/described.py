"""The service described: by OpenAPI for programs, and on a page for people, from the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from totalplace.doors.api.problems import MEDIA
from totalplace.doors.api.service import service
from totalplace.places.rules.mandates import Act

AT: Final = "/api/v1/"
TOKEN: Final = "token"  # noqa: S105  (the name of the scheme, not of a secret)
_SCHEME: Final = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token made by an officer at /my/tokens/, for some acts and until a day.",
}
_AGAIN: Final = {
    "description": "Whether this was done before under the key, and the same is told again.",
    "schema": {"type": "string", "enum": ["true", "false"]},
}
_IN_PATH: Final = {  # what stands in an address
    "place": "The code of the place.",
    "agency": "The code of the agency, or of the body as its return has it.",
    "code": "The code of the body that decides.",
    "body": "The code of the body that decides.",
    "year": "The financial year: 2024-25 of an edition; of a return the year in which it begins.",
    "number": "The number of the edition in its year, or of the decision of its body.",
    "edition": "The number of the edition in its year.",
    "other": "The number of the edition of that year to compare with.",
    "form": "The code of the form.",
    "payee": "The key of the payee.",
    "entry": "The number of the entry of the record.",
    "head": "The number of the entry that it is a head at.",
}
_METHODS: Final = ("get", "post")
_PAGE: Final = re.compile(r"Listed[_\[](\w+?)[_\]]")


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that is sent: where, its name, its kind, and what it is."""

    name: str
    where: str
    kind: str
    needed: bool
    says: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the service, as a person reads of it."""

    anchor: str
    method: str
    path: str
    title: str
    says: str
    act: str  # of the table of mandates, or empty
    token: str  # needed or optional
    parameters: tuple[Parameter, ...]
    body: str  # the name of what is sent, or empty
    answers: str
    status: str


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is sent or told: its name, what it is, and what it is made of."""

    name: str
    says: str
    fields: tuple[Parameter, ...]


@cache
def openapi() -> dict[str, Any]:
    """The description as OpenAPI 3.1."""
    said = json.dumps(service().get_openapi_schema(path_prefix=AT), default=str)
    plain: dict[str, Any] = json.loads(_PAGE.sub(r"PageOf\1", said))
    plain["components"]["securitySchemes"] = {TOKEN: _SCHEME}
    for _, _, operation in _operations(plain):
        _put_right(operation)
    return plain


def _put_right(operation: dict[str, Any]) -> None:
    """Say what a library cannot know: problems by their own media type, who needs a token."""
    needed = operation["x-token"] == "needed"
    for one in operation.get("parameters", ()):
        if one["in"] == "path":
            one["description"] = _IN_PATH.get(one["name"], f"The number of the {one['name']}.")
    operation["responses"] = dict(sorted(operation["responses"].items()))
    operation["security"] = [{TOKEN: []}] if needed else [{}, {TOKEN: []}]
    for status, answer in operation["responses"].items():
        content = answer.get("content", {})
        if int(status) >= 400 and "application/json" in content:
            content[MEDIA] = content.pop("application/json")
        elif "x-act" in operation and needed and "Idempotency-Key" in str(operation):
            answer["headers"] = {"Idempotency-Replayed": _AGAIN}


def addresses() -> dict[str, list[Address]]:
    """Every address, by its room."""
    found: dict[str, list[Address]] = {}
    for path, method, operation in _operations(openapi()):
        room = (operation.get("tags") or ["other"])[0]
        found.setdefault(room, []).append(_address(path, method, operation))
    return found


def acts() -> frozenset[Act]:
    """The acts that a token can be for: those of some address, and reading what not all may."""
    said = {one["x-act"] for _, _, one in _operations(openapi()) if "x-act" in one}
    return frozenset(act for act in Act if act in said) | {Act.READ_EXEMPT, Act.READ_UNPUBLISHED}


def parts() -> list[Part]:
    """Everything that is sent or told, by name."""
    schemas = openapi()["components"]["schemas"]
    return [
        Part(name, str(said.get("description", "")), tuple(_fields(said)))
        for name, said in sorted(schemas.items())
        if said.get("type") == "object"
    ]


def _operations(said: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in said["paths"].items():
        for method in _METHODS:
            if method in methods:
                yield path, method, methods[method]


def _address(path: str, method: str, said: Mapping[str, Any]) -> Address:
    status, answer = next(iter(said["responses"].items()))
    sent: list[Any] = list(said.get("requestBody", {}).get("content", {}).values())
    return Address(
        anchor=said["operationId"],
        method=method.upper(),
        path=path,
        title=said["summary"],
        says=said.get("description", ""),
        act=said.get("x-act", ""),
        token=said["x-token"],
        parameters=tuple(
            Parameter(p["name"], p["in"], _kind(p["schema"]), p["required"],
                      p.get("description", ""))
            for p in said.get("parameters", ())
        ),
        body=_kind(sent[0]["schema"]) if sent else "",
        answers=_kind(next(iter(answer["content"].values()))["schema"]),
        status=status,
    )  # fmt: skip


def _fields(said: Mapping[str, Any]) -> Iterator[Parameter]:
    needed = said.get("required", ())
    for name, one in said.get("properties", {}).items():
        yield Parameter(name, "", _kind(one), name in needed, str(one.get("description", "")))


def _kind(said: Mapping[str, Any]) -> str:
    """The kind of a value in words: text, whole number, list of Line, date or null."""
    if "$ref" in said:
        return str(said["$ref"]).rpartition("/")[2]
    if "anyOf" in said:
        return " or ".join(dict.fromkeys(_kind(one) for one in said["anyOf"]))
    if "allOf" in said:
        return " and ".join(_kind(one) for one in said["allOf"])
    if "enum" in said:
        return "one of " + ", ".join(f"“{one}”" for one in said["enum"])
    if "const" in said:
        return f"“{said['const']}”"
    kind = said.get("type", "")
    if kind == "array":
        return f"list of {_kind(said.get('items', {}))}"
    if kind == "object" and said.get("title"):
        return ", ".join(said.get("properties", {})) or str(said["title"])
    return _WORDS.get(said.get("format", ""), _WORDS.get(kind, kind or "anything"))


_WORDS: Final = {
    "string": "text", "integer": "whole number", "boolean": "true or false", "null": "null",
    "object": "numbers by name", "date": "date", "date-time": "time", "binary": "file",
}  # fmt: skip
