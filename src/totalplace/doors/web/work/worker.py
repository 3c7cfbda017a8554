"""The process that does the work: it takes up again what a killed one left."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from contextlib import suppress
from typing import Any, Final

from django.utils import timezone
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import app as current
from procrastinate.contrib.django.utils import connector_params

from totalplace.doors import records
from totalplace.doors.web.work import tasks
from totalplace.doors.web.work.telling import ending

AT_ONCE: Final = 2  # pieces of work, so that a long count keeps no file waiting
_HEARTBEAT: Final = 2.0  # seconds
_STALLED: Final = 12.0  # seconds without one, after which a process is taken to be dead
_LOOK: Final = 3.0  # seconds between looks for what a dead one left
_TRY_AGAIN: Final = 2.0  # seconds after the records could not be reached
_PATIENCE: Final = 10.0  # seconds that work under way has to come to a point where it can be left

_OPTIONS: Final[Any] = {
    "name": "totalplace",
    "concurrency": AT_ONCE,
    "install_signal_handlers": False,
    "update_heartbeat_interval": _HEARTBEAT,
    "stalled_worker_timeout": _STALLED,
    "shutdown_graceful_timeout": _PATIENCE,
    "fetch_job_polling_interval": 2.0,
    "delete_jobs": "successful",  # what came of it stands in the row of work
}
_log = logging.getLogger(__name__)


def run(stop: threading.Event | None = None) -> None:
    """Do what is asked for until `stop` is set or the process is asked to end."""
    stop = stop or threading.Event()
    ending.clear()
    if threading.current_thread() is threading.main_thread():
        for wish in (signal.SIGTERM, signal.SIGINT):
            signal.signal(wish, lambda *_: stop.set())
    while not stop.is_set():
        try:
            asyncio.run(_run(stop))
        except Exception:  # noqa: BLE001  (whatever it was, the queue must be tried again)
            _log.exception("the queue could not be reached; it is tried again")
            stop.wait(_TRY_AGAIN)


async def _run(stop: threading.Event) -> None:
    pool: dict[str, Any] = {"min_size": 1, "max_size": 4, "kwargs": _address()}
    with current.replace_connector(PsycopgConnector(**pool)) as app:
        async with app.open_async():
            worker = asyncio.create_task(app.run_worker_async(**_OPTIONS))
            looking = asyncio.create_task(_take_up_again(app))
            wishing = asyncio.create_task(_until(stop))
            await asyncio.wait({worker, looking, wishing}, return_when=asyncio.FIRST_COMPLETED)
            ending.set()
            for task in (looking, wishing, worker):
                task.cancel()
            for task in (looking, wishing, worker):
                with suppress(asyncio.CancelledError):
                    await task
            ending.clear()


def _address() -> dict[str, Any]:
    """How the queue is reached: as the role that owns nothing, as all else is."""
    address = connector_params()
    if address.get("user") != records.APPLICATION:
        said = address.get("options", "")
        address["options"] = f"{said} -c role={records.APPLICATION}".strip()
    return address


async def _take_up_again(app: App) -> None:
    """Put back into the queue what a process was doing that gives no sign of life any more."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED):
            await app.job_manager.retry_job(job, retry_at=timezone.now())
        await app.job_manager.prune_stalled_workers(_STALLED)
        await asyncio.sleep(_LOOK)


async def _until(stop: threading.Event) -> None:
    while not stop.is_set():  # noqa: ASYNC110  (it is set from outside the loop)
        await asyncio.sleep(0.2)


__all__ = ["run", "tasks"]
