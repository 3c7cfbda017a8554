"""Where the records are kept, and making them ready: the one place that knows.

`DATABASE_URL` names a PostgreSQL server (15 or newer) of your own; without it, a server from a
wheel keeps the records in `<home>/records`. Migrations run as the owner; all else runs as the role
`totalplace_app`, which owns nothing, so that the database can refuse it what must never happen.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from totalplace.refusal import Refused

if TYPE_CHECKING:
    import psycopg

APPLICATION: Final = "totalplace_app"
COMMAND_LINE: Final = "totalplace.doors.settings"
SERVICE: Final = "totalplace.doors.web.settings"  # more tables: of sign-in, sessions and jobs
_DATABASE: Final = "totalplace"
_LOCK: Final = 0x706C6163  # one program at a time makes the records ready
_MIGRATION: Final = "[0-9]*.py"


@dataclass(frozen=True, slots=True)
class Address:
    """How the records are reached, as Django's settings put it: by the application, by the owner.

    `maintenance` is the database from which ours can be made; it is empty where ours is a given.
    """

    application: dict[str, Any]
    owner: dict[str, Any]
    maintenance: str = ""


@dataclass(slots=True)
class _Opened:
    address: Address
    home: Path | None  # None where a caller gave the address


_opened: _Opened | None = None


def home_folder(said: Path | None = None) -> Path:
    """The folder of files and records: the one said, TOTALPLACE_HOME, or the user's data folder."""
    if said is not None:
        return said.expanduser().absolute()
    if named := os.environ.get("TOTALPLACE_HOME"):
        return Path(named).expanduser().absolute()
    import platformdirs  # 40 ms, needed only here

    return platformdirs.user_data_path("totalplace", appauthor=False)


def as_application() -> dict[str, Any]:
    """Django's settings for the records; before they are opened, for an address not yet known."""
    if _opened is not None:
        return dict(_opened.address.application)
    return _django(NAME=_DATABASE, USER=APPLICATION)


def start_django(settings: str = COMMAND_LINE) -> None:
    """Load the rooms' tables, so that their actions and queries can be imported.

    The first to call says with which settings; another project's in the environment are not ours.
    """
    import django
    from django.apps import apps
    from django.conf import settings as loaded

    if not loaded.configured:
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
    if not apps.ready:
        django.setup()


def use(address: Address) -> None:
    """Take the records to be at an address that the caller keeps ready, as the tests do."""
    _open(address, None)


def ready(home: Path) -> None:
    """Open the records of a home: start their server and Django, and bring the tables up to date.

    Costs a few milliseconds where all is in place. Raises Refused where the records cannot be
    opened, are newer than this program, or another home's are open already.
    """
    home = home.expanduser().absolute()
    if _opened is not None and _opened.home not in (None, home):
        raise Refused(
            f"The records of {home} cannot be opened",
            why=f"this program has those of {_opened.home} open",
            next_step="Use one home in one program",
        )
    address = _opened.address if _opened and _opened.home is None else _find(home)
    if _opened is None or _opened.address != address:
        _open(address, home)
    if not is_current():
        prepare(address)


def _open(address: Address, home: Path | None) -> None:
    global _opened  # noqa: PLW0603  (there is one address of records in one program)
    _opened = _Opened(address, home)
    start_django()
    from django.db import connections

    known = {"HOST": "", "PORT": "", "PASSWORD": "", "OPTIONS": {}, **address.application}
    connections["default"].close()
    connections["default"].settings_dict.update(known)
    connections.databases["default"].update(known)


def address() -> Address:
    """How the records that are open are reached. Raises Refused where none are."""
    if _opened is None:
        raise Refused(
            "The records cannot be reached",
            why="they are not open",
            next_step="Open those of a home first",
        )
    return _opened.address


def without_tables(home: Path) -> Address:
    """How the records of a home are reached, with a database and a role, and as yet no tables.

    For a restore, which brings the tables. Raises Refused where that cannot be.
    """
    import psycopg

    address = _find(home.expanduser().absolute())
    try:
        if address.maintenance:
            _make_database(address)
        with as_owner(address) as owner:
            _make_role(owner, "NOLOGIN")
    except psycopg.Error as error:
        raise Refused(
            "The records could not be made ready",
            why=_plain(error),
            next_step="Check that its owner may connect, and that the server is PostgreSQL",
        ) from error
    return address


def close(home: Path) -> None:
    """Let go of the records of a home, so that they can be taken away."""
    global _opened  # noqa: PLW0603
    from django.db import connections

    connections["default"].close()
    _opened = None
    if not os.environ.get("DATABASE_URL"):
        from totalplace.doors import embedded

        embedded.leave(home)


