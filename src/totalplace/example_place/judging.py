"""Holding a count of the example place to its truth: transfers, both totals, and purposes.

Totals by agency are judged to the penny and apart from purposes, so that a reading of words that is
wrong does not hide a pound that is lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.flows import Treatment
from totalplace.count.rules.whole_place.whole import WholePlace
from totalplace.example_place.agencies import AGENCIES
from totalplace.example_place.counted import Counted, Transfer
from totalplace.money.pence import pounds

UNCLASSIFIED: Final = "unclassified"
_PASSED_ON: Final = "passed_on"
_LOAN: Final = "loan"
_CODES: Final = {
    code: agency.code
    for agency in AGENCIES
    for code in (f"agency:{agency.code}", f"gss:{agency.gss}" if agency.gss else "")
    if code
}


@dataclass(frozen=True, slots=True)
class Difference:
    """What was read and is not true, in pence. None where it was not read, or is not there."""

    what: str
    read: int | None
    true: int | None


Judge = Callable[[WholePlace, Counted], list[Difference]]


@dataclass(frozen=True, slots=True)
class TransferScore:
    """Of the transfers that are true, how much was found and taken out, in pence."""

    found_pence: int
    true_pence: int


def transfer_differences(whole: WholePlace, truth: Counted) -> list[Difference]:
    """Payers and receivers whose transfers were not read as they are: pence, and rows.

    What a body is said to pay itself is one of them, for none of the example place does so.
    """
    read = Counter[str]()
    for cell in whole.matrix.cells:
        read[f"{cell.payer} to {cell.receiver}"] += cell.paid_pence
        read[f"payments of {cell.payer} to {cell.receiver}"] += cell.rows
    true = Counter[str]()
    for transfer in _of_year(whole, truth):
        true[f"{transfer.payer} to {transfer.receiver}"] += transfer.pence
        true[f"payments of {transfer.payer} to {transfer.receiver}"] += transfer.rows
    return _differing(read, true)


def nature_differences(whole: WholePlace, truth: Counted) -> list[Difference]:
    """Natures of transfers that were not read as they are, by payer, receiver and way, in pence."""
    read = Counter[str]()
    for flow in whole.flows:
        if flow.treatment is Treatment.ELIMINATED:
            receiver, through = (_CODES.get(code, code) for code in (flow.receiver, flow.through))
            read[_way(flow.payer, receiver, through, flow.nature)] += flow.pence
    true = Counter[str]()
    for t in _of_year(whole, truth):
        true[_way(t.payer, t.receiver, t.through, t.nature)] += t.pence
    return _differing(read, true)


def _way(payer: str, receiver: str, through: str, nature: str) -> str:
    by_way = f" through {through}" if through else ""
    return f"{payer} to {receiver}{by_way}: {nature}"


def _of_year(whole: WholePlace, truth: Counted) -> list[Transfer]:
    return [transfer for transfer in truth.transfers if transfer.year == whole.year]


def transfers_found(whole: WholePlace, truth: Counted) -> TransferScore:
    """How much of the true transfers of a year was found, payer by receiver.

    What was taken out beyond what is true finds nothing.
    """
    read = Counter[tuple[str, str]]()
    for cell in whole.matrix.cells:
        read[cell.payer, cell.receiver] += cell.paid_pence
    true = Counter[tuple[str, str]]()
    for transfer in _of_year(whole, truth):
        true[transfer.payer, transfer.receiver] += transfer.pence
    found = sum(max(0, min(read[pair], pence)) for pair, pence in true.items())
    return TransferScore(found, sum(true.values()))


def matrix_differences(whole: WholePlace, truth: Counted) -> list[Difference]:
    """Cells of the elimination matrix that do not say what payer or receiver says.

    Only for a count whose matrix was given what receivers got (`taking_in.received`).
    """
    read, true = Counter[str](), Counter[str]()
    for cell in whole.matrix.cells:
        pair = f"{cell.payer} to {cell.receiver}"
        read[f"{pair}, paid"] += cell.paid_pence
        read[f"{pair}, received"] += cell.received_pence or 0
    for told in truth.told:
        if told.year == whole.year:
            pair = f"{told.payer} to {told.receiver}"
            true[f"{pair}, paid"] += told.paid_pence
            true[f"{pair}, received"] += told.received_pence
    return _differing(read, true)


def count_differences(whole: WholePlace, truth: Counted) -> list[Difference]:
    """Where the gross total, from payments, is not true: by agency, and for the whole place.

    All that is left to an agency when transfers are taken out; and of it what it passed on to
    bodies outside the count, and what it lent. Services are judged by `purpose_scores`.
    """
    read, true = Counter[str](), Counter[str]()
    for line in whole.gross_lines:
        _add(read, line.agency, "spent and passed on", line.pence or 0)
    for flow in whole.flows:
        if flow.treatment is Treatment.PASSED_ON:
            what = "lent" if flow.nature == _LOAN else "passed on"
            _add(read, flow.payer, what, flow.pence)
    for row in truth.spent:
        if row.year == whole.year:
            _add(true, row.agency, "spent and passed on", row.pence)
            if row.nature == _LOAN:
                _add(true, row.agency, "lent", row.pence)
            elif row.service == _PASSED_ON:
                _add(true, row.agency, "passed on", row.pence)
    return _differing(read, true)


def _add(sums: Counter[str], agency: str, what: str, pence: int) -> None:
    sums[f"{agency}, {what}"] += pence
    sums[f"the whole place, {what}"] += pence


def net_differences(whole: WholePlace, truth: Counted) -> list[Difference]:
    """Where the net total, from returns, is not true: by agency and service, and for the place.

    Lines that are modelled or missing are left out: nobody returned them.
    """
    agencies = {agency.code for agency in AGENCIES}
    read, true = Counter[str](), Counter[str]()
    for line in whole.net_lines:
        if line.pence is not None and line.agency in agencies:
            read[f"{line.agency}, {line.service}"] += line.pence
            read["the whole place"] += line.pence
    for row in truth.whole:
        if row.year == whole.year and row.counted_pence is not None:
            true[f"{row.agency}, {row.service}"] += row.counted_pence
            true["the whole place"] += row.counted_pence
    return _differing(read, true)


def _differing(read: Counter[str], true: Counter[str]) -> list[Difference]:
    return [
        Difference(what, read.get(what), true.get(what))
        for what in sorted({*read, *true})
        if read[what] != true[what]
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A payment with the service that was read and the true one; pence count without sign."""

    read: str
    true: str
    telling: bool  # whether its words tell a careful reader the service
    pence: int


