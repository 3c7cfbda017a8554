"""Guarantees proposed, enacted and changed; local variants; and what the database refuses."""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = ("guarantee", "version", "move", "placecost", "variant")
_FUNCTIONS: Final = """
-- A text is known by its digest: neither can be put in without the other.
ALTER TABLE entitlements_version ADD CONSTRAINT entitlement_version_is_its_text
    CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex') AND text <> '');
ALTER TABLE entitlements_variant ADD CONSTRAINT entitlement_variant_is_its_text
    CHECK (digest = encode(sha256(convert_to(text, 'UTF8')), 'hex'));

CREATE FUNCTION entitlements_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was guaranteed is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Propose a new version, or repeal it.';
END $$;

CREATE FUNCTION entitlements_version_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.entitlements'));
    IF NEW.number <> 1 + (SELECT count(*) FROM entitlements_version
                          WHERE guarantee_id = NEW.guarantee_id) THEN
        RAISE EXCEPTION 'version % of the guarantee is out of turn', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entitlements_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last entitlements_move%ROWTYPE;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.entitlements'));
    SELECT * INTO last FROM entitlements_move
        WHERE version_id = NEW.version_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1
        OR NEW.before <> coalesce(last.after, 'proposed') OR NEW.day < last.day THEN
        RAISE EXCEPTION 'move % of the version is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    -- What follows something that is enacted or repealed begins no sooner than that does.
    IF NEW.first_day < (
        SELECT max(move.first_day) FROM entitlements_move move
        JOIN entitlements_version version ON version.id = move.version_id
        WHERE version.guarantee_id = (
            SELECT guarantee_id FROM entitlements_version WHERE id = NEW.version_id)
    ) THEN
        RAISE EXCEPTION 'something later was enacted already' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION entitlements_variant_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.entitlements'));
    IF NEW.number <> 1 + (SELECT count(*) FROM entitlements_variant
                          WHERE guarantee_id = NEW.guarantee_id AND place_id = NEW.place_id)
        OR NOT EXISTS (
            SELECT FROM entitlements_move move
            JOIN entitlements_version version ON version.id = move.version_id
            WHERE version.guarantee_id = NEW.guarantee_id AND move.verb = 'enact') THEN
        RAISE EXCEPTION 'variant % of the place is out of turn, or of nothing enacted', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
_IN_TURN: Final = """
CREATE TRIGGER entitlements_{table}_in_turn BEFORE INSERT ON entitlements_{table}
    FOR EACH ROW EXECUTE FUNCTION entitlements_{table}_in_turn();
