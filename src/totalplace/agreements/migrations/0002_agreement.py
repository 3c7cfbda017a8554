"""Agreements: versions of the text, moves, consents and signatures.

The database refuses to change what was said, moves out of turn, a decision about what was not
heard, signing before a place is ready, and a signature that is not of the very text: whoever asks
it, the superuser too.
"""

from __future__ import annotations

from typing import ClassVar, Final

import django.db.models.deletion
from django.db import migrations, models

_TABLES: Final = (
    "agreement", "agreementversion", "agreementparty", "agreementmove", "agreementconsent",
    "agreementsignature",
)  # fmt: skip
_NEVER_CHANGED: Final = """
CREATE FUNCTION agreements_text_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what an agreement says, and who signed it, is never changed or erased'
        USING ERRCODE = 'restrict_violation', HINT = 'Make a later version, or vary it.';
END $$;
"""
_GUARD: Final = """
REVOKE UPDATE, DELETE, TRUNCATE ON agreements_{table} FROM totalplace_app;
CREATE TRIGGER agreements_{table}_never_changed
    BEFORE UPDATE OR DELETE OR TRUNCATE ON agreements_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION agreements_text_refuse_change();
ALTER TABLE agreements_{table} ENABLE ALWAYS TRIGGER agreements_{table}_never_changed;
"""
_VERSIONS: Final = """
CREATE FUNCTION agreements_text_kind(variation integer) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN $1 = 0 THEN 'agreement' ELSE 'variation' END
$$;

-- PLACE/NUMBER, and for a variation its number besides.
CREATE FUNCTION agreements_text_cited(what bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT p.code || '/' || a.number
        || CASE WHEN v.variation = 0 THEN '' ELSE '/' || v.variation END
    FROM agreements_agreementversion v
    JOIN agreements_agreement a ON a.id = v.agreement_id
    JOIN places_place p ON p.id = a.place_id WHERE v.id = $1
$$;

CREATE FUNCTION agreements_stage(which bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT m.after FROM agreements_agreementmove m WHERE m.agreement_id = $1
                     ORDER BY m.turn DESC LIMIT 1), 'a draft')
$$;

CREATE FUNCTION agreements_in_force(which bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT m.version_id FROM agreements_agreementmove m
    WHERE m.agreement_id = $1 AND m.verb = 'come into force' ORDER BY m.turn DESC LIMIT 1
$$;

-- Whether an answer stands in a hearing and says that something changed.
CREATE FUNCTION agreements_answer_changed(hearing bigint, answered integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT answer.changed FROM participation_answer answer
        WHERE answer.hearing_id = $1 AND answer.number = $2
            AND NOT EXISTS (SELECT FROM participation_answer later
                            WHERE later.point_id = answer.point_id
                                AND later.number > answer.number)), false)
$$;

CREATE FUNCTION agreements_version_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last agreements_agreementversion%ROWTYPE;
    stage text;
    hearing bigint;
    opened timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.agreement'));
    SELECT * INTO last FROM agreements_agreementversion
        WHERE agreement_id = NEW.agreement_id ORDER BY number DESC LIMIT 1;
    stage := agreements_stage(NEW.agreement_id);
    IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.on < last.on
        OR NOT ((stage IN ('a draft', 'laid open') AND NEW.variation = 0)
            OR (stage = 'in force' AND NEW.variation = last.variation + 1)) THEN
        RAISE EXCEPTION 'version % of the agreement is out of turn', NEW.number
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.digest <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest is not that of the text' USING ERRCODE = 'restrict_violation';
    END IF;
    IF stage = 'laid open' THEN
        hearing := participation_hearing_of('agreement', agreements_text_cited(last.id));
        SELECT move.on INTO opened FROM participation_hearingmove move
            WHERE move.hearing_id = hearing AND move.verb = 'open';
    END IF;
    IF opened IS NOT NULL AND NOT (
        NEW.because IS NOT NULL AND agreements_answer_changed(hearing, NEW.because)) THEN
        RAISE EXCEPTION 'the agreement is being heard, and no answer led to this version'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_version_in_turn BEFORE INSERT ON agreements_agreementversion
    FOR EACH ROW EXECUTE FUNCTION agreements_version_in_turn();
ALTER TABLE agreements_agreementversion ENABLE ALWAYS TRIGGER agreements_version_in_turn;
"""
# A version is whole once it is committed: nobody becomes a party of it by a later transaction.
_PARTIES: Final = """
CREATE FUNCTION agreements_party_belongs() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    writer xid;
BEGIN
    SELECT xmin INTO writer FROM agreements_agreementversion WHERE id = NEW.version_id;
    IF writer IS NULL OR pg_xact_status(((pg_current_xact_id()::text::bigint >> 32 << 32)
        | writer::text::bigint)::text::xid8) IS DISTINCT FROM 'in progress' THEN
        RAISE EXCEPTION 'nobody becomes a party of a text that stands'
            USING ERRCODE = 'restrict_violation', HINT = 'Make a later version.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_party_belongs BEFORE INSERT ON agreements_agreementparty
    FOR EACH ROW EXECUTE FUNCTION agreements_party_belongs();
ALTER TABLE agreements_agreementparty ENABLE ALWAYS TRIGGER agreements_party_belongs;
"""
# The kinds of body are MEMBERS of rules/lifecycle.py; a test holds the two together.
_LACKING: Final = """
CREATE FUNCTION agreements_hearing_lacks(what bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
    cited text := agreements_text_cited(what);
    heard bigint;
    opened timestamptz;
    lacks text;
BEGIN
    SELECT * INTO v FROM agreements_agreementversion WHERE id = what;
    IF v.variation > 0 AND NOT v.to_be_heard THEN RETURN NULL; END IF;
    lacks := participation_lacks(agreements_text_kind(v.variation), cited, day);
    IF lacks IS NOT NULL THEN RETURN lacks; END IF;
    heard := participation_hearing_of(agreements_text_kind(v.variation), cited);
    SELECT move.on INTO opened FROM participation_hearingmove move
        WHERE move.hearing_id = heard AND move.verb = 'open';
    IF NOT EXISTS (SELECT FROM agreements_agreementversion w
                   WHERE w.agreement_id = v.agreement_id AND w.variation = v.variation
                       AND w.on <= opened) THEN
        RETURN 'what was heard is not this text';
    END IF;
    IF EXISTS (SELECT FROM agreements_agreementversion w
               WHERE w.agreement_id = v.agreement_id AND w.variation = v.variation
                   AND w.on > opened AND NOT (w.because IS NOT NULL
                       AND agreements_answer_changed(heard, w.because))) THEN
        RETURN 'a version after the hearing was opened rests on no answer';
    END IF;
    IF EXISTS (SELECT FROM agreements_agreementparty p WHERE p.version_id = what AND p.stake
               AND NOT EXISTS (SELECT FROM participation_consultee asked
                               WHERE asked.hearing_id = heard AND asked.agency_id = p.agency_id))
    THEN
        RETURN 'an agency with money or a promise in it was not asked';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION agreements_decision_lacks(what bigint, under text, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
    lacks text;
BEGIN
    SELECT * INTO v FROM agreements_agreementversion WHERE id = what;
    lacks := coalesce(
        agreements_hearing_lacks(what, day),
        decisions_lacks(
            under, agreements_text_kind(v.variation), agreements_text_cited(what), day));
    IF lacks IS NOT NULL THEN RETURN lacks; END IF;
    IF NOT EXISTS (SELECT FROM decisions_decision d
                   JOIN decisions_body b ON b.id = d.body_id
                   JOIN agreements_agreementparty p
                       ON p.version_id = what AND p.accountable AND p.agency_id = b.agency_id
                   WHERE b.code || '/' || d.number = under
                   AND b.kind IN ('full-council', 'executive', 'combined-authority', 'mayor',
                                  'committee', 'joint-committee', 'board')) THEN
        RETURN 'the decision is not of members of the accountable body';
    END IF;
    IF EXISTS (SELECT FROM decisions_move m JOIN decisions_decision d ON d.id = m.decision_id
               JOIN decisions_body b ON b.id = d.body_id AND b.code || '/' || d.number = under
               WHERE m.verb = 'take' AND (v.on > m.on
                   OR (v.on AT TIME ZONE 'Europe/London')::date > m.taken_on)) THEN
        RETURN 'the text was changed after it was decided';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION agreements_signing_lacks(what bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
BEGIN
    SELECT * INTO v FROM agreements_agreementversion WHERE id = what;
    IF v.needs_targets AND NOT EXISTS (
        SELECT FROM outcomes_adoption a JOIN outcomes_targetset s ON s.id = a.set_id
        JOIN places_place p ON p.id = s.place_id
        WHERE p.code || '/' || s.number = v.targets AND a.day <= $2
            AND p.id = (SELECT place_id FROM agreements_agreement WHERE id = v.agreement_id)
            AND (SELECT m.after FROM outcomes_targetmove m WHERE m.set_id = s.id
                 ORDER BY m.turn DESC LIMIT 1) = 'adopted') THEN
        RETURN 'it does not cite targets that the place has adopted and that hold';
    END IF;
    RETURN readiness_lacks(split_part(agreements_text_cited(what), '/', 1), v.needs, $2);
END $$;
"""
_MOVES: Final = """
-- Two, but for a pooled fund that no department is a party of.
CREATE FUNCTION agreements_sides(what bigint) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT count(DISTINCT side) FROM agreements_agreementparty WHERE version_id = $1
$$;

CREATE FUNCTION agreements_move_lacks(m agreements_agreementmove) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
    newest bigint;
    held bigint := agreements_in_force(m.agreement_id);
BEGIN
    SELECT * INTO v FROM agreements_agreementversion WHERE id = m.version_id;
    SELECT id INTO newest FROM agreements_agreementversion
        WHERE agreement_id = m.agreement_id ORDER BY number DESC LIMIT 1;
    IF m.verb IN ('drop the variation', 'suspend', 'resume', 'end') THEN
        IF m.version_id IS DISTINCT FROM held THEN RETURN 'that is not the text in force'; END IF;
    ELSIF m.version_id IS DISTINCT FROM newest THEN
        RETURN 'it is not the last version';
    END IF;
    IF m.verb IN ('lay open', 'propose a variation') AND (
        (SELECT count(*) FILTER (WHERE accountable AND side = 'place') <> 1
            OR count(*) < 2
            OR count(turn) <> count(*) OR min(turn) <> 1 OR max(turn) <> count(*)
         FROM agreements_agreementparty WHERE version_id = m.version_id)) THEN
        RETURN 'it lacks a party, an accountable body, or a turn to sign';
    ELSIF m.verb = 'propose a variation' AND (v.variation = 0 OR v.side <> m.side) THEN
        RETURN 'it is no variation of that side';
    ELSIF m.verb = 'consent to the variation' AND v.side = m.side
        AND agreements_sides(held) > 1 THEN
        RETURN 'the side that proposed it cannot consent for the other';
    ELSIF m.verb = 'take note that it is decided' THEN
        RETURN agreements_decision_lacks(m.version_id, m.decision, m.day);
    ELSIF m.verb = 'open for signing' THEN
        RETURN agreements_signing_lacks(m.version_id, m.day);
    ELSIF m.verb = 'come into force' AND EXISTS (
        SELECT FROM agreements_agreementparty p WHERE p.version_id = m.version_id
        AND NOT EXISTS (SELECT FROM agreements_agreementsignature s WHERE s.party_id = p.id)) THEN
        RETURN 'not everybody has signed';
    ELSIF m.verb IN ('suspend', 'resume', 'end') AND (
        SELECT count(DISTINCT c.side) FROM agreements_agreementconsent c
        WHERE c.agreement_id = m.agreement_id AND c.turn = m.turn AND c.verb = m.verb
            AND c.ends_on IS NULL AND c.day <= m.day) < agreements_sides(held) THEN
        IF m.verb = 'end' AND (m.day > v.last_day OR EXISTS (
            SELECT FROM agreements_agreementconsent c WHERE c.agreement_id = m.agreement_id
                AND c.verb = 'end' AND c.ends_on <= m.day)) THEN
            RETURN NULL;
        END IF;
        RETURN 'both sides have to say so';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION agreements_move_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last agreements_agreementmove%ROWTYPE;
    lacks text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.agreement'));
    SELECT * INTO last FROM agreements_agreementmove
        WHERE agreement_id = NEW.agreement_id ORDER BY turn DESC LIMIT 1;
    IF NEW.turn <> coalesce(last.turn, 0) + 1 OR NEW.day < last.day
        OR NEW.before <> coalesce(last.after, 'a draft')
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'move % of the agreement is out of turn', NEW.turn
            USING ERRCODE = 'restrict_violation';
    END IF;
    lacks := agreements_move_lacks(NEW);
    IF lacks IS NOT NULL THEN
        RAISE EXCEPTION 'the agreement cannot make the move ''%'': %', NEW.verb, lacks
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_move_in_turn BEFORE INSERT ON agreements_agreementmove
    FOR EACH ROW EXECUTE FUNCTION agreements_move_in_turn();
ALTER TABLE agreements_agreementmove ENABLE ALWAYS TRIGGER agreements_move_in_turn;

CREATE FUNCTION agreements_consent_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
    turns integer;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.agreement'));
    SELECT * INTO v FROM agreements_agreementversion
        WHERE id = agreements_in_force(NEW.agreement_id);
    SELECT coalesce(max(turn), 0) INTO turns FROM agreements_agreementmove
        WHERE agreement_id = NEW.agreement_id;
    IF v.id IS NULL OR NEW.turn <> turns + 1
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date
        OR NOT EXISTS (SELECT FROM agreements_agreementparty p WHERE p.version_id = v.id
                       AND p.agency_id = NEW.agency_id AND p.side = NEW.side)
        OR (NEW.ends_on IS NOT NULL AND (NEW.verb <> 'end'
            OR NEW.ends_on < NEW.day + coalesce(v.notice_days, 1000000))) THEN
        RAISE EXCEPTION 'that is not the time, or the notice, to say so of the agreement'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_consent_in_turn BEFORE INSERT ON agreements_agreementconsent
    FOR EACH ROW EXECUTE FUNCTION agreements_consent_in_turn();
ALTER TABLE agreements_agreementconsent ENABLE ALWAYS TRIGGER agreements_consent_in_turn;
"""
# A signature is of the very text, in its turn, and its file goes on from the file before it.
_SIGNATURES: Final = """
CREATE FUNCTION agreements_signature_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v agreements_agreementversion%ROWTYPE;
    p agreements_agreementparty%ROWTYPE;
    prior bytea;
    opened bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('totalplace.agreement'));
    SELECT * INTO v FROM agreements_agreementversion WHERE id = NEW.version_id;
    SELECT * INTO p FROM agreements_agreementparty WHERE id = NEW.party_id;
    SELECT m.version_id INTO opened FROM agreements_agreementmove m
        WHERE m.agreement_id = v.agreement_id ORDER BY m.turn DESC LIMIT 1;
    SELECT s.file INTO prior FROM agreements_agreementsignature s
        WHERE s.version_id = v.id ORDER BY s.turn DESC LIMIT 1;
    IF agreements_stage(v.agreement_id) NOT IN (
            'being signed', 'in force, a variation being signed')
        OR opened IS DISTINCT FROM v.id OR p.version_id <> v.id OR NEW.turn <> p.turn
        OR NEW.turn <> 1 + (SELECT count(*) FROM agreements_agreementsignature s
                            WHERE s.version_id = v.id)
        OR NEW.day > (now() AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'it is not the turn of % to sign', p.name
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.digest <> v.digest OR NEW.file_digest <> encode(sha256(NEW.file), 'hex')
        OR (prior IS NOT NULL AND substring(NEW.file for length(prior)) <> prior) THEN
        RAISE EXCEPTION 'what was signed is not the text that stands, or not the file so far'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agreements_signature_in_turn BEFORE INSERT ON agreements_agreementsignature
    FOR EACH ROW EXECUTE FUNCTION agreements_signature_in_turn();
ALTER TABLE agreements_agreementsignature ENABLE ALWAYS TRIGGER agreements_signature_in_turn;
"""


