"""What `--json` gives of files that were added: a promise, see docs/reference/sources-json.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from totalplace.sources.actions import Added, NotAdded

_TALLY: Final = (
    "rows_in", "preamble_rows", "header_rows", "blank_rows", "total_rows", "payments", "cards",
    "commitments", "faults", "sum_pence", "cards_pence", "commitments_pence", "faults_pence",
    "totals_pence", "negative_payments", "duplicates_flagged", "redacted", "cells_not_read",
    "undated", "trailing_minus", "serial_dates",
)  # fmt: skip
_ROLES: Final = ("amount", "date", "payee", "unit", "purpose", "reference")


def rows_of(outcome: Added | NotAdded) -> Iterator[dict[str, Any]]:
    """One object for each table of a file, and one for a file that was refused."""
    if isinstance(outcome, NotAdded):
        refused = outcome.refused
        yield {
            "file": str(outcome.path),
            "refused": {"what": refused.what, "why": refused.why, "next_step": refused.next_step},
        }
        return
    for table in outcome.tables:
        columns = table.columns
        yield {
            "file": str(outcome.path),
            "document": table.file,
            "sheet": table.sheet,
            "sha256": outcome.sha256,
            **{name: getattr(table.tally, name) for name in _TALLY},
            "vat_basis": table.layout.vat_basis.value,
            "columns": {role: columns.get(role) for role in _ROLES}
            | {role: taken for role, taken in columns.items() if role not in _ROLES},
            "encoding": table.encoding,
            "first_date": table.first_date,
            "last_date": table.last_date,
            "unsure": table.unsure,
            "notices": table.notices,
            "notes": outcome.notes,
            "refused": None,
        }
