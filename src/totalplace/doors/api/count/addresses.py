"""Where the addresses of the count are gathered: one address may be read and acted at."""

from __future__ import annotations

from ninja import Router

router = Router()
