"""The service as a program asks it. `program` gives one with a token of an officer's, or none."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from totalplace.doors import records
from totalplace.doors.api import throttling
from totalplace.doors.web.showing import now
from totalplace.places.rules.mandates import Act, Matter, Officer, Operator, Role

ADA = Operator("Ada")
V1 = "/api/v1"


@dataclass
class Program:
    """Another program: what it asks, with its token if it has one."""

    token: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    @property
    def headers(self) -> dict[str, str]:
        """The header that brings the token."""
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def get(self, at: str, **query: Any) -> Any:
        """Read an address."""
        return self.client.get(f"{V1}{at}", query, headers=self.headers)

    def post(
        self, at: str, said: Mapping[str, Any] | None = None, *, key: str = "", **more: str
    ) -> Any:
        """Ask for an act, under a key of its own if none is said."""
        headers = {**self.headers, "Idempotency-Key": key or uuid.uuid4().hex, **more}
        return self.client.post(
            f"{V1}{at}", dict(said or {}), content_type="application/json", headers=headers
        )

    def give(self, agency: str, text: bytes, *, name: str = "may.csv", key: str = "") -> Any:
        """Give a file in."""
        headers = {**self.headers, "Idempotency-Key": key or uuid.uuid4().hex}
        said = {"agency": agency, "file": SimpleUploadedFile(name, text)}
        return self.client.post(f"{V1}/sources/submissions", said, headers=headers)

    def pages(self, at: str, **query: Any) -> list[Any]:
        """Every row of a list, read page by page; what it says of itself is checked on the way."""
        found: list[Any] = []
        after = None
        while True:
            told = self.get(at, **query, **({} if after is None else {"after": after})).json()
            found += told["items"]
            assert told["complete"] is (told["next"] is None)
            if told["complete"]:
                return found
            after = told["next"]


@pytest.fixture(autouse=True)
def asked_at_leisure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tests ask as often as they like, and count anew in each."""
    for each in (throttling.READS, throttling.ACTS, throttling.UNKNOWN_TOKENS):
        monkeypatch.setattr(each, "per_minute", 10_000_000)
        each.forget()


@pytest.fixture
def anybody() -> Program:
    """A program without a token."""
    return Program()


@pytest.fixture
def program() -> Callable[..., Program]:
    """Gives a program a token of an officer's, for some acts or for all that they may do."""

    def given(officer: Officer, acts: Collection[Act] | None = None, *, days: int = 30) -> Program:
        from totalplace.doors.api import actions, queries

        on = now()
        wanted = queries.acts_open_to(officer, on=on.date()) if acts is None else acts
        last_day = on.date() + timedelta(days=days)
        _, token = actions.make_token("tests", wanted, last_day=last_day, by=officer, on=on)
        return Program(token)

    return given


@pytest.fixture
def officer_with() -> Callable[..., Officer]:
    """Appoints an officer with roles, of an agency or a place. They hold them from today."""

    def appointed(code: str, *roles: Role, agency: str = "", place: str = "") -> Officer:
        from totalplace.places import actions as places

        said = {"name": f"{code.capitalize()} Example", "email": f"{code}@example.org"}
        officer = places.appoint(code, **said, by=ADA, on=now())
        for role in roles:
            power = "scheme of delegation"
            places.grant(code, role, Matter(agency, place), power=power, by=ADA, on=now())
        return officer

    return appointed


@pytest.fixture
def wexshire(db: None) -> None:
    """A place with two agencies."""
    make_wexshire()


@pytest.fixture
def wexshire_committed(committed_records: records.Address) -> None:
    """The same, committed, for what other processes see."""
    make_wexshire()


def make_wexshire() -> None:
    """Register a place with two agencies."""
    from totalplace.places import actions as places

    for code in ("council", "icb"):
        places.register_agency(code, by=ADA, on=now())
    places.register_place("wexshire", by=ADA, on=now())
    for code in ("council", "icb"):
        places.join_place("wexshire", code, by=ADA, on=now())


@pytest.fixture
def cabinet(wexshire: None) -> str:
    """The council's cabinet, with rules to decide by."""
    return make_cabinet("council")


def make_cabinet(agency: str) -> str:
    """Give a council a cabinet, a full council, and rules; returns the code of the cabinet."""
    from datetime import date

    from totalplace.decisions import actions
    from totalplace.decisions.rules.bodies import CallInWindow, OwnRules
    from totalplace.decisions.rules.days import Counting
    from totalplace.places import actions as places

    places.register_agency(agency, kind="county", by=ADA, on=now())
    code = f"{agency}-cabinet"
    actions.add_body(code, agency=agency, kind="executive", name="Cabinet", by=ADA, on=now())
    window = CallInWindow(5, Counting.WORKING, 3)
    rules = OwnRules(
        "council-executive", date(2026, 1, 1), "Constitution", frozenset({"executive"}), 500_000_00,
        call_in=window,
    )  # fmt: skip
    actions.set_rules(code, rules, by=ADA, on=now())
    return code


@pytest.fixture
def cabinet_of() -> Callable[[str], str]:
    """Gives a council a cabinet with rules to decide by; tells its code."""
    return make_cabinet
