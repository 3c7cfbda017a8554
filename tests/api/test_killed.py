"""A service that is killed while it acts: nothing acknowledged is lost, and nothing done twice."""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from totalplace.doors import records
from totalplace.places.rules.mandates import Officer, Role

SEED: Final = 11
KEYS: Final = 40
_SERVE: Final = """
import json, sys
from totalplace.doors import records
records.start_django(records.SERVICE)
records.use(records.Address(**json.loads(sys.argv[1])))
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
server.set_app(WSGIHandler())
print(server.server_port, flush=True)
server.serve_forever()
"""


class Service:
    """A service in a process of its own, that can be killed."""

    def __init__(self, address: records.Address, home: Path) -> None:
        own = {n: v for n, v in os.environ.items() if not n.startswith("DJANGO")}
        own |= {"PYTHONPATH": os.pathsep.join(sys.path), "TOTALPLACE_HOME": str(home)}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", _SERVE, json.dumps(asdict(address))],
            env=own, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        """As a computer does that has run out of memory."""
        self._process.kill()
        with self._process:
            self._process.wait()

    def rule(self, token: str, key: str) -> tuple[int, Any] | None:
        """Ask for a ruling under a key; None where the service went away."""
        said = {
            "agency": "council", "subject": "payee", "payee": f"Payee {key}",
            "said": "not a public body", "reason": "it is none",
        }  # fmt: skip
        headers = {
            "Authorization": f"Bearer {token}", "Idempotency-Key": key,
            "Content-Type": "application/json",
        }  # fmt: skip
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asking.request("POST", "/api/v1/count/rulings", json.dumps(said), headers)
            answer = asking.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return None
        finally:
            asking.close()


def ask_for_all(
    service: Service, token: str, acknowledged: dict[str, Any], kill_after: int
) -> None:
    """Ask under every key from three threads; kill the service after so many answers."""
    answers = threading.Semaphore(0)
    keys = iter([f"key-{n}" for n in range(KEYS)])
    turn = threading.Lock()

    def ask() -> None:
        while True:
            with turn:
                key = next(keys, None)
            if key is None:
                return
            told = service.rule(token, key)
            if told is not None:
                assert told[0] in (201, 409), told
                if told[0] == 201:
                    assert acknowledged.setdefault(key, told[1]) == told[1]
            answers.release()

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(kill_after):
        answers.acquire(timeout=60)
    if kill_after:
        service.kill()
    for thread in threads:
        thread.join()


def test_no_act_is_lost_or_done_twice_when_the_service_is_killed(
    committed_records: records.Address, wexshire_committed: None, tmp_path: Path,
    officer_with: Callable[..., Officer], program: Callable[..., Any],
) -> None:  # fmt: skip
    from totalplace.count.queries.rulings import all_rulings

    chance = random.Random(SEED)
    token = program(officer_with("bea", Role.FINANCE_LEAD, agency="council")).token
    acknowledged: dict[str, Any] = {}
    for _ in range(3):
        service = Service(committed_records, tmp_path / "home")
        ask_for_all(service, token, acknowledged, chance.randrange(3, KEYS // 2))
    service = Service(committed_records, tmp_path / "home")
    try:
        for n in range(KEYS):
            told = service.rule(token, f"key-{n}")
            assert told is not None
            assert told[0] == 201
            assert acknowledged.get(f"key-{n}", told[1]) == told[1]
    finally:
        service.kill()
    payees = [row.ruling.payee for row in all_rulings()]
    assert sorted(payees) == sorted({f"Payee key-{n}" for n in range(KEYS)})


def test_an_act_asked_for_at_once_by_many_under_one_key_is_done_once(
    committed_records: records.Address, wexshire_committed: None, tmp_path: Path,
    officer_with: Callable[..., Officer], program: Callable[..., Any],
) -> None:  # fmt: skip
    from totalplace.count.queries.rulings import all_rulings

    token = program(officer_with("bea", Role.FINANCE_LEAD, agency="council")).token
    service, told = Service(committed_records, tmp_path / "home"), list[Any]()
    try:
        threads = [
            threading.Thread(target=lambda: told.append(service.rule(token, "one")))
            for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told.append(service.rule(token, "one"))
    finally:
        service.kill()
    assert {status for status, _ in told} <= {201, 409}
    assert len({json.dumps(said) for status, said in told if status == 201}) == 1
    assert len(all_rulings()) == 1
