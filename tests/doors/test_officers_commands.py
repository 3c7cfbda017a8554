"""`totalplace places`: officers and mandates from the command line, on real records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from totalplace.doors.cli.main import totalplace
from totalplace.refusal import Refused

pytestmark = pytest.mark.django_db


def _run(home: Path, *said: str) -> str:
    found = CliRunner().invoke(totalplace, ["--home", str(home), "places", *said])
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    assert found.exit_code == 0, found.output
    return found.output


def test_an_officer_is_appointed_given_a_mandate_and_loses_it(tmp_path: Path) -> None:
    _run(tmp_path, "add", "wex", "--name", "Wexshire")
    assert "appointed as kp" in _run(tmp_path, "appoint", "kp", "--name", "Karen Price")
    power = ("--power", "Letter of 1 November")
    said = _run(tmp_path, "grant", "kp", "administrator", "--place", "wex", *power)
    assert "kp is administrator of wex" in said
    assert "administrator of wex" in _run(tmp_path, "officers")
    (held,) = json.loads(_run(tmp_path, "mandates", "--json"))
    assert (held["officer"], held["role"], held["power"]) == ("kp", "administrator", power[1])
    number = str(held["number"])
    assert "no longer holds" in _run(tmp_path, "end-mandate", number, "--reason", "moved on")
    (ended,) = json.loads(_run(tmp_path, "mandates", "--json"))
    assert ended["no_longer_from"]


def test_once_there_are_mandates_the_operator_may_no_longer_sign_off(tmp_path: Path) -> None:
    _run(tmp_path, "appoint", "kp", "--name", "Karen Price")
    _run(tmp_path, "grant", "kp", "auditor", "--power", "Engagement letter")
    from datetime import UTC, datetime

    from totalplace.count.actions.rulings import Lines, rule
    from totalplace.count.rules.rulings import Subject
    from totalplace.places import queries
    from totalplace.places.rules.mandates import Act, Operator

    host, now = Operator("host"), datetime.now(UTC)
    assert not queries.may(host, Act.SIGN_OFF, place="wex", on=now)
    _run(tmp_path, "add-agency", "council")
    lines = Lines(payee="Acme")
    assert rule("council", Subject.PURPOSE, lines, said="housing", reason="seen", by=host, on=now)


def test_the_table_of_who_may_do_what_is_shown_for_one_role() -> None:
    found = CliRunner().invoke(totalplace, ["places", "may", "--role", "chief finance officer"])
    assert "sign off an edition" in found.output
    assert "appoint an officer" not in found.output


def test_a_mandate_for_a_place_that_is_not_there_is_refused(tmp_path: Path) -> None:
    _run(tmp_path, "appoint", "kp", "--name", "Karen Price")
    with pytest.raises(Refused, match="nowhere"):
        _run(tmp_path, "grant", "kp", "auditor", "--place", "nowhere", "--power", "x")
