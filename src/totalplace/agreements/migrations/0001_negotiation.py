"""Negotiations, working drafts of each side, and offers that nobody changes.

The database refuses to change what was said, a step out of turn or whose text says otherwise than
its columns, a target of the centre where the model knows none; and it shows no draft to a reader
that has not said for which side it reads.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "negotiation", "negotiationdepartment", "workingdraft", "negotiationstep", "publishconsent",
    "sidekey",
)  # fmt: skip
_FUNCTIONS: Final = """
-- A text is known by its digest: neither can be put in without the other.
ALTER TABLE agreements_negotiation ADD CONSTRAINT negotiation_is_its_text
    CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
ALTER TABLE agreements_negotiationstep ADD CONSTRAINT negotiation_step_is_its_text
    CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

CREATE FUNCTION agreements_negotiation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was drafted or offered is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Make another draft, or another offer.';
END $$;

CREATE FUNCTION agreements_negotiation_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said jsonb := NEW.text::jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.negotiations'));
    IF NEW.number <> 1 + (SELECT count(*) FROM agreements_negotiation)
        OR said->>'model' IS DISTINCT FROM NEW.model OR said->>'title' IS DISTINCT FROM NEW.title
        OR said->>'place' IS DISTINCT FROM (SELECT code FROM places_place WHERE id = NEW.place_id)
        OR said->>'host' IS DISTINCT FROM (SELECT code FROM places_agency WHERE id = NEW.host_id)
    THEN
        RAISE EXCEPTION 'negotiation % is out of turn, or its text says otherwise', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_negotiationdepartment_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM agreements_negotiation its
        JOIN places_agency agency ON agency.id = NEW.agency_id
        WHERE its.id = NEW.negotiation_id AND its.text::jsonb->'departments' ? agency.code) THEN
        RAISE EXCEPTION 'the opening of the negotiation does not name that department'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_workingdraft_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.negotiations'));
    IF NEW.turn <> 1 + (SELECT count(*) FROM agreements_workingdraft
                        WHERE negotiation_id = NEW.negotiation_id AND side = NEW.side) THEN
        RAISE EXCEPTION 'draft % is out of turn', NEW.turn USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_negotiationstep_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its agreements_negotiation%ROWTYPE;
    last agreements_negotiationstep%ROWTYPE;
    offered integer;
    said jsonb := NEW.text::jsonb;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.negotiations'));
    SELECT * INTO its FROM agreements_negotiation WHERE id = NEW.negotiation_id;
    SELECT * INTO last FROM agreements_negotiationstep
        WHERE negotiation_id = NEW.negotiation_id ORDER BY turn DESC LIMIT 1;
    SELECT count(*) INTO offered FROM agreements_negotiationstep
        WHERE negotiation_id = NEW.negotiation_id AND verb = 'offer';
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'the place is drafting')
        OR NEW.previous <> coalesce(last.digest, its.digest) OR NEW.day < last.day
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR NEW.number <> (CASE NEW.verb WHEN 'offer' THEN offered + 1 WHEN 'accept' THEN offered
                          ELSE 0 END) THEN
        RAISE EXCEPTION 'step % of the negotiation is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF (said->>'negotiation', said->>'turn', said->>'verb', said->>'side', said->>'previous',
        said->>'number', said->>'on', said->>'answer_by') IS DISTINCT FROM
       (its.digest::text, NEW.turn::text, NEW.verb::text, NEW.side::text, NEW.previous::text,
        NEW.number::text, NEW.day::text, coalesce(NEW.answer_by::text, ''))
        OR (NEW.verb = 'offer') <> (jsonb_typeof(said->'terms') = 'object') THEN
        RAISE EXCEPTION 'the text of step % says otherwise', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- Under the model of the mission targets are the place's own; the centre adds guarantees.
    IF NEW.side = 'centre' AND NOT its.centre_may_set_targets
        AND coalesce(jsonb_array_length(said->'terms'->'targets'), 0) > 0 THEN
        RAISE EXCEPTION 'the centre sets no target under this model of devolution'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION agreements_publishconsent_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.negotiations'));
    IF NOT EXISTS (SELECT FROM agreements_negotiationstep
                   WHERE negotiation_id = NEW.negotiation_id AND turn = NEW.turn) THEN
        RAISE EXCEPTION 'there is no such step to publish' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- A reader says for which side of which negotiation it reads drafts, in its own transaction alone.
-- The owner of the tables, who makes backups, is not bound by this.
ALTER TABLE agreements_workingdraft ENABLE ROW LEVEL SECURITY;
CREATE POLICY workingdraft_of_one_side ON agreements_workingdraft
    USING (current_setting('totalplace.drafts_of', true) = negotiation_id || '/' || side)
    WITH CHECK (current_setting('totalplace.drafts_of', true) = negotiation_id || '/' || side);
"""
_IN_TURN: Final = """
CREATE TRIGGER agreements_{table}_in_turn BEFORE INSERT ON agreements_{table}
    FOR EACH ROW EXECUTE FUNCTION agreements_{table}_in_turn();
