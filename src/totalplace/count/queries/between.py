"""Payments from one public body to another, as flows: read, named, and treated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from totalplace import engines
from totalplace.count.definitions.whole_place import natures
from totalplace.count.queries.lookups import Lookups
from totalplace.count.rules.rulings import Ruling, Subject, of_subject
from totalplace.count.rules.whole_place.flows import RECHARGE, Flow, treated
from totalplace.count.rules.whole_place.natures import Told


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted bodies: the agency of each code of theirs, and their kinds by agency."""

    agencies: Mapping[str, str]  # "gss:E10000017" or "agency:wexshire" to the agency's code
    kinds: Mapping[str, str]

    def only(self, kind: str) -> str:
        """The code of the only counted body of a kind; '' where there is none, or several."""
        of_kind = [code for code, agency in self.agencies.items() if self.kinds[agency] == kind]
        return of_kind[0] if len({self.agencies[code] for code in of_kind}) == 1 else ""


def flows_of(
    looked_up: Lookups, agencies: Sequence[str], counted: Counted, rulings: Sequence[Ruling]
) -> list[Flow]:
    """Every flow of some agencies to public bodies, of all years, with what is done with it."""
    rows = engines.ask("count/flows", looked_up.holdings, agencies=list(agencies))
    named = natures()
    told: dict[tuple[str, str, str], Told] = {}
    sums: dict[tuple[str, str, str, int | None, str, str, str], list[int]] = defaultdict(
        lambda: [0, 0]
    )
    no_transfer = {(r.agency, r.payee.lower()) for r in of_subject(rulings, Subject.TRANSFER)}
    ruled_out: set[tuple[str, str, str]] = set()
    for row in rows:
        words = (row["unit"], row["purpose"], row["detail"])
        if words not in told:
            told[words] = named.told(*words)
        nature = told[words]
        paid_to = row["body"]
        receiver = counted.only(nature.passed_to) if nature.passed_to else ""
        receiver = receiver or paid_to
        own = counted.agencies.get(receiver) == row["agency"]
        kind = RECHARGE if own else nature.nature
        if (row["agency"], row["payee"].lower()) in no_transfer:
            ruled_out.add((row["agency"], receiver, kind))
        key = (
            row["agency"], paid_to, receiver, row["year_start"], kind,
            row["service"] or "unclassified", row["economic"] or "unknown",
        )  # fmt: skip
        sums[key][0] += row["row_count"]
        sums[key][1] += row["pence"]
    found = [
        Flow(payer, paid_to, receiver, year, nature, rows_, pence, service, economic)
        for (payer, paid_to, receiver, year, nature, service, economic), (rows_, pence)
        in sorted(sums.items(), key=lambda item: tuple(str(part) for part in item[0]))
    ]  # fmt: skip
    return treated(
        found,
        counted.agencies,
        not_spending={n.code for n in named.listed if not n.spending},
        ruled_out=ruled_out,
    )
