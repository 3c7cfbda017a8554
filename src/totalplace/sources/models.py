"""Files as they were given, what was read from them, and where their rows are held."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Holding(models.Model):
    """An immutable Parquet file of rows, addressed by the hash of its canonical rows."""

    class Kind(models.TextChoices):
        PAYMENTS = "payments"
        FAULTS = "faults"
        RETURNS = "returns"
        RETURN_TOTALS = "return_totals"
        RETURN_FAULTS = "return_faults"

    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=Kind)
    path = models.CharField(max_length=200, unique=True, help_text="Below the holdings folder.")
    rows = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"


class Superseded(models.Model):
    """A holding that is kept but no longer counted, because a file in it was read again."""

    holding = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="superseded")

    def __str__(self) -> str:
        return f"no longer counted: {self.holding_id}"


class SourceFile(models.Model):
    """A file that an agency published, held byte for byte under its hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=500)
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    size = models.BigIntegerField(help_text="Bytes.")
    licence = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    taken_on = models.DateField(help_text="The day the file was taken from its publisher.")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Reading(models.Model):
    """One table of a file: how it was taken, and how every row of it is accounted for."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="readings")
    document = models.CharField(max_length=600, help_text="The name within an archive.")
    sheet = models.CharField(max_length=300, blank=True)
    content_sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, help_text="Of the canonical rows.")
    rows_in = models.BigIntegerField()
    preamble_rows = models.BigIntegerField()
    header_rows = models.BigIntegerField()
    blank_rows = models.BigIntegerField()
    total_rows = models.BigIntegerField()
    payments = models.BigIntegerField()
    cards = models.BigIntegerField()
    commitments = models.BigIntegerField()
    faults = models.BigIntegerField()
    sum_pence = models.BigIntegerField()
    cards_pence = models.BigIntegerField()
    commitments_pence = models.BigIntegerField()
    faults_pence = models.BigIntegerField()
    totals_pence = models.BigIntegerField()
    negative_payments = models.BigIntegerField()
    duplicates_flagged = models.BigIntegerField()
    redacted = models.BigIntegerField()
    cells_not_read = models.BigIntegerField()
    undated = models.BigIntegerField()
    trailing_minus = models.BigIntegerField()
    serial_dates = models.BigIntegerField()
    vat_basis = models.CharField(max_length=10)
    period_first = models.DateField(null=True)
    period_last = models.DateField(null=True)
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    columns = models.JSONField(help_text="What was taken for each role, how surely and why.")
    unsure = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    turn = models.PositiveSmallIntegerField(
        default=1, help_text="1 when the file was added; the highest turn of a file is in force."
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "document", "sheet", "turn"], name="one_reading_a_turn"
            ),
            models.CheckConstraint(
                name="every_row_accounted_for",
                condition=models.Q(
                    rows_in=models.F("preamble_rows")
                    + models.F("header_rows")
                    + models.F("blank_rows")
                    + models.F("total_rows")
                    + models.F("payments")
                    + models.F("cards")
                    + models.F("commitments")
                    + models.F("faults")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.sheet}".strip()


class HeldIn(models.Model):
    """Which holdings the rows of a file went to."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="held_in")
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "holding"], name="held_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id} in {self.holding_id}"


