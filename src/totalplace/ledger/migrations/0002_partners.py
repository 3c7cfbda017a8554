"""Partners' treatments, their own ledgers as given in, and differences explained.

The database refuses to change any of it, to put a line into a ledger that was given in, and to
share out anew what stands in a closed period: whoever asks it, the superuser too.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "arrangement", "arrangementpart", "yearendclause", "forecast", "conditionsaid", "partnerledger",
    "partnerledgerline", "differenceexplained",
)  # fmt: skip
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON ledger_{table} FROM totalplace_app;
CREATE TRIGGER ledger_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_partner_change();
ALTER TABLE ledger_{table} ENABLE ALWAYS TRIGGER ledger_{table}_never_changed;
"""
# What belongs together is whole once it is committed. The row of a transaction of one's own is the
# only one that is seen and whose transaction is in progress.
_WHOLE: Final = """
CREATE FUNCTION ledger_refuse_partner_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was said of a pool or given in is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Say it anew: the later one holds.';
END $$;

CREATE FUNCTION ledger_partner_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer xid;
BEGIN
    IF TG_TABLE_NAME = 'ledger_arrangementpart' THEN
        SELECT xmin INTO writer FROM ledger_arrangement WHERE id = NEW.arrangement_id;
    ELSE
        SELECT xmin INTO writer FROM ledger_partnerledger WHERE id = NEW.ledger_id;
    END IF;
    IF writer IS NULL OR pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
            | writer::text::bigint)::text::xid8) IS DISTINCT FROM 'in progress' THEN
        RAISE EXCEPTION 'nothing is added to what was said of a pool or given in'
            USING ERRCODE = 'restrict_violation', HINT = 'Say it anew, or give it in again.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_arrangementpart_belongs BEFORE INSERT ON ledger_arrangementpart
    FOR EACH ROW EXECUTE FUNCTION ledger_partner_belongs();
ALTER TABLE ledger_arrangementpart ENABLE ALWAYS TRIGGER ledger_arrangementpart_belongs;
CREATE TRIGGER ledger_partnerledgerline_belongs BEFORE INSERT ON ledger_partnerledgerline
    FOR EACH ROW EXECUTE FUNCTION ledger_partner_belongs();
ALTER TABLE ledger_partnerledgerline ENABLE ALWAYS TRIGGER ledger_partnerledgerline_belongs;
"""
# Partners' books of a closed period were shown to their auditors: they are not shared out anew.
_CLOSED: Final = """
CREATE FUNCTION ledger_arrangement_begins_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed date;
BEGIN
    SELECT max(last_day) INTO closed FROM ledger_period WHERE book_id = NEW.book_id;
    IF NEW.first_day <= closed AND EXISTS (
        SELECT FROM ledger_arrangement a
        WHERE a.book_id = NEW.book_id AND a.first_day <= closed
            AND (a.line_id IS NULL OR NEW.line_id IS NULL OR a.line_id = NEW.line_id)) THEN
        RAISE EXCEPTION 'what stands in a closed period is not shared out anew'
            USING ERRCODE = 'restrict_violation', HINT = 'Begin on the first open day.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ledger_arrangement_begins_in_time BEFORE INSERT ON ledger_arrangement
    FOR EACH ROW EXECUTE FUNCTION ledger_arrangement_begins_in_time();
ALTER TABLE ledger_arrangement ENABLE ALWAYS TRIGGER ledger_arrangement_begins_in_time;

CREATE FUNCTION ledger_arrangement_has_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_arrangementpart WHERE arrangement_id = NEW.id) THEN
        RAISE EXCEPTION 'arrangement % names no partner', NEW.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_arrangement_has_parts AFTER INSERT ON ledger_arrangement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_arrangement_has_parts();
ALTER TABLE ledger_arrangement ENABLE ALWAYS TRIGGER ledger_arrangement_has_parts;
"""


