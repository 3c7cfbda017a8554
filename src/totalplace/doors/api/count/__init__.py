"""/api/v1/count/: editions and what they say, the payments behind them, rulings, and acts."""

from __future__ import annotations

from ninja import Router

from totalplace.doors.api.count import acting, editions, parts, payments

router = Router()
for _part in (editions, parts, payments, acting):
    router.add_router("", _part.router)
