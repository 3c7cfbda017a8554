"""What is lacking for a decision to stand, said by the database itself to whoever asks."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import migrations

# A room above that knows of a day before which nothing may be decided (those concerned were not
# heard yet) puts its own function in place of `decisions_not_before`, which knows of none.
_HOOKS: Final = """
CREATE FUNCTION decisions_not_before(kind text, id text) RETURNS date LANGUAGE sql STABLE AS
    $$ SELECT NULL::date $$;

CREATE FUNCTION decisions_decided(kind text, id text) RETURNS text LANGUAGE sql STABLE AS $$
    -- The first decision about a thing that was taken, and not rescinded since.
    SELECT b.code || '/' || d.number
    FROM decisions_decision d
        JOIN decisions_body b ON b.id = d.body_id
        JOIN decisions_move m ON m.decision_id = d.id AND m.verb = 'take'
    WHERE d.about_kind = $1 AND d.about_id = $2
        AND NOT EXISTS (SELECT 1 FROM decisions_move r
                        WHERE r.decision_id = d.id AND r.after = 'refused')
    ORDER BY m.id LIMIT 1
$$;
"""
# The same as `decisions.queries.effective`: SI 2012/2089 part 4 (notice), LGA 2000 section 9F
# (call-in), LGA 1972 section 101 (who may decide).
_LACKS: Final = """
CREATE FUNCTION decisions_lacks(decision text, kind text, id text, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    found decisions_decision%ROWTYPE;
    took decisions_move%ROWTYPE;
    prior decisions_move%ROWTYPE;
    heard date;
BEGIN
    IF $1 IS NULL OR $2 IS NULL OR $3 IS NULL OR $4 IS NULL THEN
        RETURN 'no decision, or no day, is cited';
    ELSIF $4 > (clock_timestamp() AT TIME ZONE 'Europe/London')::date THEN
        RETURN 'that day has not come';
    END IF;
    SELECT d.* INTO found FROM decisions_decision d JOIN decisions_body b ON b.id = d.body_id
        WHERE b.code || '/' || d.number = $1 AND b.kind <> 'partnership';
    IF found.id IS NULL THEN RETURN 'there is no such decision'; END IF;
    IF (found.about_kind, found.about_id) IS DISTINCT FROM ($2, $3) THEN
        RETURN 'the decision is about something else';
    END IF;
    SELECT m.* INTO took FROM decisions_move m
        WHERE m.decision_id = found.id AND m.verb = 'take' AND m.day <= $4
        ORDER BY m.turn DESC LIMIT 1;
    IF took.id IS NULL THEN RETURN 'the decision was not taken by that day'; END IF;
    SELECT m.* INTO prior FROM decisions_move m
        WHERE m.decision_id = found.id AND m.turn = took.turn - 1;
    IF took.taken_by_id <> found.body_id OR took.taken_on > took.day THEN
        RETURN 'the decision was not taken by its own body';
    ELSIF (took.before = 'proposed' AND found.key) OR took.taken_on < prior.day
        OR (took.before = 'under notice'
            AND took.taken_on < coalesce(prior.opens_on, 'infinity'::date)) THEN
        RETURN 'the decision was taken too early';
    END IF;
    heard := decisions_not_before($2, $3);
    IF took.taken_on <= heard THEN
        RETURN 'the decision was taken before the day after ' || heard
            || ', on which those concerned had been heard';
    END IF;
    RETURN coalesce(decisions_outside_rules(found, took), decisions_not_in_effect(found.id, $4));
END $$;

CREATE FUNCTION decisions_outside_rules(found decisions_decision, took decisions_move)
RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    own decisions_bodyrules%ROWTYPE;
BEGIN
    SELECT r.* INTO own FROM decisions_bodyrules r
        WHERE r.body_id = found.body_id AND r.first_day <= took.taken_on
        ORDER BY r.first_day DESC, r.id DESC LIMIT 1;
    IF own.id IS NULL OR NOT found.matter = ANY (regexp_split_to_array(own.matters, '\\s+')) THEN
        RETURN 'the rules of the body did not give it that matter on that day';
    ELSIF own.limit_pence IS NOT NULL
        AND coalesce(found.amount_pence, own.limit_pence + 1) > own.limit_pence THEN
        RETURN 'the sum is above the limit of the body';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION decisions_not_in_effect(decision bigint, day date) RETURNS text
LANGUAGE plpgsql STABLE AS $$
DECLARE
    last decisions_move%ROWTYPE;
BEGIN
    SELECT m.* INTO last FROM decisions_move m
        WHERE m.decision_id = $1 AND m.day <= $2 ORDER BY m.turn DESC LIMIT 1;
    IF last.after IN ('upheld', 'confirmed') THEN
        RETURN NULL;
    ELSIF last.after = 'taken' THEN
        IF last.closes_on IS NULL OR $2 > last.closes_on THEN RETURN NULL; END IF;
        RETURN 'the decision may be called in until the end of ' || last.closes_on;
    ELSIF last.after = 'called in' AND $2 > last.closes_on THEN
        RETURN NULL;
    END IF;
    RETURN 'the decision is ' || coalesce(last.after, 'proposed');
END $$;
"""


class Migration(migrations.Migration):
    """Functions on which the triggers of rooms above stand."""

    dependencies: ClassVar = [("decisions", "0003_deciders")]

    operations: ClassVar = [migrations.RunSQL(_HOOKS + _LACKS)]
