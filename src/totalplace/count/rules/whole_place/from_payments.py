"""Lines of the count from payments: what each body paid, each pound at the last counted body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from totalplace.count.rules.whole_place.flows import Flow, Treatment
from totalplace.count.rules.whole_place.lines import Basis, Economic, Income, Line, Status

PASSED_ON: Final = "passed_on"
NOT_SPENDING: Final = "not_spending"
CENTRAL: Final = "central_services"
LOAN: Final = "loan"


@dataclass(frozen=True, slots=True)
class Paid:
    """What an agency paid for a service in a year, before anything is eliminated."""

    agency: str
    agency_name: str
    year: str
    service: str
    economic: str
    rows: int
    pence: int


def spent(paid: Iterable[Paid], flows: Sequence[Flow], *, source: str) -> list[Line]:
    """What each agency spent, by service: payments less what other counted bodies then spend.

    Flows are of the same agencies and year as `paid`. What is passed on, and loans, become lines
    of their own service. Sums that come to nothing are left out.
    """
    names: dict[str, tuple[str, str]] = {}
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for p in paid:
        names[p.agency] = (p.agency_name, p.year)
        sums[p.agency, p.service, p.economic] += p.pence
    for flow in flows:
        if flow.treatment is Treatment.ELIMINATED:
            sums[flow.payer, flow.service, flow.economic] -= flow.pence
        elif flow.treatment is Treatment.KEPT and flow.service == PASSED_ON:
            # Its words are of a tax or precept, and yet it is the payer's own cost.
            sums[flow.payer, PASSED_ON, flow.economic] -= flow.pence
            sums[flow.payer, CENTRAL, flow.economic] += flow.pence
        elif flow.treatment is Treatment.PASSED_ON:
            to = NOT_SPENDING if flow.nature == LOAN else PASSED_ON
            sums[flow.payer, flow.service, flow.economic] -= flow.pence
            sums[flow.payer, to, flow.economic] += flow.pence
    return [
        Line(
            agency=agency,
            agency_name=names[agency][0],
            year=names[agency][1],
            service=service,
            income=Income.GROSS,
            economic=Economic(economic),
            basis=Basis.ACTUAL,
            status=Status.MEASURED,
            pence=pence,
            low_pence=pence,
            high_pence=pence,
            source=source,
        )
        for (agency, service, economic), pence in sorted(sums.items())
        if pence and agency in names
    ]


@dataclass(frozen=True, slots=True)
class Explained:
    """How much of an agency's accounts its published payments come to, in a year."""

    agency: str
    agency_name: str
    year: str
    months_held: int
    payments_pence: int | None  # None where no payments are held
    accounts_pence: int | None  # None where no return is held
    form: str
    passed_on_pence: int  # of the payments, what is no spending of the agency

    @property
    def ratio(self) -> float | None:
        """Payments that are its spending over accounts; None where either is missing or nothing.

        Payments are gross and the accounts net of income, so it may be above one.
        """
        if self.payments_pence is None or not self.accounts_pence or self.accounts_pence < 0:
            return None
        return (self.payments_pence - self.passed_on_pence) / self.accounts_pence


def explained(
    payments: Mapping[str, tuple[int, int]],
    accounts: Mapping[str, tuple[int, str]],
    names: Mapping[str, str],
    flows: Sequence[Flow],
    *,
    year: str,
    not_spending: Collection[str],
) -> list[Explained]:
    """Coverage of each agency: `payments` are (pence, months held), `accounts` (pence, form).

    `not_spending` are natures that are passed on, whether the receiver is counted or not.
    """
    passed: dict[str, int] = defaultdict(int)
    for flow in flows:
        if flow.nature in not_spending and flow.treatment is not Treatment.RULED_OUT:
            passed[flow.payer] += flow.pence
    found = []
    for agency, name in names.items():
        pence, months = payments.get(agency, (None, 0))
        whole, form = accounts.get(agency, (None, ""))
        found.append(
            Explained(agency, name, year, months, pence, whole, form, passed.get(agency, 0))
        )
    return found
