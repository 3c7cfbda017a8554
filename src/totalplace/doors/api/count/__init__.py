"""/api/v1/count/: editions and what they say, the payments behind them, rulings, and acts."""

from __future__ import annotations

from totalplace.doors.api.count import acting, editions, parts, payments
from totalplace.doors.api.count.addresses import router

__all__ = ["acting", "editions", "parts", "payments", "router"]