class ReturnReading(models.Model):
    """One table or tree of a return: the form that read it, and every figure accounted for."""

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="returns")
    form = models.CharField(max_length=64)
    document = models.CharField(max_length=600, help_text="The name within an archive.")
    sheet = models.CharField(max_length=300, blank=True)
    content_sha256 = models.CharField(max_length=64)
    digest = models.CharField(
        max_length=64, help_text="Of the canonical rows of its file and form."
    )
    rows_in = models.BigIntegerField(help_text="Rows of a table; values of a tree.")
    rows_without = models.BigIntegerField(help_text="Rows or values that are no figures.")
    figures = models.BigIntegerField()
    lines = models.BigIntegerField()
    missing = models.BigIntegerField()
    totals = models.BigIntegerField()
    faults = models.BigIntegerField()
    left_out = models.BigIntegerField()
    said = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file", "form", "document", "sheet"], name="one_reading_of_a_return"
            ),
            models.CheckConstraint(
                name="every_figure_accounted_for",
                condition=models.Q(
                    figures=models.F("lines")
                    + models.F("missing")
                    + models.F("totals")
                    + models.F("faults")
                    + models.F("left_out")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} in {self.document} {self.sheet}".strip()


class ReturnMove(models.Model):
    """One move in the life of a return: what a body says of a year in a form.

    The database refuses a move that does not follow from the one before.
    """

    form = models.CharField(max_length=64)
    agency = models.CharField(max_length=64, help_text="As the lines of the return have it.")
    area = models.CharField(max_length=64, blank=True)
    year_start = models.PositiveSmallIntegerField()
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    before = models.CharField(max_length=16, blank=True)
    verb = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    by = models.CharField(max_length=200)
    on = models.DateTimeField()
    reason = models.TextField(blank=True)
    file = models.ForeignKey(SourceFile, null=True, on_delete=models.PROTECT, related_name="moves")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form", "agency", "area", "year_start", "turn"], name="one_move_a_turn"
            ),
            models.CheckConstraint(
                name="a_return_is_a_file",
                condition=~models.Q(verb="return") | models.Q(file__isnull=False),
            ),
            models.CheckConstraint(
                name="some_moves_have_a_reason",
                condition=~models.Q(verb__in=["query", "answer", "withdraw"])
                | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} of {self.agency}, {self.year_start}: {self.verb}"


class Tombstone(models.Model):
    """What stays where a payee's name was erased from a file; it names nobody, ever.

    Whoever has the file as it was published can show that its hash is the one here.
    """

    file = models.ForeignKey(SourceFile, on_delete=models.PROTECT, related_name="tombstones")
    turn = models.PositiveSmallIntegerField(help_text="From 1; the last says what is held now.")
    published_sha256 = models.CharField(max_length=64)
    held_sha256 = models.CharField(
        max_length=64, blank=True, help_text="Of the copy without the name; none where it is gone."
    )
    removed_why = models.TextField(blank=True, help_text="Why no copy is held, where none is.")
    left_out = models.PositiveIntegerField(
        default=0, help_text="Files of an archive that were no tables and are held no more."
    )
    payee_rows = models.BigIntegerField(help_text="Rows whose payee was erased.")
    payee_pence = models.BigIntegerField(help_text="What those rows come to, as before.")
    file_rows = models.BigIntegerField(help_text="Rows of the file, before and after.")
    file_pence = models.BigIntegerField(help_text="What they come to, before and after.")
    power = models.TextField()
    reason = models.TextField()
    by = models.TextField()
    on = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["file_id", "turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "turn"], name="one_tombstone_a_turn"),
            models.CheckConstraint(
                name="tombstone_says_why", condition=~models.Q(power="") & ~models.Q(reason="")
            ),
            models.CheckConstraint(
                name="a_copy_is_held_or_it_is_said_why_not",
                condition=models.Q(held_sha256="", removed_why__gt="")
                | models.Q(held_sha256__gt="", removed_why=""),
            ),
        ]

    def __str__(self) -> str:
        return f"tombstone {self.turn} of {self.file_id}"


class ErasedRow(models.Model):
    """A row from which a name was erased: where it stands, its pounds, its hash without the name.

    The hash is of the row without the cells of `columns`; `sources.rules.erasure` says how.
    """

    tombstone = models.ForeignKey(Tombstone, on_delete=models.PROTECT, related_name="rows")
    document = models.CharField(max_length=600)
    sheet = models.CharField(max_length=300, blank=True)
    row = models.BigIntegerField()
    pence = models.BigIntegerField(null=True, help_text="Null where the row has no amount.")
    columns = models.TextField(blank=True, help_text="Their letters, such as B, F.")
    digest = models.CharField(
        max_length=64, blank=True, help_text="None where no copy was held that has the row."
    )

    def __str__(self) -> str:
        return f"{self.document} {self.sheet} row {self.row}"


class ErasedHolding(models.Model):
    """A holding whose Parquet file is gone, because a name stood in it; another has its rows."""

    holding = models.OneToOneField(Holding, on_delete=models.PROTECT, related_name="erased")
    tombstone = models.ForeignKey(Tombstone, on_delete=models.PROTECT, related_name="holdings")

    def __str__(self) -> str:
        return f"gone: {self.holding_id}"


# Tables of the same room, in a file of their own for their number.
from totalplace.sources.submitting.models import (  # noqa: E402, F401
    SetAside,
    Submission,
    SubmissionMove,
    SubmissionRecipe,
    Trial,
)
