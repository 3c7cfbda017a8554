"""The command `totalplace`, also run as `python -m totalplace`."""

from __future__ import annotations


def main() -> None:
    """Open the command line."""
    from totalplace.doors.cli.main import main as command_line

    command_line()


if __name__ == "__main__":
    main()
