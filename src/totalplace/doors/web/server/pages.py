"""The program that answers pages: several processes of several threads, from one that is loaded.

Each thread keeps its connection to the records, so there are at most workers times threads of them.
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

from gunicorn.app.base import BaseApplication

from totalplace.doors.web.server import end_with_parent

_SETTINGS: Final[dict[str, Any]] = {
    "worker_class": "gthread",
    "preload_app": True,  # what is loaded once is shared by all
    "timeout": 120,  # seconds without a sign of life from a process
    "graceful_timeout": 30,
    "keepalive": 5,
    "backlog": 512,
    "accesslog": None,  # see doors.web.logs
    "errorlog": "-",
    "loglevel": "warning",
    "proc_name": "totalplace",
    "control_socket_disable": True,
}


class Pages(BaseApplication):
    """The service for gunicorn."""

    def __init__(self, host: str, port: str, workers: str, threads: str) -> None:
        bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        asked = {"bind": bind, "workers": int(workers), "threads": int(threads)}
        self._settings = {**_SETTINGS, **asked}
        super().__init__()

    def load_config(self) -> None:
        """Take the settings."""
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Load the service, and let go of the records before it is forked."""
        from totalplace.doors.web.wsgi import application

        _warm()
        return application


def _warm() -> None:
    """Do once what each process would do at its first page, and let go of the records."""
    from django.db import connections
    from django.template.loader import render_to_string
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  (it loads every page)
    render_to_string("500.html", using="pages")
    connections.close_all()
    logging.getLogger("gunicorn.error").setLevel(logging.WARNING)


if __name__ == "__main__":
    end_with_parent()
    Pages(*sys.argv[1:5]).run()
