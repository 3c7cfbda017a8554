"""Payments from one public body to another, as flows: read, named, and treated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from totalplace import engines
from totalplace.count.definitions.whole_place import natures
from totalplace.count.queries.lookups import Lookups
from totalplace.count.rules.rulings import NamedLines, Ruling, Subject, of_subject
from totalplace.count.rules.whole_place.flows import RECHARGE, Flow, Treatment, treated
from totalplace.count.rules.whole_place.instalments import Instalment, sure, whose
from totalplace.count.rules.whole_place.natures import Natures, Told

_RULED: Final = {False: Treatment.KEPT, True: Treatment.RULED_OUT}


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted bodies: the agency of each code of theirs, and their kinds by agency."""

    agencies: Mapping[str, str]  # "gss:E10000017" or "agency:wexshire" to the agency's code
    kinds: Mapping[str, str]

    def only(self, kind: str) -> str:
        """The code of the only counted body of a kind; '' where there is none, or several."""
        of_kind = [code for code, agency in self.agencies.items() if self.kinds[agency] == kind]
        return of_kind[0] if len({self.agencies[code] for code in of_kind}) == 1 else ""


Key = tuple[str, str, str, int | None, str, str, str, bool]  # the last: an officer ruled it out


@dataclass(slots=True)
class _Sums:
    """Flows as they are added up, those of lines that an officer ruled to be none apart."""

    counted: Counted
    natures: Natures
    no_transfer: NamedLines
    told: dict[tuple[str, str, str], Told] = field(default_factory=dict)
    sums: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def nature(self, row: Mapping[str, Any]) -> Told:
        """What the words beside a payment tell of its nature."""
        words = (row["unit"], row["purpose"], row["detail"])
        if words not in self.told:
            self.told[words] = self.natures.told(*words)
        return self.told[words]

    def key(self, row: Mapping[str, Any], nature: str, kind: str) -> Key:
        """The flow that a payment belongs to; `kind` is of the body that it is passed on to."""
        receiver = (self.counted.only(kind) if kind else "") or row["body"]
        staff = {n.code for n in self.natures.listed if n.staff}
        if self.counted.agencies.get(receiver) == row["agency"] and nature not in staff:
            nature = RECHARGE
        return (
            row["agency"], row["body"], receiver, row["year_start"], nature,
            row["service"] or "unclassified", row["economic"] or "unknown",
            self.no_transfer.has(row["agency"], row),
        )  # fmt: skip

    def add(self, row: Mapping[str, Any]) -> None:
        """Add payments to the flow that they belong to."""
        nature = self.nature(row)
        key = self.key(row, nature.nature, "" if nature.perhaps else nature.passed_to)
        self.sums[key][0] += row["row_count"]
        self.sums[key][1] += row["pence"]

    def move(self, before: Key, after: Key, rows: int, pence: int) -> None:
        """Take payments out of one flow and into another."""
        for key, sign in ((before, -1), (after, 1)):
            self.sums[key][0] += sign * rows
            self.sums[key][1] += sign * pence

    def flows(self) -> list[Flow]:
        """The flows, in a fixed order."""
        return [
            Flow(*key[:5], rows, pence, *key[5:7], _RULED[key[7]])
            for key, (rows, pence) in sorted(self.sums.items(), key=lambda item: str(item[0]))
            if rows
        ]


def flows_of(
    looked_up: Lookups,
    agencies: Sequence[str],
    counted: Counted,
    rulings: Sequence[Ruling],
    paid_once: Collection[Mapping[str, Any]] = (),
) -> list[Flow]:
    """Every flow of some agencies to public bodies, of all years, with what is done with it.

    `paid_once` are lines that an officer ruled to be a second writing of a payment, as
    `count/ruled_lines` gives them: they are in no flow, as they are in no spending.
    """
    no_transfer = NamedLines.of(of_subject(rulings, Subject.TRANSFER))
    found = _Sums(counted, natures(), no_transfer)
    gone = [
        {**r, "row_count": -r["row_count"], "pence": -r["pence"]} for r in paid_once if r["body"]
    ]
    for row in engines.ask("count/flows", looked_up.holdings, agencies=list(agencies)):
        found.add(row)
    for row in gone:
        found.add(row)
    rows = engines.ask("count/instalments", looked_up.holdings, agencies=list(agencies))
    _pass_on(found, [*rows, *gone])
    return _done(found, found.flows())


def _done(found: _Sums, flows: Iterable[Flow]) -> list[Flow]:
    return treated(
        flows,
        found.counted.agencies,
        not_spending={n.code for n in found.natures.listed if not n.spending},
        staff={n.code for n in found.natures.listed if n.staff},
    )


def treatments(
    rows: Iterable[Mapping[str, Any]],
    instalments: Iterable[Mapping[str, Any]],
    counted: Counted,
    rulings: Sequence[Ruling],
) -> list[dict[str, Any]]:
    """Words beside payments to public bodies, each with what is done with such a payment.

    Those with an `amount_pence` are of payments of that sum alone: equal ones tell what they are.
    """
    found = _Sums(counted, natures(), NamedLines.of(of_subject(rulings, Subject.TRANSFER)))
    told = []
    for row in rows:
        nature = found.nature(row)
        kind = "" if nature.perhaps else nature.passed_to
        told.append({**row, "amount_pence": None, **_treated(found, row, nature.nature, kind)})
    for row, code, kind in _told_by_equals(found, instalments):
        told.append({**row, **_treated(found, row, code, kind)})
    return told


def _treated(found: _Sums, row: Mapping[str, Any], code: str, kind: str) -> dict[str, str]:
    silent = {"year_start": None, "service": None, "economic": None}
    key = found.key({**row, **silent}, code, kind)
    (flow,) = _done(found, [Flow(*key[:5], 1, 0, *key[5:7], _RULED[key[7]])])
    return {"nature": flow.nature, "receiver": flow.receiver, "treatment": flow.treatment.value}


def _pass_on(found: _Sums, rows: Iterable[Mapping[str, Any]]) -> None:
    """Give silent instalments of precepts to the bodies that their equals name."""
    for row, code, kind in _told_by_equals(found, rows):
        before = found.key(row, found.nature(row).nature, "")
        after = found.key(row, code, kind)
        found.move(before, after, row["row_count"], row["row_count"] * row["amount_pence"])


def _told_by_equals(
    found: _Sums, rows: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], str, str]]:
    """Payments of a sum of which equal ones tell the nature, or whose they are; with what."""
    rows_of: dict[Instalment, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        told = found.nature(row)
        if told.perhaps or any(told.nature == n.code and n.passed_to for n in found.natures.listed):
            same = Instalment(
                row["agency"], row["body"], row["year_start"], row["amount_pence"],
                told.passed_to, 0, row["service"] or "", row["economic"] or "", bool(told.perhaps),
            )  # fmt: skip
            rows_of[same].append(row)
    counted = {
        replace(same, rows=sum(r["row_count"] for r in listed)): listed
        for same, listed in rows_of.items()
    }
    kinds, known = whose(counted), sure(counted)
    for same in known | {one for one in kinds if not one.perhaps}:
        for row in counted[same]:
            told = found.nature(row)
            yield row, told.perhaps or told.nature, kinds.get(same, same.says)
