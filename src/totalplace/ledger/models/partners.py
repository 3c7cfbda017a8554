"""Partners' treatments, year-end clauses, what is said in returns, and partners' own ledgers.

Only added to. No partner's book is kept: it is derived from the journal by its treatment.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from totalplace.ledger.models.book import Book, Line
from totalplace.ledger.rules.partner_views import View
from totalplace.ledger.rules.treatments import Basis, Treatment

_BASES = [(basis.value, basis.value) for basis in Basis]
_TREATMENTS = [(one.value, one.value) for one in Treatment]
_VIEWS = [(view.value, view.value) for view in View]


class _Said(models.Model):
    """What somebody said at a moment, never changed after."""

    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        abstract = True


class Arrangement(_Said):
    """Who shows the money of a line, or of all that have none of their own, from a day on."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="arrangements")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, null=True, related_name="+")
    first_day = models.DateField()
    basis = models.CharField(max_length=64, choices=_BASES)
    why = models.TextField()
    citation_kind = models.TextField()
    citation_id = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="arrangement_says_why",
                condition=~models.Q(why="")
                & ~models.Q(citation_kind="")
                & models.Q(basis__in=[basis for basis, _ in _BASES]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} from {self.first_day}"


class ArrangementPart(models.Model):
    """How one partner shows the money, and its weight."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.PROTECT, related_name="parts")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    treatment = models.CharField(max_length=32, choices=_TREATMENTS)
    weight = models.BigIntegerField(help_text="Pence, or hundredths of a per cent.")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="partner_is_named_once", fields=["arrangement", "agency"]),
            models.CheckConstraint(
                name="partner_has_a_treatment",
                condition=models.Q(weight__gte=0)
                & models.Q(treatment__in=[one for one, _ in _TREATMENTS]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.treatment}: {self.weight}"


class YearEndClause(_Said):
    """How over- and underspends are shared, in its sentences, from a year on."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="clauses")
    first_year = models.PositiveIntegerField(help_text="In which it begins.")
    text = models.TextField()
    citation_kind = models.TextField()
    citation_id = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="clause_says_something",
                condition=~models.Q(text="") & ~models.Q(citation_kind=""),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Forecast(_Said):
    """What a scheme is expected to spend in a year, as said for the return of a quarter."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(help_text="In which it begins.")
    quarter = models.PositiveSmallIntegerField()
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    pence = models.BigIntegerField()
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="forecast_is_of_a_quarter",
                condition=models.Q(quarter__gte=1) & models.Q(quarter__lte=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pence}"


class ConditionSaid(_Said):
    """Whether a national condition is met, as said for the return of a quarter."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(help_text="In which it begins.")
    quarter = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    met = models.BooleanField()
    words = models.TextField(blank=True)
    required_pence = models.BigIntegerField(null=True)
    source = models.TextField(blank=True)
    lines = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="condition_has_its_reason",
                condition=(models.Q(met=True) | ~models.Q(words=""))
                & (models.Q(required_pence__isnull=True) | ~models.Q(source=""))
                & models.Q(quarter__gte=1)
                & models.Q(quarter__lte=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.met}"


class PartnerLedger(_Said):
    """A partner's own ledger of a year, as its system wrote it and as it was read."""

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="partner_ledgers")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(help_text="From 1 for its book and agency.")
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    view = models.CharField(max_length=64, choices=_VIEWS)
    first_day = models.DateField()
    last_day = models.DateField()
    tolerance_days = models.PositiveSmallIntegerField()
    set_aside = models.PositiveIntegerField()
    columns = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="partner_ledger_has_its_number", fields=["book", "agency", "number"]
            ),
            models.CheckConstraint(
                name="partner_ledger_is_of_some_days",
                condition=models.Q(first_day__lte=models.F("last_day"))
                & models.Q(view__in=[view for view, _ in _VIEWS]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerLedgerLine(models.Model):
    """A line of a partner's own ledger."""

    ledger = models.ForeignKey(PartnerLedger, on_delete=models.PROTECT, related_name="lines")
    key = models.TextField(help_text="Where it stands, such as row 12.")
    day = models.DateField()
    pence = models.BigIntegerField()
    reference = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="ledger_line_stands_once", fields=["ledger", "key"]),
        ]

    def __str__(self) -> str:
        return self.key


class DifferenceExplained(_Said):
    """What an officer says of a difference. It stands beside it, and hides nothing."""

    ledger = models.ForeignKey(PartnerLedger, on_delete=models.PROTECT, related_name="explained")
    key = models.TextField(help_text="The lines that it is of.")
    pence = models.BigIntegerField()
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="explanation_says_something", condition=~models.Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return self.words