@dataclass(frozen=True, slots=True)
class PurposeScore:
    """How much was put under its true service, in pence; refunds count as much as payments."""

    right_pence: int
    wrong_pence: int
    unclassified_pence: int
    silent_pence: int  # of all, what no careful reader could tell
    silent_wrong_pence: int  # of that, what was put under a service all the same, and a wrong one

    @property
    def all_pence(self) -> int:
        """All that was looked at."""
        return self.right_pence + self.wrong_pence + self.unclassified_pence

    @property
    def right(self) -> float | None:
        """The share of what was classified that is right, 0 to 1; None where nothing was."""
        classified = self.right_pence + self.wrong_pence
        return self.right_pence / classified if classified else None

    @property
    def left(self) -> float | None:
        """The share that was left unclassified, 0 to 1; None where there is nothing."""
        return self.unclassified_pence / self.all_pence if self.all_pence else None


def purpose_scores(lines: Iterable[Line]) -> PurposeScore:
    """How well purposes were told: of lines of payments that are spending, not transfers."""
    right = wrong = unclassified = silent = silent_wrong = 0
    for line in lines:
        pence = abs(line.pence)
        silent += 0 if line.telling else pence
        if line.read in ("", UNCLASSIFIED):
            unclassified += pence
        elif line.read == line.true:
            right += pence
        else:
            wrong += pence
            silent_wrong += 0 if line.telling else pence
    return PurposeScore(right, wrong, unclassified, silent, silent_wrong)


def verdict(
    transfers: TransferScore, purposes: PurposeScore, differences: Iterable[Difference]
) -> str:
    """What a demonstration ends with, in one sentence for each thing that is judged."""
    wrong = len(list(differences))
    found, true = pounds(transfers.found_pence), pounds(transfers.true_pence)
    equal = (
        f"{wrong} of its figures are not true"
        if wrong
        else "the whole-place count equals the truth to the penny"
    )
    return (
        f"Transfers found: {found} of {true} true; purposes: {_per_cent(purposes.right)} right of "
        f"the pounds classified, {_per_cent(purposes.left)} left unclassified; {equal}."
    )


def _per_cent(share: float | None) -> str:
    return "none" if share is None else f"{share:.1%}"
