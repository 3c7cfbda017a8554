"""/api/v1/participation/: hearings, what was said in them, and the partnership."""

from __future__ import annotations

from ninja import Router

from totalplace.doors.api.participation import hearings, partnership, public

router = Router()
for _part in (hearings, partnership, public):
    router.add_router("", _part.router)
