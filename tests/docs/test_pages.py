"""Pages lead where they say, and the commands in them are commands."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from totalplace.doors.cli.main import totalplace

ROOT: Final = Path(__file__).resolve().parents[2]
_LINK: Final = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_COMMAND: Final = re.compile(
    r"^\s*(?:\$ |[-+] )?(?:\.venv/bin/)?(totalplace [a-z].*)$", re.MULTILINE
)
_WITHIN: Final = re.compile(r"`(totalplace [a-z][^`]*)`")


def test_every_link_leads_to_a_file(pages: dict[str, str]) -> None:
    broken = [
        f"{page}: {link}"
        for page, text in pages.items()
        for link in _LINK.findall(text)
        if not (ROOT / page).parent.joinpath(link).exists()
    ]
    assert broken == []


def test_every_page_of_the_docs_is_linked_from_another(pages: dict[str, str]) -> None:
    linked = {
        str((ROOT / page).parent.joinpath(link).resolve().relative_to(ROOT))
        for page, text in pages.items()
        for link in _LINK.findall(text)
    }
    assert {page for page in pages if page.startswith("docs/")} - linked == set()


def test_the_page_of_every_command_is_what_the_commands_say() -> None:
    subprocess.run([sys.executable, ROOT / "script" / "commands", "--check"], check=True)


def commands_in(pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    for page, text in pages.items():
        for pattern in (_COMMAND, _WITHIN):
            for said in pattern.findall(text):
                yield page, said.strip()


def test_every_command_in_a_page_is_a_command_with_those_options(pages: dict[str, str]) -> None:
    said = [(page, words) for page, words in commands_in(pages) if "commands.md" not in page]
    assert len(said) > 40
    assert [f"{page}: {words}: {why}" for page, words in said if (why := unknown(words))] == []


def unknown(said: str) -> str:
    """What of a command line is no command or option of ours; empty if all is."""
    words = shlex.split(said.partition(">")[0].replace("...", ""), comments=True)[1:]
    command: click.Command = totalplace
    context = click.Context(command, info_name="totalplace")
    while words and isinstance(command, click.Group):
        word, *rest = words
        if word.startswith("-") and command.invoke_without_command:
            break
        below = command.get_command(context, word)
        if below is None:
            return f"no command {word}"
        command, words = below, rest
    options = {name for p in command.get_params(context) for name in (*p.opts, *p.secondary_opts)}
    wrong = [w for w in words if w.startswith("--") and w not in options | {"--help"}]
    return f"no option {' '.join(wrong)}" if wrong else ""


@pytest.mark.parametrize("said", ["totalplace counts", "totalplace count --pdf x"])
def test_a_command_that_is_none_is_found_out(said: str) -> None:
    assert unknown(said)
