"""Books, lines, accounts, transfers, limits, periods, batches and totals: only added to.

A transfer is one row with both sides, and carries what its posting says: so nothing that does not
balance can be written, and no posting stands without its transfers. The totals are kept by the
database alone.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from totalplace.ledger.rules.accounts import Heading, Kind, Nature
from totalplace.ledger.rules.limits import Bound

_HEADINGS = [(heading.value, heading.value) for heading in Heading]
_KINDS = [(kind.value, kind.value) for kind in Kind]
_NATURES = [(nature.value, nature.value) for nature in Nature]
_BOUNDS = [(bound.value, bound.value) for bound in Bound]


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Book(_Said):
    """The money of a pool or an agreement, kept by a host."""

    code = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=300)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    first_year = models.PositiveIntegerField(help_text="In which its first year begins.")
    last_year = models.PositiveIntegerField(help_text="In which its last year begins.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="book_says_what_it_is", condition=~models.Q(title="") & ~models.Q(code="")
            ),
            models.CheckConstraint(
                name="book_begins_before_it_ends",
                condition=models.Q(first_year__lte=models.F("last_year")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Line(_Said):
    """The colour of money: a grant line or contribution, who pays it, and on which conditions."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="lines")
    code = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    payer = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    nature = models.CharField(max_length=8, choices=_NATURES)
    first_day = models.DateField(null=True, help_text="On which it may be spent; empty: any.")
    last_day = models.DateField(null=True, help_text="On which it may be spent; empty: any.")
    conditions = models.TextField(blank=True)
    citation_kind = models.TextField()
    citation_id = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="line_has_its_code", fields=["book", "code"]),
            models.CheckConstraint(
                name="line_says_what_it_is",
                condition=~models.Q(title="")
                & ~models.Q(code="")
                & ~models.Q(citation_kind="")
                & models.Q(nature__in=[nature for nature, _ in _NATURES]),
            ),
            models.CheckConstraint(
                name="line_begins_before_it_ends",
                condition=models.Q(first_day__isnull=True)
                | models.Q(last_day__isnull=True)
                | models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Account(models.Model):
    """What stands under a heading of an agency, in a colour, in a year."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="accounts")
    heading = models.CharField(max_length=16, choices=_HEADINGS)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(help_text="In which the financial year begins.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="account_stands_once", fields=["book", "heading", "agency", "line", "year"]
            ),
            models.CheckConstraint(
                name="account_heading_is_known",
                condition=models.Q(heading__in=[heading for heading, _ in _HEADINGS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.heading} {self.agency_id} {self.line_id} {self.year}"


class Transfer(models.Model):
    """Whole pence into one account, out of another; it carries what its posting says.

    `number` is that of its posting, `part` from 1 to `parts`. All parts are written at once.
    """

    pk = models.CompositePrimaryKey("book_id", "number", "part")
    book = models.ForeignKey(
        Book, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    number = models.BigIntegerField()
    part = models.SmallIntegerField()
    parts = models.SmallIntegerField()
    day = models.DateField(help_text="That it is about.")
    on = models.DateTimeField(help_text="When it was known: the database's own clock.")
    by = models.TextField()
    kind = models.CharField(max_length=16, choices=_KINDS)
    citation_kind = models.TextField()
    citation_id = models.TextField()
    note = models.TextField(blank=True)
    reverses = models.BigIntegerField(null=True, help_text="The posting that it turns round.")
    # The trigger of the table looks after these two: a check for each row costs more than the rest.
    debit = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    credit = models.ForeignKey(
        Account, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    pence = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [
            models.Index(name="transfer_into", fields=["debit", "number"]),
            models.Index(name="transfer_out_of", fields=["credit", "number"]),
            models.Index(
                name="transfer_virement",
                fields=["book"],
                condition=models.Q(kind=Kind.VIREMENT.value) | models.Q(reverses__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="posting_is_reversed_once",
                fields=["book", "reverses", "part"],
                condition=models.Q(reverses__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_moves_money",
                condition=models.Q(pence__gt=0)
                & ~models.Q(debit=models.F("credit"))
                & models.Q(part__gte=1)
                & models.Q(part__lte=models.F("parts"))
                & models.Q(parts__lte=1000)
                & models.Q(kind__in=[kind for kind, _ in _KINDS])
                & ~models.Q(by="")
                & ~models.Q(citation_kind=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}.{self.part}: {self.pence}"


class Total(models.Model):
    """What went into and out of an account, in whole pence: written by the database alone."""

    account = models.OneToOneField(
        Account, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False,
        primary_key=True,
    )  # fmt: skip
    debits = models.BigIntegerField()
    credits = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id}: {self.debits - self.credits}"


class Limit(_Said):
    """A bound on a set of accounts, in pence, from a day on. A later one of its name replaces it.

    Empty of lines, an agency, a heading or a year: of any.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="limits")
    name = models.CharField(max_length=100)
    bound = models.CharField(max_length=16, choices=_BOUNDS)
    pence = models.BigIntegerField(null=True, help_text="Empty: lifted from that day on.")
    lines = ArrayField(models.BigIntegerField(), default=list)
    agency = models.ForeignKey(
        "places.Agency", on_delete=models.PROTECT, null=True, related_name="+"
    )
    heading = models.CharField(max_length=16, choices=_HEADINGS, blank=True)
    year = models.PositiveIntegerField(null=True)
    first_day = models.DateField()
    citation_kind = models.TextField()
    citation_id = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="limit_says_what_it_is",
                condition=~models.Q(name="")
                & ~models.Q(citation_kind="")
                & models.Q(bound__in=[bound for bound, _ in _BOUNDS])
                & (models.Q(pence__isnull=True) | models.Q(pence__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Period(_Said):
    """Days into which nothing is posted any more: all until this one."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="periods")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="period_closes_once", fields=["book", "last_day"]),
            models.CheckConstraint(
                name="period_begins_before_it_ends",
                condition=models.Q(first_day__lte=models.F("last_day")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} to {self.last_day}"


class Batch(_Said):
    """Postings that were sealed together: their digest, over that of the batch before."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="batches")
    number = models.PositiveIntegerField(help_text="From 1 in its book, with no gap.")
    first = models.BigIntegerField(help_text="The first number that it may hold.")
    last = models.BigIntegerField(help_text="The number of its last posting.")
    postings = models.BigIntegerField()
    transfers = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="batch_has_its_number", fields=["book", "number"]),
            models.CheckConstraint(
                name="batch_holds_postings",
                condition=models.Q(first__lte=models.F("last")) & models.Q(postings__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"batch {self.number}"
