"""What agencies and the finance officer said of a plan, and what was adopted: only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.commissioning.models.plans import Plan, PlanVersion, Said


class PlanAnswer(Said):
    """That an agency accepts or contests its part of a version; a later answer takes its place."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField(help_text="From 1 in its plan, with no gap.")
    agency = models.ForeignKey("places.Agency", on_delete=models.PROTECT, related_name="+")
    accepts = models.BooleanField()
    words = models.TextField(help_text="Why, where it is contested; or what is to be known.")
    power = models.TextField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_answer_has_its_number", fields=["plan", "number"]),
            models.CheckConstraint(name="plan_answer_says_why", condition=~models.Q(words="")),
        ]

    def __str__(self) -> str:
        return f"answer {self.number} to {self.plan_id}"


class PlanIntent(models.Model):
    """What an agency says that it will commission with its part, for which outcome."""

    answer = models.ForeignKey(PlanAnswer, on_delete=models.PROTECT, related_name="intents")
    line = models.PositiveIntegerField()
    option = models.CharField(max_length=200)
    indicator = models.CharField(max_length=200)
    area = models.CharField(max_length=64)
    pence = models.BigIntegerField(null=True, help_text="Over all years; empty: not said.")
    words = models.TextField()

    class Meta:
        ordering: ClassVar = ["line"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_intent_has_its_line", fields=["answer", "line"]),
            models.CheckConstraint(
                name="plan_intent_says_what",
                condition=~models.Q(words="")
                & (models.Q(pence__isnull=True) | models.Q(pence__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.option} for {self.indicator}"


class PlanReply(Said):
    """What was done about a contested part: the version that changed it, or why none did."""

    answer = models.OneToOneField(PlanAnswer, on_delete=models.PROTECT, related_name="reply")
    version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="Empty: nothing changed.",
    )  # fmt: skip
    words = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="plan_reply_says_why", condition=~models.Q(words="")),
        ]

    def __str__(self) -> str:
        return f"reply to {self.answer_id}"


class PlanStatement(Said):
    """The chief finance officer's report on a version (Local Government Act 2003, section 25)."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="statements")
    digest = models.CharField(max_length=64, help_text="Of the text that it is on.")
    day = models.DateField(help_text="In England.")
    robustness = models.TextField(help_text="Of the estimates.")
    reserves = models.TextField(help_text="Whether they are adequate.")
    power = models.TextField()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="plan_statement_is_on_both",
                condition=~models.Q(robustness="") & ~models.Q(reserves=""),
            ),
        ]

    def __str__(self) -> str:
        return f"statement on {self.version_id}"


class Allocation(Said):
    """That a version of a plan was adopted: its chosen lines are the allocation from that day."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="allocation")
    version = models.OneToOneField(PlanVersion, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(PlanStatement, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(help_text="As it is cited: BODY/NUMBER.")
    hearing = models.TextField(help_text="As it is cited.")
    day = models.DateField(help_text="In England.")

    def __str__(self) -> str:
        return f"{self.plan_id} on {self.day}"


class AllocationPosting(Said):
    """That an allocation was posted to a book, once."""

    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="posting")
    book = models.CharField(max_length=64)
    first = models.PositiveBigIntegerField(help_text="Number of its first posting.")
    last = models.PositiveBigIntegerField(help_text="Number of its last posting.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="allocation_posting_is_in_order",
                condition=models.Q(first__lte=models.F("last")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id} in {self.book}"