class Migration(migrations.Migration):
    """Agreements: versions of the text, moves, consents, signatures. There is no way back."""

    dependencies: ClassVar = [("agreements", "0001_negotiation")]

    operations: ClassVar = [
        migrations.CreateModel(
            name="Agreement",
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
                    models.PositiveIntegerField(help_text="From 1 in its place, with no gap."),
                ),
                (
                    "negotiation",
                    models.PositiveIntegerField(help_text="Out of which it came.", null=True),
                ),
                ("model", models.CharField(help_text="Of devolution, by its code.", max_length=64)),
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
            name="AgreementConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField(help_text="Of the move that it is for.")),
                (
                    "verb",
                    models.CharField(
                        choices=[("suspend", "suspend"), ("resume", "resume"), ("end", "end")],
                        max_length=32,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                ("day", models.DateField(help_text="In England.")),
                (
                    "ends_on",
                    models.DateField(
                        help_text="By notice: the day from which it is ended.", null=True
                    ),
                ),
                ("reason", models.TextField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
                        to="agreements.agreement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgreementParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                ("accountable", models.BooleanField()),
                ("turn", models.PositiveIntegerField(null=True)),
                ("stake", models.BooleanField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.agency",
                    ),
                ),
            ],
            options={
                "ordering": ["turn", "pk"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
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
                    models.PositiveIntegerField(help_text="From 1, with no gap, drafts too."),
                ),
                (
                    "variation",
                    models.PositiveIntegerField(help_text="0: the agreement; from 1: a variation."),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")],
                        help_text="Which put it forward.",
                        max_length=8,
                    ),
                ),
                ("text", models.TextField()),
                ("digest", models.CharField(help_text="SHA-256 of its UTF-8.", max_length=64)),
                (
                    "because",
                    models.PositiveIntegerField(help_text="The answer that led to it.", null=True),
                ),
                ("reason", models.TextField()),
                ("to_be_heard", models.BooleanField(help_text="It changes targets or money.")),
                (
                    "targets",
                    models.TextField(
                        blank=True, help_text="The targets that it cites: PLACE/NUMBER."
                    ),
                ),
                (
                    "needs_targets",
                    models.BooleanField(help_text="The place sets targets under its model."),
                ),
                ("needs", models.TextField(blank=True, help_text="What readiness signing needs.")),
                ("last_day", models.DateField(help_text="On which it holds.", null=True)),
                (
                    "notice_days",
                    models.PositiveIntegerField(help_text="To end it by notice.", null=True),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="agreements.agreement",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="AgreementSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by", models.TextField()),
                ("on", models.DateTimeField()),
                ("turn", models.PositiveIntegerField()),
                ("name", models.TextField(help_text="Of the person, as in the file.")),
                ("power", models.TextField(help_text="The mandate, as it stands on the record.")),
                ("day", models.DateField(help_text="In England.")),
                ("digest", models.CharField(help_text="Of the text.", max_length=64)),
                (
                    "certificate",
                    models.CharField(
                        help_text="Digest of the signer's certificate.", max_length=64
                    ),
                ),
                (
                    "test",
                    models.BooleanField(help_text="By a test authority: without force in law."),
                ),
                ("file", models.BinaryField(help_text="The PDF after this signature.")),
                ("file_digest", models.CharField(help_text="SHA-256 of the file.", max_length=64)),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="agreements.agreementparty",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddField(
            model_name="agreementparty",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parties",
                to="agreements.agreementversion",
            ),
        ),
        migrations.CreateModel(
            name="AgreementMove",
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
                        choices=[
                            ("lay open", "lay open"),
                            ("take note that it is decided", "take note that it is decided"),
                            ("open for signing", "open for signing"),
                            ("come into force", "come into force"),
                            ("propose a variation", "propose a variation"),
                            ("consent to the variation", "consent to the variation"),
                            ("drop the variation", "drop the variation"),
                            ("suspend", "suspend"),
                            ("resume", "resume"),
                            ("end", "end"),
                            ("withdraw", "withdraw"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("a draft", "a draft"),
                            ("laid open", "laid open"),
                            ("decided", "decided"),
                            ("being signed", "being signed"),
                            ("in force", "in force"),
                            ("in force, a variation proposed", "in force, a variation proposed"),
                            (
                                "in force, a variation agreed by both sides",
                                "in force, a variation agreed by both sides",
                            ),
                            ("in force, a variation decided", "in force, a variation decided"),
                            (
                                "in force, a variation being signed",
                                "in force, a variation being signed",
                            ),
                            ("suspended", "suspended"),
                            ("ended", "ended"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=64,
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("a draft", "a draft"),
                            ("laid open", "laid open"),
                            ("decided", "decided"),
                            ("being signed", "being signed"),
                            ("in force", "in force"),
                            ("in force, a variation proposed", "in force, a variation proposed"),
                            (
                                "in force, a variation agreed by both sides",
                                "in force, a variation agreed by both sides",
                            ),
                            ("in force, a variation decided", "in force, a variation decided"),
                            (
                                "in force, a variation being signed",
                                "in force, a variation being signed",
                            ),
                            ("suspended", "suspended"),
                            ("ended", "ended"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=64,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("place", "place"), ("centre", "centre")], max_length=8
                    ),
                ),
                ("day", models.DateField(help_text="In England.")),
                (
                    "decision",
                    models.TextField(blank=True, help_text="As it is cited: BODY/NUMBER."),
                ),
                ("reason", models.TextField()),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="agreements.agreement",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.agreementversion",
                    ),
                ),
            ],
            options={
                "ordering": ["turn"],
            },
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                fields=("place", "number"), name="agreement_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="agreement_is_numbered_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementconsent",
            constraint=models.UniqueConstraint(
                fields=("agreement", "turn", "verb", "side"), name="agreement_consent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementconsent",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="agreement_consent_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="agreement_version_has_its_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    ("number__gte", 1),
                ),
                name="agreement_version_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementsignature",
            constraint=models.UniqueConstraint(
                fields=("version", "turn"), name="agreement_signature_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.UniqueConstraint(
                fields=("version", "agency"), name="agreement_party_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementparty",
            constraint=models.UniqueConstraint(
                fields=("version", "turn"), name="agreement_party_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementmove",
            constraint=models.UniqueConstraint(
                fields=("agreement", "turn"), name="agreement_move_has_its_turn"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementmove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after", "laid open"), ("before", "a draft"), ("verb", "lay open")),
                    models.Q(
                        ("after", "decided"),
                        ("before", "laid open"),
                        ("verb", "take note that it is decided"),
                    ),
                    models.Q(
                        ("after", "being signed"),
                        ("before", "decided"),
                        ("verb", "open for signing"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "being signed"),
                        ("verb", "come into force"),
                    ),
                    models.Q(
                        ("after", "in force, a variation proposed"),
                        ("before", "in force"),
                        ("verb", "propose a variation"),
                    ),
                    models.Q(
                        ("after", "in force, a variation agreed by both sides"),
                        ("before", "in force, a variation proposed"),
                        ("verb", "consent to the variation"),
                    ),
                    models.Q(
                        ("after", "in force, a variation decided"),
                        ("before", "in force, a variation agreed by both sides"),
                        ("verb", "take note that it is decided"),
                    ),
                    models.Q(
                        ("after", "in force, a variation being signed"),
                        ("before", "in force, a variation decided"),
                        ("verb", "open for signing"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "in force, a variation being signed"),
                        ("verb", "come into force"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "in force, a variation proposed"),
                        ("verb", "drop the variation"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "in force, a variation agreed by both sides"),
                        ("verb", "drop the variation"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "in force, a variation decided"),
                        ("verb", "drop the variation"),
                    ),
                    models.Q(
                        ("after", "in force"),
                        ("before", "in force, a variation being signed"),
                        ("verb", "drop the variation"),
                    ),
                    models.Q(("after", "suspended"), ("before", "in force"), ("verb", "suspend")),
                    models.Q(("after", "in force"), ("before", "suspended"), ("verb", "resume")),
                    models.Q(("after", "ended"), ("before", "in force"), ("verb", "end")),
                    models.Q(("after", "ended"), ("before", "suspended"), ("verb", "end")),
                    models.Q(("after", "withdrawn"), ("before", "a draft"), ("verb", "withdraw")),
                    models.Q(("after", "withdrawn"), ("before", "laid open"), ("verb", "withdraw")),
                    models.Q(("after", "withdrawn"), ("before", "decided"), ("verb", "withdraw")),
                    models.Q(
                        ("after", "withdrawn"), ("before", "being signed"), ("verb", "withdraw")
                    ),
                    _connector="OR",
                ),
                name="agreement_move_is_lawful",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreementmove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="agreement_move_has_a_reason",
            ),
        ),
        migrations.RunSQL(
            _NEVER_CHANGED
            + "".join(_GUARD.format(table=table) for table in _TABLES)
            + _VERSIONS
            + _PARTIES
            + _LACKING
            + _MOVES
            + _SIGNATURES
        ),
    ]
