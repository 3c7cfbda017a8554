"""The account that root lends to PostgreSQL, which does not run as root."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path
from typing import Any, Final

from totalplace.refusal import Refused

_ACCOUNT: Final = "totalplace-records"


def account() -> dict[str, Any]:
    """As whom a program of PostgreSQL is run: as ourselves, or under root as the lent account."""
    if os.geteuid() != 0:
        return {}
    owner = lent_account()
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def lent_account() -> pwd.struct_passwd:
    """The account, made if this computer has none yet. Raises Refused where it cannot be made."""
    try:
        return pwd.getpwnam(_ACCOUNT)
    except KeyError:
        pass
    wanted = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _ACCOUNT]
    try:
        subprocess.run(wanted, check=True, capture_output=True)
        return pwd.getpwnam(_ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Refused(
            "The records cannot be opened as root",
            why="PostgreSQL does not run as root, and no account could be made for it",
            next_step="Run totalplace as an ordinary user, or name a server in DATABASE_URL",
        ) from error


def let_through(folder: Path) -> None:
    """Let the lent account pass through the folders above but not list them.

    PostgreSQL names its files by their whole path, so it must be able to walk it.
    """
    for above in (folder, *folder.parents):
        mode = above.stat().st_mode
        if not mode & 0o001:
            above.chmod(mode | 0o001)
