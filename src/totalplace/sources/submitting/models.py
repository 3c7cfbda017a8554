"""Submissions, the moves of their life, how officers said they are read, and trial readings."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """A file that an officer gave for an agency. Its row is never changed: its moves are added."""

    class Kind(models.TextChoices):
        PAYMENTS = "payments"
        RETURN = "return"

    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    form = models.CharField(max_length=64, blank=True, help_text="Of a return, where it was said.")
    name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="Bytes.")
    licence = models.CharField(max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        app_label = "sources"

    def __str__(self) -> str:
        return self.name


class SubmissionMove(models.Model):
    """One move in the life of a submission; the database refuses one that does not follow.

    It also refuses to let a person certify what they had a hand in.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="moves")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    before = models.CharField(max_length=16, blank=True)
    verb = models.CharField(max_length=16)
    after = models.CharField(max_length=16)
    by = models.CharField(max_length=200, help_text="As it stands on the record.")
    officer = models.CharField(max_length=200, blank=True, help_text="Their code; none: operator.")
    on = models.DateTimeField()
    reason = models.TextField(blank=True, help_text="Or, of a submission, its note.")
    trial = models.PositiveIntegerField(null=True, help_text="The turn of the reading meant.")

    class Meta:
        app_label = "sources"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "turn"], name="one_submission_move"),
            models.CheckConstraint(
                name="some_submission_moves_have_a_reason",
                condition=~models.Q(verb__in=["send back", "withdraw", "fail"])
                | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="what_is_certified_was_read",
                condition=~models.Q(verb__in=["submit", "certify"]) | models.Q(trial__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.submission_id}"


class SubmissionRecipe(models.Model):
    """How an officer said that a submission is read; the last one holds."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="recipes")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    written = models.TextField(help_text="YAML for this file alone; none where it was taken back.")
    later = models.TextField(blank=True, help_text="YAML for the agency's later files.")
    by = models.CharField(max_length=200)
    on = models.DateTimeField()

    class Meta:
        app_label = "sources"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "turn"], name="one_submission_recipe"),
        ]

    def __str__(self) -> str:
        return f"recipe {self.turn} of {self.submission_id}"


class Trial(models.Model):
    """A reading of a submission that counts for nothing: what it would come to. Money in pence."""

    class Outcome(models.TextChoices):
        READ = "read"
        REFUSED = "refused"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="trials")
    turn = models.PositiveIntegerField(help_text="From 1, with no gap.")
    recipe = models.PositiveIntegerField(default=0, help_text="The turn of the recipe; 0: none.")
    on = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    tables = models.PositiveIntegerField(default=0)
    rows_in = models.BigIntegerField(default=0, help_text="Of a return, its figures.")
    payments = models.BigIntegerField(default=0, help_text="Of a return, its lines.")
    cards = models.BigIntegerField(default=0)
    commitments = models.BigIntegerField(default=0)
    faults = models.BigIntegerField(default=0)
    other_rows = models.BigIntegerField(
        default=0, help_text="Headers, notes, blanks, totals; of a return, blanks."
    )
    sum_pence = models.BigIntegerField(default=0)
    cards_pence = models.BigIntegerField(default=0)
    commitments_pence = models.BigIntegerField(default=0)
    faults_pence = models.BigIntegerField(default=0)
    first_date = models.DateField(null=True)
    last_date = models.DateField(null=True)
    digest = models.CharField(
        max_length=64,
        blank=True,
        help_text="Of the canonical rows, to tell whether it is the same.",
    )

    class Meta:
        app_label = "sources"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "turn"], name="one_trial_a_turn"),
            models.CheckConstraint(
                name="every_row_of_a_trial_accounted_for",
                condition=models.Q(
                    rows_in=models.F("payments")
                    + models.F("cards")
                    + models.F("commitments")
                    + models.F("faults")
                    + models.F("other_rows")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"trial {self.turn} of {self.submission_id}"


class SetAside(models.Model):
    """A file that is held but no longer counted, because a later one was given in its place."""

    file = models.OneToOneField(
        "sources.SourceFile", on_delete=models.PROTECT, related_name="set_aside"
    )
    by_file = models.ForeignKey(
        "sources.SourceFile", on_delete=models.PROTECT, related_name="sets_aside"
    )
    by = models.CharField(max_length=200)
    on = models.DateTimeField()

    class Meta:
        app_label = "sources"

    def __str__(self) -> str:
        return f"set aside: {self.file_id}"
