"""Tables of readings that were added, what each measures, own definitions, and neighbours."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Vintage(models.Model):
    """A published table as it was added: immutable, and every figure of it accounted for.

    Its readings stand in a Parquet file below the holdings. A later vintage never replaces it: the
    newest says what counts today, and an old page is drawn from the old ones.
    """

    sha256 = models.CharField(max_length=64, help_text="Of the file as it was given.")
    name = models.CharField(max_length=500)
    sheet = models.CharField(max_length=300, blank=True)
    form = models.CharField(max_length=64)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField(null=True, help_text="Null where nobody said.")
    place = models.CharField(max_length=64, blank=True, help_text="Of a place's own readings.")
    rows = models.BigIntegerField(help_text="Rows below the headings.")
    figures = models.BigIntegerField(help_text="Rows by columns of figures.")
    kept = models.BigIntegerField(help_text="Figures that are readings with a value.")
    missing = models.BigIntegerField(help_text="Readings without one, each with its reason.")
    set_aside = models.BigIntegerField(help_text="Figures that are no readings, with why.")
    added_up = models.BigIntegerField(help_text="Readings made by adding whole counts.")
    digest = models.CharField(max_length=64, help_text="Of the canonical rows.")
    path = models.CharField(max_length=200, help_text="Below the holdings folder.")
    aside_path = models.CharField(max_length=200, blank=True)
    said = models.JSONField(default=list, help_text="How the table was taken, in sentences.")
    added_at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "sheet", "form"], name="one_vintage_a_table"),
            models.CheckConstraint(
                name="every_reading_accounted_for",
                condition=models.Q(
                    figures=models.F("kept") + models.F("missing") + models.F("set_aside")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"vintage {self.pk}: {self.name}"


class Measured(models.Model):
    """What a vintage measures, as its table names it, and of how many areas and periods."""

    vintage = models.ForeignKey(Vintage, on_delete=models.PROTECT, related_name="measures")
    measure = models.CharField(max_length=500)
    unit = models.CharField(max_length=200, blank=True)
    readings = models.BigIntegerField()
    missing = models.BigIntegerField()
    areas = models.BigIntegerField()
    periods = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vintage", "measure"], name="one_measure_a_vintage"),
        ]
        indexes: ClassVar = [models.Index(fields=["measure"], name="outcomes_measure")]

    def __str__(self) -> str:
        return f"{self.measure} in {self.vintage_id}"


class OwnDefinition(models.Model):
    """An indicator that a place defined itself, as YAML; a later turn changes it, none erases."""

    place = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    text = models.TextField(help_text="The whole file of definitions that it stands in.")
    by = models.CharField(max_length=200)
    on = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "turn"], name="one_definition_a_turn"),
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.place}, turn {self.turn}"


class NeighbourList(models.Model):
    """A dated list of which areas are most like which, and who published it."""

    code = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    published_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    areas = models.IntegerField()
    set_aside = models.IntegerField(help_text="Neighbours whose code nobody knows.")
    added_at = models.DateTimeField()
    by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "sha256"], name="one_list_a_file"),
        ]

    def __str__(self) -> str:
        return self.title


class Neighbours(models.Model):
    """The neighbours of an area in a list, by GSS code, the most alike first."""

    list = models.ForeignKey(NeighbourList, on_delete=models.PROTECT, related_name="rows")
    area = models.CharField(max_length=16)
    neighbours = models.TextField(help_text="GSS codes, parted by spaces.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list", "area"], name="one_row_an_area"),
        ]

    def __str__(self) -> str:
        return f"neighbours of {self.area}"
