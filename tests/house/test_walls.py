"""Walls: each room uses only rooms below it, and nobody touches another room's tables."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "totalplace"
TABLES = ("models", "migrations")


def floors() -> dict[str, int]:
    """Each room's floor, the lowest first, as pyproject.toml has them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "floors")
    return {
        room.strip(): floor
        for floor, rooms in enumerate(reversed(layers))
        for room in rooms.split("|")
    }


def modules() -> Iterator[tuple[str, Path]]:
    """Every module: the room it is in, and its file."""
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that a module imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_contract_of_the_walls_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    kept = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert kept == EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_no_room_touches_another_rooms_tables() -> None:
    trespasses = [
        f"{path.relative_to(ROOT)} imports {name}"
        for room, path in modules()
        for name in imported(path)
        if name.startswith("totalplace.")
        and name.split(".")[1] != room
        and any(table in name.split(".")[2:] for table in TABLES)
    ]
    assert trespasses == []


def test_foreign_keys_point_only_down_or_within_the_room() -> None:
    floor = floors()
    upward = [
        f"{model._meta.label}.{field.name} points at {field.related_model}"  # noqa: SLF001  (Django's)
        for model in tables_of_rooms()
        for field in model._meta.get_fields()  # noqa: SLF001
        if field.is_relation and field.concrete and not isinstance(field.related_model, str)
        if field.related_model is not None
        if room_of(field.related_model) != room_of(model)
        and floor[room_of(field.related_model)] >= floor[room_of(model)]
    ]
    assert upward == []


def tables_of_rooms() -> list[type[Model]]:
    """Our own tables. Those of sign-in and jobs may point at an officer, and ours never at them."""
    return [m for m in apps.get_models() if m.__module__.startswith("totalplace.")]


def test_tables_of_other_programs_point_at_an_officer_alone() -> None:
    ours = set(tables_of_rooms())
    pointed_at = {
        field.related_model
        for model in set(apps.get_models()) - ours
        for field in model._meta.get_fields()  # noqa: SLF001
        if field.is_relation and field.concrete and field.related_model in ours
    }
    assert {model._meta.label for model in pointed_at} <= {"places.Officer"}  # noqa: SLF001


def room_of(model: type) -> str:
    """The room that a table is in."""
    return model.__module__.split(".")[1]


def test_relations_across_rooms_have_no_way_back() -> None:
    back = [
        f"{model._meta.label} can be asked for its {relation.name}"  # noqa: SLF001
        for model in tables_of_rooms()
        for relation in model._meta.related_objects  # noqa: SLF001
        if relation.related_model in tables_of_rooms()
        and room_of(relation.related_model) != room_of(model)
        and not relation.hidden
    ]
    assert back == []


def test_every_room_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("__init__.py")
        if path.parent.name != "migrations"
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert silent == []


def test_only_actions_and_migrations_write() -> None:
    verbs = {"create", "bulk_create", "get_or_create", "update_or_create", "save", "bulk_update"}
    writers = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.func.attr}"
        for room, path in modules()
        if room in {"record", "places", "sources", "count", "doors"}
        and not {"actions", "actions.py", "migrations"} & set(path.relative_to(PACKAGE).parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in verbs
        and "objects" in ast.unparse(node.func)
    ]
    assert writers == []


def test_help_loads_no_database_and_no_numbers() -> None:
    code = (
        "import sys; sys.argv = ['totalplace', '--help']\n"
        "from totalplace.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'django', 'duckdb', 'numpy', 'psycopg', 'rich', 'numba'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "places" in done.stdout
