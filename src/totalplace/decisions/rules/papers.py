"""Which papers the public may see, and the reasons for which one is kept back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from totalplace.refusal import Refused


@dataclass(frozen=True, slots=True)
class Category:
    """A reason in law for which a paper is confidential or exempt."""

    code: str
    law: str
    says: str
    weighed: bool  # whether the public interest must be weighed first


def check_mark(category: str, reason: str, known: Mapping[str, Category]) -> None:
    """Raise Refused for a reason that the law does not have, or one without its weighing.

    LGA 1972 schedule 12A paragraph 10: exempt only while the public interest in keeping it back
    outweighs that in disclosing it. An empty category opens the paper to the public.
    """
    if category and category not in known:
        raise Refused(
            f"A paper cannot be kept back under '{category}'",
            why=f"the law knows: {', '.join(known)}",
            next_step="Give 'confidential' or a paragraph of schedule 12A, 1 to 7",
        )
    if not reason.strip():
        why = "it is not said why the public interest is better served so"
        if category and not known[category].weighed:
            why = "it is not said which department or law forbids its disclosure"
        elif not category:
            why = "it is not said why the reason for keeping it back has gone"
        raise Refused("The paper cannot be marked", why=why, next_step="Say it in a sentence")
