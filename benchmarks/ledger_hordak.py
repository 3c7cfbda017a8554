"""django-hordak doing what ledger.py, which starts it, asks: in an environment of its own.

    python -m venv other && other/bin/pip install "django-hordak==2.0.0" "psycopg[binary]"

Reads one order a line and answers with the seconds that it took: `post N` by transfer_to, `fill N`
by its tables at once, `balance N`.
"""

from __future__ import annotations

import json
import random
import sys
import time
from typing import Any

import django
from django.conf import settings


def main(where: str, seed: int) -> None:
    """Make the tables and fifty accounts, then do as is ordered."""
    settings.configure(
        DATABASES={"default": json.loads(where)},
        INSTALLED_APPS=["django.contrib.contenttypes", "mptt", "djmoney", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        DEFAULT_CURRENCY="GBP",
        CURRENCIES=["GBP"],
        USE_TZ=True,
        SECRET_KEY="of no secret",  # noqa: S106
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from hordak.models import Account
    from moneyed import Money

    chance = random.Random(seed)  # noqa: S311  (made-up postings need chance, not secrecy)
    accounts = [
        Account.objects.create(name=f"account {n}", code=f"{n:02}", type="AS", currencies=["GBP"])
        for n in range(50)
    ]
    print("ready", flush=True)
    for order in sys.stdin:
        verb, times = order.split()
        began = time.perf_counter()
        if verb == "fill":
            fill(accounts, int(times), chance)
        for _ in range(0 if verb == "fill" else int(times)):
            one, other = chance.sample(accounts, 2)
            if verb == "post":
                one.transfer_to(other, Money(chance.randint(1, 10_000), "GBP"))
            else:
                one.get_balance()
        print(time.perf_counter() - began, flush=True)


def fill(accounts: list[Any], times: int, chance: random.Random) -> None:
    """Make its books longer at once, for a balance is asked of all legs."""
    from django.db import transaction
    from hordak.models import Leg, Transaction
    from moneyed import Money

    with transaction.atomic():
        made = Transaction.objects.bulk_create(Transaction() for _ in range(times))
        legs = []
        for one in made:
            debit, credit = chance.sample(accounts, 2)
            money = Money(chance.randint(1, 10_000), "GBP")
            legs += [Leg(transaction=one, account=debit, debit=money),
                     Leg(transaction=one, account=credit, credit=money)]  # fmt: skip
        Leg.objects.bulk_create(legs)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