ALTER TABLE agreements_{table} ENABLE ALWAYS TRIGGER agreements_{table}_in_turn;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON agreements_{table} FROM totalplace_app;
CREATE TRIGGER agreements_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON agreements_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_negotiation_refuse_change();
ALTER TABLE agreements_{table} ENABLE ALWAYS TRIGGER agreements_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Negotiations, working drafts of each side, and offers that nobody changes. No way back."""

    dependencies: ClassVar = [
        ("places", "0005_officers_and_mandates"),
        ("decisions", "0004_lacking"),
        ("participation", "0003_partnership"),
        ("ledger", "0001_book"),
        ("count", "0002_never_changed"),
        ("outcomes", "0002_targets"),
        ("entitlements", "0001_initial"),
        ("readiness", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Negotiation",
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
                    models.PositiveIntegerField(help_text="From 1, with no gap.", unique=True),
                ),
                ("model", models.CharField(max_length=64)),
                ("title", models.CharField(max_length=300)),
                ("centre_may_set_targets", models.BooleanField()),
                ("text", models.TextField(help_text="The opening, as both sides know it.")),
                ("digest", models.CharField(max_length=64, unique=True)),
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
            name="NegotiationDepartment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departments",
                        to="agreements.negotiation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NegotiationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="From 1, with no gap.")),
                (
                    "verb",
                    models.CharField(
                        choices=[("offer", "offer"), ("accept", "accept"), ("end", "end")],
                        max_length=8,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("the place is drafting", "the place is drafting"),
                            ("with the centre", "with the centre"),
                            ("with the place", "with the place"),
                            ("agreed", "agreed"),
                            ("ended without agreement", "ended without agreement"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("the place is drafting", "the place is drafting"),
                            ("with the centre", "with the centre"),
                            ("with the place", "with the place"),
                            ("agreed", "agreed"),
                            ("ended without agreement", "ended without agreement"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        help_text="Of an offer, or of that accepted; 0: of none."
                    ),
                ),
                ("day", models.DateField(help_text="In England.")),
                ("answer_by", models.DateField(null=True)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("previous", models.CharField(max_length=64)),
                (
                    "key",
                    models.CharField(
                        blank=True, help_text="Of what came signed in a file.", max_length=64
                    ),
                ),
                ("signature", models.CharField(blank=True, max_length=128)),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="agreements.negotiation",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.CreateModel(
            name="PublishConsent",
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
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "turn",
                    models.PositiveIntegerField(
                        help_text="The last step that may be read by anybody."
                    ),
                ),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="agreements.negotiation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SideKey",
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
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="keys",
                        to="agreements.negotiation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkingDraft",
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
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                (
                    "turn",
                    models.PositiveIntegerField(help_text="From 1 for its side, with no gap."),
                ),
                ("text", models.TextField()),
                (
                    "negotiation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.negotiation",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddConstraint(
            model_name="negotiation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("model", "block-grant"), _negated=True),
                    ("centre_may_set_targets", False),
                    _connector="OR",
                ),
                name="centre_sets_no_target_of_the_mission",
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiationdepartment",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "agency"), name="department_negotiates_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiationstep",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "turn"), name="negotiation_step_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("after", "with the centre"),
                        ("before", "the place is drafting"),
                        ("side", "place"),
                        ("verb", "offer"),
                    ),
                    models.Q(
                        ("after", "with the place"),
                        ("before", "with the centre"),
                        ("side", "centre"),
                        ("verb", "offer"),
                    ),
                    models.Q(
                        ("after", "agreed"),
                        ("before", "with the centre"),
                        ("side", "centre"),
                        ("verb", "accept"),
                    ),
                    models.Q(
                        ("after", "with the centre"),
                        ("before", "with the place"),
                        ("side", "place"),
                        ("verb", "offer"),
                    ),
                    models.Q(
                        ("after", "agreed"),
                        ("before", "with the place"),
                        ("side", "place"),
                        ("verb", "accept"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "the place is drafting"),
                        ("side", "place"),
                        ("verb", "end"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "the place is drafting"),
                        ("side", "centre"),
                        ("verb", "end"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "with the centre"),
                        ("side", "place"),
                        ("verb", "end"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "with the centre"),
                        ("side", "centre"),
                        ("verb", "end"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "with the place"),
                        ("side", "place"),
                        ("verb", "end"),
                    ),
                    models.Q(
                        ("after", "ended without agreement"),
                        ("before", "with the place"),
                        ("side", "centre"),
                        ("verb", "end"),
                    ),
                    _connector="OR",
                ),
                name="negotiation_step_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_by__gt", models.F("day")), ("verb", "offer")),
                    models.Q(
                        models.Q(("verb", "offer"), _negated=True), ("answer_by__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="offer_asks_for_an_answer_in_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="publishconsent",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "side", "turn"), name="side_consents_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sidekey",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "side"), name="side_has_one_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="workingdraft",
            constraint=models.UniqueConstraint(
                fields=("negotiation", "side", "turn"), name="working_draft_has_its_turn"
            ),
        ),
        migrations.RunSQL(
            _FUNCTIONS
            + "".join(_IN_TURN.format(table=table) for table in _TABLES if table != "sidekey")
            + "".join(_GUARD.format(table=table) for table in _TABLES)
        ),
    ]
