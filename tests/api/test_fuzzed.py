"""Every address asked with whatever its description allows, and with what it does not.

Nothing may break (a 500), answer otherwise than described, or answer in another form.
TOTALPLACE_FUZZ says how many times each address is asked in each way, and TOTALPLACE_SEED the seed.
"""

from __future__ import annotations

import os
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any, Final

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from totalplace.count.actions.editions import decide
from totalplace.doors import records
from totalplace.doors.api.described import openapi
from totalplace.doors.web.showing import now
from totalplace.example_place.corner import freeze_corner, take_in_corner
from totalplace.places.rules.mandates import Officer, Operator, Role
from totalplace.sources.home import Home

EXAMPLES: Final = int(os.environ.get("TOTALPLACE_FUZZ", "1"))
SEED: Final = int(os.environ.get("TOTALPLACE_SEED", "20261126"))
CHECKS: Final = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip
ADA: Final = Operator("Ada")
FORM: Final = "agency_return"
YEARS: Final = {"string": "2023-24", "integer": 2023}
# What there is in the example place, so that some of what is asked for is there.
KNOWN: Final[dict[str, list[Any]]] = {
    "place": ["corner"], "number": [1], "edition": [1], "other": [1],
    "agency": ["corner-county", "corner-district"], "submission": [1, 2], "mandate": [1, 2, 3],
    "code": ["corner-county-cabinet"], "body": ["corner-county-cabinet"], "entry": [1, 2],
    "form": [FORM], "ruling": [1], "work": [1], "head": [1], "paper": [1],
}  # fmt: skip


class Quiet(WSGIRequestHandler):
    """Says nothing of what was asked."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        pass


@pytest.fixture
def live(committed_records: records.Address) -> Iterator[str]:
    """A running service of the example place, with an edition that is published."""
    home = Home(records.home_folder())
    take_in_corner(home, by=ADA, on=now())
    row = freeze_corner(home, by=ADA, on=now())
    decide(row.id, "sign off", reason="Agreed.", by=ADA, on=now())
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(WSGIHandler())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def every_role(
    live: str, officer_with: Callable[..., Officer], program: Callable[..., Any],
    cabinet_of: Callable[[str], str],
) -> str:  # fmt: skip
    """A token of an officer who holds every role but administrator, everywhere and of a body."""
    cabinet_of("corner-county")
    roles = [role for role in Role if role is not Role.ADMINISTRATOR]
    officer = officer_with("bea", *roles)
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Matter

    for role in roles:
        places.grant("bea", role, Matter("corner-county"), power="letter", by=ADA, on=now())
    asking = program(officer)
    said = {
        "title": "Buy a van", "summary": "A van.", "matter": "executive",
        "planned_on": "2199-01-01", "amount_pence": 100_00, "wards": 1,
    }  # fmt: skip
    made = asking.post("/decisions/bodies/corner-county-cabinet/decisions", said)
    assert made.status_code == 201
    lines = b"".join(b"%02d/05/2025,Oak,%d.5\n" % (day, day) for day in range(1, 9))
    assert asking.give("corner-county", b"Date,Supplier,Amount\n" + lines).status_code == 201
    return str(asking.token)


def faults(live: str, token: str) -> list[str]:
    """What is wrong with the answers, over every address and both ways of asking."""
    schema = schemathesis.openapi.from_dict(openapi())
    found: list[str] = []
    result: Any
    for result in schema.get_all_operations():
        operation = result.ok()
        needs = operation.definition.raw["x-token"] == "needed"
        times = 1 if needs and not token else EXAMPLES
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                ask_of(operation, mode, times, live=live, token=token)
            except hypothesis.errors.Unsatisfiable:
                continue  # it takes nothing that could be wrong
            except Exception as error:  # noqa: BLE001  (every address is tried)
                found.append(f"{operation.label}: {error}")
    return found


def ask_of(operation: Any, mode: GenerationMode, times: int, *, live: str, token: str) -> None:
    """Ask at one address, so many times. Raises what is wrong with an answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}

    @hypothesis.seed(SEED)
    @hypothesis.settings(
        max_examples=times, deadline=None, database=None, phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck), derandomize=False,
    )  # fmt: skip
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode), known=st.data())
    def ask(case: Any, known: st.DataObject) -> None:
        if known.draw(st.sampled_from((True, True, True, False))):
            for name in set(case.path_parameters or {}) & set(KNOWN):
                case.path_parameters[name] = known.draw(st.sampled_from(KNOWN[name]))
            if "year" in (case.path_parameters or {}):
                said = operation.definition.raw["parameters"]
                kind = next(p["schema"]["type"] for p in said if p["name"] == "year")
                case.path_parameters["year"] = YEARS[kind]
        if "Idempotency-Key" in (case.headers or {}) and mode is GenerationMode.POSITIVE:
            case.headers["Idempotency-Key"] = uuid.uuid4().hex
        response = case.call(base_url=live, headers=headers)
        case.validate_response(response, checks=CHECKS)

    ask()


def test_whatever_is_asked_is_answered_as_described(live: str, every_role: str) -> None:
    sys.stderr.write(f"seed {SEED}, {EXAMPLES} times at each address in each way\n")
    assert faults(live, "") == []
    assert faults(live, every_role) == []
