"""/api/v1/decisions/: bodies, what they decide and when, and every verb of a decision."""

from __future__ import annotations

from ninja import Router

from totalplace.doors.api.decisions import acting, reading, saying

router = Router()
for _part in (reading, acting, saying):
    router.add_router("", _part.router)
