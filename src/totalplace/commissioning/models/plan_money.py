"""The money beside a plan: other resources, pressures, savings, reserves; only added to."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from totalplace.commissioning.models.plans import Plan, Said


class PlanMoney(Said):
    """The sums of a financial plan as they were said; a later one takes its place."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="money")
    turn = models.PositiveIntegerField(help_text="From 1 in its plan, with no gap.")
    first_year = models.PositiveIntegerField(help_text="In which its first year begins.")
    years = models.PositiveIntegerField()
    text = models.TextField(help_text="The cells of its sheets, in their one set form.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text, in hexadecimals.")
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["turn"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="plan_money_has_its_turn", fields=["plan", "turn"]),
            models.CheckConstraint(
                name="plan_money_has_a_reason",
                condition=~models.Q(reason="") & models.Q(years__gte=1) & models.Q(turn__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"money {self.turn} of {self.plan_id}"