def is_current() -> bool:
    """Whether every migration has been run, by one question to the database and no imports."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            done = set(cursor.fetchall())
    except DatabaseError:  # there is no such database, role or table yet
        connection.close()
        return False
    known = _known_migrations()
    newer = sorted(f"{app} {name}" for app, name in done - known if app in {a for a, _ in known})
    if newer:
        raise Refused(
            "The records cannot be opened",
            why=f"they were written by a newer version of totalplace ({newer[-1]})",
            next_step="Install that version or a later one",
        )
    return known <= done


def prepare(address: Address) -> None:
    """Make the database and the application's role if missing, and run what migrations pend."""
    import psycopg

    try:
        if address.maintenance:
            _make_database(address)
        with as_owner(address) as owner:
            owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            _grant_ahead(owner)
            _migrate(address)
            _let_forget(owner)
            owner.execute(f"REVOKE INSERT, UPDATE ON django_migrations FROM {APPLICATION}")
    except psycopg.Error as error:
        raise Refused(
            "The records could not be made ready",
            why=_plain(error),
            next_step=f"Run this once as the owner of the database, who may make {APPLICATION}",
        ) from error


def _find(home: Path) -> Address:
    if url := os.environ.get("DATABASE_URL"):
        return _address_of(url)
    try:
        from totalplace.doors import embedded
    except ImportError as error:
        raise Refused(
            "The records cannot be kept on this computer",
            why="the server that comes with totalplace needs Linux or macOS",
            next_step="Name a PostgreSQL server in DATABASE_URL, or use Linux under Windows (WSL)",
        ) from error
    server = embedded.attach(home)
    where = {"HOST": server.host, "PORT": str(server.port), "NAME": _DATABASE}
    return Address(
        application=_django(**where, USER=APPLICATION),
        owner=_django(**where, USER=embedded.SUPERUSER),
        maintenance="postgres",
    )


def _address_of(url: str) -> Address:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        said = conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise Refused(
            "DATABASE_URL cannot be read",
            why="it is not the address of a PostgreSQL database",
            next_step="Write it as postgresql://user:password@server:5432/totalplace",
        ) from error
    plain = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user"}
    names = {**plain, "PASSWORD": "password"}
    owner = _django(**{ours: str(said.pop(theirs, "") or "") for ours, theirs in names.items()})
    owner["NAME"] = owner["NAME"] or _DATABASE
    application = {**owner, "OPTIONS": {**said, "assume_role": APPLICATION}}
    return Address(application=application, owner={**owner, "OPTIONS": dict(said)})


def _django(**said: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        **said,
    }


def _known_migrations() -> set[tuple[str, str]]:
    from django.apps import apps

    return {
        (app.label, path.stem)
        for app in apps.get_app_configs()
        for path in (Path(app.path) / "migrations").glob(_MIGRATION)
    }


def as_owner(address: Address, database: str | None = None) -> psycopg.Connection[Any]:
    """A connection as the owner of the tables, whom no grant holds: for migrations and backups."""
    import psycopg

    owner = address.owner
    return psycopg.connect(
        host=owner.get("HOST") or None,
        port=owner.get("PORT") or None,
        user=owner.get("USER") or None,
        password=owner.get("PASSWORD") or None,
        dbname=database or owner["NAME"],
        autocommit=True,
        **owner.get("OPTIONS", {}),
    )


def _make_database(address: Address) -> None:
    from psycopg import sql

    name = address.application["NAME"]
    with as_owner(address, address.maintenance) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _make_role(owner, "LOGIN")
        found = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if found is None:
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _make_role(owner: psycopg.Connection[Any], may_log_in: str) -> None:
    found = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION]).fetchone()
    if found is None:
        owner.execute(f"CREATE ROLE {APPLICATION} {may_log_in}")


def _grant_ahead(owner: psycopg.Connection[Any]) -> None:
    """Let the application read, add and amend in tables to come; a migration may take that back.

    Nothing is granted that removes a row. An owner who is no superuser is let take the role on.
    """
    _make_role(owner, "NOLOGIN")
    version = owner.info.server_version
    is_super = owner.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if not (is_super.fetchone() or [False])[0]:
        option = " WITH SET TRUE" if version >= 160_000 else ""
        owner.execute(f"GRANT {APPLICATION} TO CURRENT_USER{option}")
    ahead = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    owner.execute(f"GRANT USAGE ON SCHEMA public TO {APPLICATION}")
    owner.execute(f"{ahead} SELECT, INSERT, UPDATE ON TABLES TO {APPLICATION}")
    owner.execute(f"{ahead} USAGE, SELECT ON SEQUENCES TO {APPLICATION}")


def _let_forget(owner: psycopg.Connection[Any]) -> None:
    """Let the application remove rows of sign-in, sessions and jobs, which are no records."""
    from django.apps import apps
    from psycopg import sql

    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("totalplace."):
            table = sql.Identifier(model._meta.db_table)  # noqa: SLF001  (Django's own name for it)
            grant = sql.SQL("GRANT DELETE ON {} TO {}")
            owner.execute(grant.format(table, sql.Identifier(APPLICATION)))


def _migrate(address: Address) -> None:
    from django.core.management import call_command
    from django.db import connections

    from totalplace.doors import tables

    connections.databases["owner"] = {**connections.databases["default"], **address.owner}
    try:
        tables.make_new("owner")
        call_command("migrate", database="owner", verbosity=0, interactive=False, skip_checks=True)
    finally:
        connections["owner"].close()
        with suppress(AttributeError):
            del connections["owner"]
        del connections.databases["owner"]


def _plain(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["PostgreSQL gave no reason"])[0].rstrip(".")
