"""Ten thousand respondents, and none of their answers lost.

    python benchmarks/responses.py [--respondents 10000] [--at-once 200] [--look] [--seed 1979]

Serves a home of its own with `totalplace serve`, opens a hearing in it, and lets respondents answer
over HTTP, each from an address of this computer: they open the form, think for longer than machines
do, look it over (with --look), and send. One in twenty presses twice; one in fifty is a machine
that fills the box that people do not see. Then every receipt that was shown is compared with the
records: its answer must be there, word for word and once, and received must be counted and apart.
Ends with 1 where one is not. Times are those of whole answers as askers see them; askers,
service and records share the processors.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from load import Measured, Visitor, serve, told

from totalplace.doors import records
from totalplace.doors.web import server

_FORM = re.compile(r'name="form" value="([^"]+)"')
_RECEIPT = re.compile(r'tp-receipt">([^<]+)<')
_PATH = "/participation/1/answer/"
_CHOICES = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree")


@dataclass
class Answered:
    """What was acknowledged: of each receipt, the words that were sent last."""

    words: dict[str, str] = field(default_factory=dict)
    machines: int = 0
    doubles: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def respondent(visitor: Visitor, number: int, answered: Answered, *, look: bool) -> None:
    """Open the form, think, and send it; some press twice."""
    chance = visitor.chance
    page = visitor.ask("open", _PATH)
    form = _FORM.search(page)
    if form is None:
        return
    words = f"Answer {number}: " + " ".join(
        chance.choices(("bus", "road", "park", "care", "late", "=1+1", "<b>", "£"), k=20)
    )
    is_machine = chance.random() < 0.02
    said: dict[str, Any] = {
        "form": form[1], "q1": chance.choice(_CHOICES), "q2": words,
        "website": "buy" if is_machine else "",
    }  # fmt: skip
    time.sleep(4.2 + chance.expovariate(1.0))
    if look:
        visitor.send("look over", _PATH, page, do="look", **said)
    # The service lets go of a line that says nothing for 5 seconds; a browser then takes another.
    visitor.web.close()
    receipt = _RECEIPT.search(visitor.send("send", _PATH, page, do="send", **said))
    if receipt is None:
        visitor.wrong(f"respondent {number} was shown no receipt")
        return
    again = chance.random() < 0.05
    if again:
        second = _RECEIPT.search(visitor.send("send twice", _PATH, page, do="send", **said))
        if second is None or second[1] != receipt[1]:
            visitor.wrong(f"respondent {number} was shown two receipts")
    with answered.lock:
        answered.words[receipt[1]] = words
        answered.machines += is_machine
        answered.doubles += again


def open_hearing() -> None:
    """A hearing that is open today, with the questions that are usually asked."""
    from totalplace.decisions.rules.days import local_day
    from totalplace.participation import actions
    from totalplace.participation.definitions.hearings import characteristics
    from totalplace.participation.rules import drafts
    from totalplace.participation.rules.freezing import Affected
    from totalplace.places import actions as places
    from totalplace.places.rules.mandates import Operator
    from totalplace.record.rules.chain import Citation

    by, on = Operator("load"), datetime.now(UTC)
    places.register_place("wexshire", name="Wexshire", by=by, on=on)
    places.register_agency("wex", name="Wexshire Council", kind="council", by=by, on=on)
    places.join_place("wexshire", "wex", by=by, on=on)
    today = local_day(on)
    draft = drafts.Draft(
        question=drafts.Question("Evening buses", "Should buses run later?", "how often", "none"),
        alternatives=drafts.Alternatives((drafts.Alternative("Taxis", "Dearer"),), "Most people"),
        reasons=drafts.Reasons("People cannot get home", (drafts.Effect("all", "a bus"),)),
        equality=drafts.Equality(dict.fromkeys(characteristics(), "none, because all may ride")),
        when=drafts.When(today, today + timedelta(days=90)),
    )
    about = Citation("targets", "wexshire/1")
    actions.begin(about, place="wexshire", agency="wex", draft=draft, by=by, on=on)
    actions.add_paper(1, "Report", file_name="r.pdf", content=b"report", by=by, on=on)
    actions.open_hearing(1, affected=(Affected("wex", 1),), by=by, on=datetime.now(UTC))


def lost(answered: Answered) -> list[str]:
    """What was acknowledged and is not held as it was sent: to be empty."""
    from totalplace.doors.web.participation.public.sending import keys
    from totalplace.participation.queries import public, responses
    from totalplace.refusal import Refused

    now, wrong = datetime.now(UTC), []
    found = public.head(1, on=now)
    held = set()
    for receipt, words in answered.words.items():
        try:
            row = public.response_of(found, receipt, keys())
        except Refused:
            wrong.append(f"the answer of {receipt} is not held")
            continue
        held.add(row.id)
        if row.answers.get(2) != (words,):
            wrong.append(f"the answer of {receipt} is another one")
    arrived = responses.how_many(1, on=now)
    apart = sum(count for _, count in arrived.apart)
    if not len(answered.words) == len(held) == arrived.received:
        wrong.append(
            f"{len(answered.words)} receipts, {len(held)} answers, {arrived.received} held"
        )
    if apart != answered.machines:
        wrong.append(f"{apart} are apart, and {answered.machines} came of machines")
    print(f"received {arrived.received:,} = counted {arrived.counted:,} + apart {apart:,}")
    return wrong


def main() -> None:
    """Serve, let them answer, and compare."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--respondents", type=int, default=10_000)
    asked.add_argument("--at-once", type=int, default=200)
    asked.add_argument("--look", action="store_true", help="look each answer over before sending")
    asked.add_argument("--seed", type=int, default=1979)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="totalplace-responses-") as folder:
        home = Path(folder) / "home"
        server.address_chosen(home)  # which also reads what receipts are hashed with
        records.start_django(records.SERVICE)
        records.ready(home)
        open_hearing()
        running, base = serve(home)
        measured, answered = Measured(), Answered()
        print(
            f"seed {said.seed}: {said.respondents:,} respondents, {said.at_once} at once, "
            f"{os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        began = time.monotonic()
        try:
            with ThreadPoolExecutor(said.at_once) as crowd:
                for number in range(said.respondents):
                    own = random.Random(said.seed * 100_000 + number)  # noqa: S311  (made up)
                    address = f"127.{1 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"
                    visitor = Visitor(base, own, measured, address, 0)
                    crowd.submit(_kept, visitor, number, answered, look=said.look)
            took = time.monotonic() - began
            missing = lost(answered)
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(60)
    told(measured)
    print(f"{len(answered.words) / took:.1f} answers a second over {took / 60:.1f} minutes")
    print(f"pressed twice {answered.doubles:,}, machines {answered.machines:,}, ", end="")
    print(f"errors {len(measured.errors)}, lost {len(missing)}")
    for line in [*measured.errors[:20], *missing[:20]]:
        print(f"  {line}")
    sys.exit(bool(measured.errors or missing))


def _kept(visitor: Visitor, number: int, answered: Answered, *, look: bool) -> None:
    """Answer; a defect of this script is an error too."""
    try:
        respondent(visitor, number, answered, look=look)
    except Exception as error:  # noqa: BLE001  (told, and the benchmark ends with 1)
        visitor.wrong(f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