class Migration(migrations.Migration):
    """Partners' treatments, their own ledgers as given in, and differences explained."""

    dependencies: ClassVar = [
        ("ledger", "0001_book"),
        ("places", "0005_officers_and_mandates"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Arrangement",
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
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("one partner controls", "one partner controls"),
                            (
                                "each partner controls its own money",
                                "each partner controls its own money",
                            ),
                            (
                                "joint control, shared by contribution",
                                "joint control, shared by contribution",
                            ),
                            (
                                "joint control, shared by agreed per cent",
                                "joint control, shared by agreed per cent",
                            ),
                        ],
                        max_length=64,
                    ),
                ),
                ("why", models.TextField()),
                ("citation_kind", models.TextField()),
                ("citation_id", models.TextField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrangements",
                        to="ledger.book",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.line",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ArrangementPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("principal", "principal"),
                            ("agent", "agent"),
                            ("joint operation", "joint operation"),
                            ("memorandum", "memorandum"),
                        ],
                        max_length=32,
                    ),
                ),
                ("weight", models.BigIntegerField(help_text="Pence, or hundredths of a per cent.")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "arrangement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="ledger.arrangement",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ConditionSaid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("year", models.PositiveIntegerField(help_text="In which it begins.")),
                ("quarter", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField()),
                ("met", models.BooleanField()),
                ("words", models.TextField(blank=True)),
                ("required_pence", models.BigIntegerField(null=True)),
                ("source", models.TextField(blank=True)),
                (
                    "lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Forecast",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("year", models.PositiveIntegerField(help_text="In which it begins.")),
                ("quarter", models.PositiveSmallIntegerField()),
                ("pence", models.BigIntegerField()),
                ("why", models.TextField(blank=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.book",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="ledger.line",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerLedger",
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
                    models.PositiveIntegerField(help_text="From 1 for its book and agency."),
                ),
                ("name", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "view",
                    models.CharField(
                        choices=[
                            ("what it paid into the pool", "what it paid into the pool"),
                            ("what it spent for the pool", "what it spent for the pool"),
                            (
                                "its share of what the pool spent",
                                "its share of what the pool spent",
                            ),
                        ],
                        max_length=64,
                    ),
                ),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("tolerance_days", models.PositiveSmallIntegerField()),
                ("set_aside", models.PositiveIntegerField()),
                ("columns", models.JSONField(default=list)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partner_ledgers",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="DifferenceExplained",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("key", models.TextField(help_text="The lines that it is of.")),
                ("pence", models.BigIntegerField()),
                ("words", models.TextField()),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explained",
                        to="ledger.partnerledger",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PartnerLedgerLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField(help_text="Where it stands, such as row 12.")),
                ("day", models.DateField()),
                ("pence", models.BigIntegerField()),
                ("reference", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                (
                    "ledger",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="ledger.partnerledger",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="YearEndClause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("first_year", models.PositiveIntegerField(help_text="In which it begins.")),
                ("text", models.TextField()),
                ("citation_kind", models.TextField()),
                ("citation_id", models.TextField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clauses",
                        to="ledger.book",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="arrangement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("why", ""), _negated=True),
                    models.Q(("citation_kind", ""), _negated=True),
                    (
                        "basis__in",
                        [
                            "one partner controls",
                            "each partner controls its own money",
                            "joint control, shared by contribution",
                            "joint control, shared by agreed per cent",
                        ],
                    ),
                ),
                name="arrangement_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangementpart",
            constraint=models.UniqueConstraint(
                fields=("arrangement", "agency"), name="partner_is_named_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="arrangementpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("weight__gte", 0),
                    ("treatment__in", ["principal", "agent", "joint operation", "memorandum"]),
                ),
                name="partner_has_a_treatment",
            ),
        ),
        migrations.AddConstraint(
            model_name="conditionsaid",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("met", True), models.Q(("words", ""), _negated=True), _connector="OR"
                    ),
                    models.Q(
                        ("required_pence__isnull", True),
                        models.Q(("source", ""), _negated=True),
                        _connector="OR",
                    ),
                    ("quarter__gte", 1),
                    ("quarter__lte", 4),
                ),
                name="condition_has_its_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)),
                name="forecast_is_of_a_quarter",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerledger",
            constraint=models.UniqueConstraint(
                fields=("book", "agency", "number"), name="partner_ledger_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerledger",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first_day__lte", models.F("last_day")),
                    (
                        "view__in",
                        [
                            "what it paid into the pool",
                            "what it spent for the pool",
                            "its share of what the pool spent",
                        ],
                    ),
                ),
                name="partner_ledger_is_of_some_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="differenceexplained",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="explanation_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerledgerline",
            constraint=models.UniqueConstraint(
                fields=("ledger", "key"), name="ledger_line_stands_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="yearendclause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("citation_kind", ""), _negated=True),
                ),
                name="clause_says_something",
            ),
        ),
        migrations.RunSQL(
            _WHOLE + "".join(_GUARD.format(table=table) for table in _TABLES) + _CLOSED
        ),
    ]
