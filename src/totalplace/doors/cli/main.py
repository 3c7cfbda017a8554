"""`totalplace`: the commands, how a refusal is shown, and what is said when something breaks."""

from __future__ import annotations

import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

import click

from totalplace.doors.cli.session import Session
from totalplace.doors.engine import asking_chosen
from totalplace.refusal import Refused

# Each command is a module of this folder with a group of the same name. The words stand here so
# that `--help` loads none of them.
COMMANDS: Final = {
    "demo": "A made-up place, from its files to its count, to try everything on.",
    "sources": "Files and returns of agencies: add them, see how they were read, erase a name.",
    "count": "All public spending in a place, each pound once; overruled, frozen, compared.",
    "outcomes": "What is watched and what was read of it; areas beside each other; targets.",
    "entitlements": "The few national guarantees: who is entitled to what, by which law.",
    "ledger": "Books: every pound from its promise to its final use, and nothing ever edited.",
    "decisions": "What is to be decided, by which body, on what notice; taken and called in.",
    "participation": "Who is heard on a proposal before it is decided, and how each was answered.",
    "readiness": "Whether a place is ready, judged apart by place and centre, then agreed.",
    "agreements": "A block grant negotiated line by line, agreed, signed, and kept by both sides.",
    "plan": "The grant divided among agencies so that outcomes are highest, with its proof.",
    "monitoring": "What slipped, since when and how sure; who answers; how often it cries wolf.",
    "places": "Places, the register of areas and bodies, and who is a member of which.",
    "serve": "The pages, in a browser; and the work that they ask for, until it is stopped.",
    "invite": "A link for an officer to set a password and a second factor by, once.",
    "record": "The record of every act: see it, check that it is whole, publish how far it goes.",
    "backup": "All of an installation in one file, taken while others go on working.",
    "restore": "A backup brought back into a home that has nothing in it, and checked.",
}
REFUSED: Final = 2
BROKEN: Final = 1
INTERRUPTED: Final = 130


class Rooms(click.Group):
    """The commands of the rooms, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order in which they are used."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"totalplace.doors.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each is for, without loading it."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="totalplace", message="%(prog)s %(version)s")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of files and records; else TOTALPLACE_HOME, else the user's data folder.",
)
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
@click.pass_context
def totalplace(ctx: click.Context, home: Path | None, debug: bool) -> None:
    """See all that public bodies spend in a place, each pound once."""
    ctx.obj = Session(said_home=home, debug=debug)
    ctx.with_resource(asking_chosen())


def main() -> NoReturn:
    """Run the command line, and end with 0, 2 for a refusal or wrong use, or 1 for a defect."""
    for ending in (signal.SIGTERM, *((signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ())):
        signal.signal(ending, _end)
    debug = "--debug" in sys.argv[1:]
    try:
        code = totalplace.main(prog_name="totalplace", standalone_mode=False) or 0
        sys.stdout.flush()  # a reader that has gone is noticed here and not at the very end
        sys.exit(code)
    except Refused as refused:
        click.echo(str(refused), err=True)
        sys.exit(REFUSED)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as wrong_use:
        wrong_use.show()
        sys.exit(wrong_use.exit_code)
    except BrokenPipeError:  # whoever read our answer, as `head` does, has read enough
        _forget_output()
        sys.exit(0)
    except Exception as error:  # noqa: BLE001  (the last door: nobody is shown a traceback unasked)
        if debug:
            traceback.print_exc()
        click.echo(_sorry(error), err=True)
        sys.exit(BROKEN)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """End in good order when asked to, so that the records are closed too."""
    sys.exit(128 + number)


def _forget_output() -> None:
    """Point what is left to print at nothing, or Python would complain at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _sorry(error: Exception) -> str:
    where = "run the same command with --debug after `totalplace`"
    return (
        f"Something went wrong that should not have ({type(error).__name__}: {error}). "
        f"Nothing half-done was kept. To report it, {where}, and send what it prints to the "
        "project's issue page."
    )
