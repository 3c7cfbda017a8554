"""The program that does the work that pages ask for."""

from __future__ import annotations

from totalplace.doors import records
from totalplace.doors.web.server import end_with_parent


def main() -> None:
    """Open the records and do the work, until asked to end."""
    end_with_parent()
    records.start_django(records.SERVICE)
    records.ready(records.home_folder())
    from totalplace.doors.web.work import run_worker

    run_worker()


if __name__ == "__main__":
    main()
