"""Books, accounts, postings, limits and periods, and what the database refuses."""

from __future__ import annotations

from typing import ClassVar

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from totalplace.ledger.migrations._book_guards import (
    AROUND,
    ASKED,
    NEVER_CHANGED,
    TOTALS,
    TRANSFERS,
    WORDS,
)


class Migration(migrations.Migration):
    """Books, accounts, postings, limits and periods. There is no way back, on purpose."""

    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Account",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        choices=[
                            ("authority", "authority"),
                            ("unallocated", "unallocated"),
                            ("allocated", "allocated"),
                            ("committed", "committed"),
                            ("spent", "spent"),
                            ("returned", "returned"),
                            ("cash", "cash"),
                            ("debtor", "debtor"),
                            ("creditor", "creditor"),
                            ("income", "income"),
                            ("expenditure", "expenditure"),
                            ("reserve", "reserve"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "year",
                    models.PositiveIntegerField(help_text="In which the financial year begins."),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Total",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="ledger.account",
                    ),
                ),
                ("debits", models.BigIntegerField()),
                ("credits", models.BigIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Book",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("code", models.CharField(max_length=64, unique=True)),
                ("title", models.CharField(max_length=300)),
                (
                    "first_year",
                    models.PositiveIntegerField(help_text="In which its first year begins."),
                ),
                (
                    "last_year",
                    models.PositiveIntegerField(help_text="In which its last year begins."),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                (
                    "number",
                    models.PositiveIntegerField(help_text="From 1 in its book, with no gap."),
                ),
                ("first", models.BigIntegerField(help_text="The first number that it may hold.")),
                ("last", models.BigIntegerField(help_text="The number of its last posting.")),
                ("postings", models.BigIntegerField()),
                ("transfers", models.BigIntegerField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accounts",
                to="ledger.book",
            ),
        ),
        migrations.CreateModel(
            name="Limit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("name", models.CharField(max_length=100)),
                (
                    "bound",
                    models.CharField(
                        choices=[
                            ("at most", "at most"),
                            ("at least", "at least"),
                            ("moved out", "moved out"),
                            ("moved in", "moved in"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "pence",
                    models.BigIntegerField(help_text="Empty: lifted from that day on.", null=True),
                ),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("authority", "authority"),
                            ("unallocated", "unallocated"),
                            ("allocated", "allocated"),
                            ("committed", "committed"),
                            ("spent", "spent"),
                            ("returned", "returned"),
                            ("cash", "cash"),
                            ("debtor", "debtor"),
                            ("creditor", "creditor"),
                            ("income", "income"),
                            ("expenditure", "expenditure"),
                            ("reserve", "reserve"),
                        ],
                        max_length=16,
                    ),
                ),
                ("year", models.PositiveIntegerField(null=True)),
                ("first_day", models.DateField()),
                ("citation_kind", models.TextField()),
                ("citation_id", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limits",
                        to="ledger.book",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("code", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                (
                    "nature",
                    models.CharField(
                        choices=[("revenue", "revenue"), ("capital", "capital")], max_length=8
                    ),
                ),
                (
                    "first_day",
                    models.DateField(help_text="On which it may be spent; empty: any.", null=True),
                ),
                (
                    "last_day",
                    models.DateField(help_text="On which it may be spent; empty: any.", null=True),
                ),
                ("conditions", models.TextField(blank=True)),
                ("citation_kind", models.TextField()),
                ("citation_id", models.TextField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.book",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="account",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="ledger.line"
            ),
        ),
        migrations.CreateModel(
            name="Period",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="periods",
                        to="ledger.book",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "book_id",
                        "number",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("part", models.SmallIntegerField()),
                ("parts", models.SmallIntegerField()),
                ("day", models.DateField(help_text="That it is about.")),
                (
                    "on",
                    models.DateTimeField(help_text="When it was known: the database's own clock."),
                ),
                ("by", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("promised", "promised"),
                            ("allocated", "allocated"),
                            ("committed", "committed"),
                            ("spent", "spent"),
                            ("paid", "paid"),
                            ("due", "due"),
                            ("received", "received"),
                            ("returned", "returned"),
                            ("opening", "opening"),
                            ("reversal", "reversal"),
                            ("virement", "virement"),
                            ("carry-forward", "carry-forward"),
                            ("settlement", "settlement"),
                        ],
                        max_length=16,
                    ),
                ),
                ("citation_kind", models.TextField()),
                ("citation_id", models.TextField()),
                ("note", models.TextField(blank=True)),
                (
                    "reverses",
                    models.BigIntegerField(help_text="The posting that it turns round.", null=True),
                ),
                ("pence", models.BigIntegerField()),
                (
                    "book",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
                (
                    "credit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
                (
                    "debit",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="ledger.account",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), models.Q(("code", ""), _negated=True)
                ),
                name="book_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_year__lte", models.F("last_year"))),
                name="book_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.UniqueConstraint(
                fields=("book", "number"), name="batch_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="batch",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lte", models.F("last")), ("postings__gte", 1)),
                name="batch_holds_postings",
            ),
        ),
        migrations.AddConstraint(
            model_name="limit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("citation_kind", ""), _negated=True),
                    ("bound__in", ["at most", "at least", "moved out", "moved in"]),
                    models.Q(("pence__isnull", True), ("pence__gte", 0), _connector="OR"),
                ),
                name="limit_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(fields=("book", "code"), name="line_has_its_code"),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("code", ""), _negated=True),
                    models.Q(("citation_kind", ""), _negated=True),
                    ("nature__in", ["revenue", "capital"]),
                ),
                name="line_says_what_it_is",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__isnull", True),
                    ("last_day__isnull", True),
                    ("first_day__lte", models.F("last_day")),
                    _connector="OR",
                ),
                name="line_begins_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.UniqueConstraint(
                fields=("book", "heading", "agency", "line", "year"), name="account_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="account",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "heading__in",
                        [
                            "authority",
                            "unallocated",
                            "allocated",
                            "committed",
                            "spent",
                            "returned",
                            "cash",
                            "debtor",
                            "creditor",
                            "income",
                            "expenditure",
                            "reserve",
                        ],
                    )
                ),
                name="account_heading_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.UniqueConstraint(
                fields=("book", "last_day"), name="period_closes_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="period",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))),
                name="period_begins_before_it_ends",
            ),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["debit", "number"], name="transfer_into"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["credit", "number"], name="transfer_out_of"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(
                condition=models.Q(
                    ("kind", "virement"), ("reverses__isnull", False), _connector="OR"
                ),
                fields=["book"],
                name="transfer_virement",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reverses__isnull", False)),
                fields=("book", "reverses", "part"),
                name="posting_is_reversed_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="transfer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("pence__gt", 0),
                    models.Q(("debit", models.F("credit")), _negated=True),
                    ("part__gte", 1),
                    ("part__lte", models.F("parts")),
                    ("parts__lte", 1000),
                    (
                        "kind__in",
                        [
                            "promised",
                            "allocated",
                            "committed",
                            "spent",
                            "paid",
                            "due",
                            "received",
                            "returned",
                            "opening",
                            "reversal",
                            "virement",
                            "carry-forward",
                            "settlement",
                        ],
                    ),
                    models.Q(("by", ""), _negated=True),
                    models.Q(("citation_kind", ""), _negated=True),
                ),
                name="transfer_moves_money",
            ),
        ),
        *(
            migrations.RunSQL(sql, migrations.RunSQL.noop)
            for sql in (WORDS, NEVER_CHANGED, TOTALS, AROUND, TRANSFERS, ASKED)
        ),
    ]
