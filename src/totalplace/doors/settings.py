"""Django's settings: which rooms have tables, and where the records are kept.

Reading this file starts nothing. `doors.records.ready` starts the records and then Django, with
the address that it found.
"""

from __future__ import annotations

from typing import Final

from totalplace.doors import records

INSTALLED_APPS: Final = [
    "totalplace.record",
    "totalplace.places",
    "totalplace.decisions",
    "totalplace.sources",
    "totalplace.participation",
    "totalplace.ledger",
    "totalplace.count",
    "totalplace.outcomes",
    "totalplace.entitlements",
    "totalplace.readiness",
    "totalplace.agreements",
    "totalplace.commissioning",
    "totalplace.monitoring",
]
DATABASES: Final = {"default": records.as_application()}
AUTH_USER_MODEL: Final = "places.Officer"
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"

USE_TZ: Final = True
TIME_ZONE: Final = "UTC"  # times are kept in UTC; a door shows them in the reader's own zone
LANGUAGE_CODE: Final = "en-gb"
USE_I18N: Final = False

# There are no web pages yet, so nothing is signed. The web door brings a secret of its own.
SECRET_KEY: Final = "nothing is signed at this stage"  # noqa: S105  (it protects nothing)
