"""What came of the agreement of the example place, in words."""

from __future__ import annotations

from totalplace.example_place.agreed.course import Agreed
from totalplace.money.pence import pounds


def in_words(agreed: Agreed) -> str:
    """A few lines: how ready, what was bargained, who signed, and what the book holds."""
    row, pool = agreed.agreement, agreed.pool
    promises = len(row.last.terms.promises)
    signed = (
        "signed by all, with certificates of a TEST authority"
        if agreed.signed
        else "open for signing, which needs: pip install 'totalplace[documents]'"
    )
    apart = f"Place and centre judged readiness apart, differed in {agreed.differed} areas of 4, "
    bound = f"Agreement {row.citation.id} was bargained, heard and decided, with {promises} "
    money = f"A pooled fund of three bodies took in {pounds(pool.received)} in {pool.year.label} "
    return "\n".join(
        (
            f"{apart}and agreed: see /readiness/ once it is served.",
            f"{bound}promises of both sides; it is {signed}: see /agreements/ there.",
            f"{money}and spent {pounds(pool.spent)}, in {pool.postings} postings: see /ledger/.",
        )
    )