ALTER TABLE entitlements_{table} ENABLE ALWAYS TRIGGER entitlements_{table}_in_turn;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON entitlements_{table} FROM totalplace_app;
CREATE TRIGGER entitlements_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON entitlements_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION entitlements_refuse_change();
ALTER TABLE entitlements_{table} ENABLE ALWAYS TRIGGER entitlements_{table}_never_changed;
"""


class Migration(migrations.Migration):
    """Guarantees, versions, moves, costs, variants, and their guards. There is no way back."""

    dependencies: ClassVar = [("places", "0005_officers_and_mandates")]

    operations: ClassVar = [
        migrations.CreateModel(
            name='Guarantee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('on', models.DateTimeField()),
                ('code', models.CharField(max_length=64, unique=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.agency')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('on', models.DateTimeField()),
                ('number', models.PositiveIntegerField(help_text='From 1 in its guarantee, with no gap.')),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('reason', models.TextField(help_text='Why it is proposed, or what it changes.')),
                ('guarantee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='entitlements.guarantee')),
            ],
            options={
                'ordering': ['guarantee_id', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PlaceCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('on', models.DateTimeField()),
                ('pence', models.BigIntegerField()),
                ('pence_low', models.BigIntegerField()),
                ('pence_high', models.BigIntegerField()),
                ('source', models.TextField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='entitlements.version')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('on', models.DateTimeField()),
                ('turn', models.PositiveIntegerField(help_text='From 1 in its version, with no gap.')),
                ('verb', models.CharField(choices=[('enact', 'enact'), ('withdraw', 'withdraw'), ('repeal', 'repeal')], max_length=16)),
                ('before', models.CharField(choices=[('proposed', 'proposed'), ('enacted', 'enacted'), ('withdrawn', 'withdrawn'), ('repealed', 'repealed')], max_length=16)),
                ('after', models.CharField(choices=[('proposed', 'proposed'), ('enacted', 'enacted'), ('withdrawn', 'withdrawn'), ('repealed', 'repealed')], max_length=16)),
                ('day', models.DateField(help_text='In England.')),
                ('first_day', models.DateField(help_text='From which it is, or is no longer, so.', null=True)),
                ('opens_on', models.DateField(help_text='The first day that its notice allows.', null=True)),
                ('shorter', models.CharField(blank=True, choices=[('', ''), ('urgent', 'urgent'), ('already law', 'already law')], max_length=16)),
                ('reason', models.TextField(blank=True)),
                ('why_more', models.TextField(blank=True, help_text='Why one more than are to be is needed.')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='entitlements.version')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.TextField()),
                ('on', models.DateTimeField()),
                ('number', models.PositiveIntegerField(help_text='From 1 in the place, with no gap.')),
                ('text', models.TextField(blank=True)),
                ('digest', models.CharField(max_length=64)),
                ('first_day', models.DateField()),
                ('day', models.DateField(help_text='On which it was set, in England.')),
                ('checked', models.TextField(blank=True, help_text='Against how many people it was held.')),
                ('reason', models.TextField()),
                ('guarantee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='entitlements.guarantee')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('guarantee', 'place', 'number'), name='entitlement_variant_has_its_number'), models.CheckConstraint(condition=models.Q(('first_day__gte', models.F('day')), ('number__gte', 1), models.Q(('reason', ''), _negated=True)), name='entitlement_variant_is_said_before_it_begins')],
            },
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('guarantee', 'number'), name='entitlement_version_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), models.Q(('title', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='entitlement_version_says_something'),
        ),
        migrations.AddConstraint(
            model_name='placecost',
            constraint=models.CheckConstraint(condition=models.Q(('pence_high__gte', models.F('pence')), ('pence_low__gte', 0), ('pence_low__lte', models.F('pence')), models.Q(('source', ''), _negated=True)), name='entitlement_cost_is_within_its_interval'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.UniqueConstraint(fields=('version', 'turn'), name='entitlement_move_has_its_turn'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('after', 'enacted'), ('before', 'proposed'), ('verb', 'enact')), models.Q(('after', 'withdrawn'), ('before', 'proposed'), ('verb', 'withdraw')), models.Q(('after', 'repealed'), ('before', 'enacted'), ('verb', 'repeal')), _connector='OR'), name='entitlement_move_is_lawful'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_day__isnull', True), ('opens_on__isnull', True), ('verb', 'withdraw')), models.Q(models.Q(('verb', 'withdraw'), _negated=True), ('first_day__isnull', False), ('opens_on__gt', models.F('day'))), _connector='OR'), name='entitlement_move_has_its_day'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('shorter', ''), ('verb', 'enact'), ('first_day__gte', models.F('opens_on'))), models.Q(models.Q(('reason', ''), _negated=True), models.Q(('first_day__isnull', True), ('first_day__gte', models.F('opens_on')), ('shorter', 'already law'), models.Q(('first_day__gte', models.F('day')), ('shorter', 'urgent')), _connector='OR')), _connector='OR'), name='entitlement_move_gives_notice_or_a_reason'),
        ),
        migrations.RunSQL(
            _FUNCTIONS
            + "".join(_IN_TURN.format(table=t) for t in ("version", "move", "variant"))
            + "".join(_GUARD.format(table=t) for t in _TABLES)
        ),
    ]
