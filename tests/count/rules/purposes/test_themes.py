"""A place's own themes: a service shared between several, to the penny."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from totalplace.count.definitions.services import services
from totalplace.count.definitions.themes import themes_of
from totalplace.refusal import Refused

PAGE = Path(__file__).parents[4] / "docs" / "explanation" / "purposes.md"
THEMES = """
title: Themes of Wexshire
why: The partnership of Wexshire plans by these.
owner: partnership board
as_of: 2026-04-01
review_by: 2027-04-01
sources: [Wexshire partnership plan 2026]
themes:
  children: {title: A good start}
  living: {title: Living well}
services:
  education: {children: 1000}
  public_health: {children: 335, living: 665}
"""


def test_a_service_may_belong_to_several_themes() -> None:
    themes = themes_of(THEMES)
    assert themes.title == "Themes of Wexshire"
    assert themes.parts["public_health"] == {"A good start": 335, "Living well": 665}
    assert themes.share("public_health", 1001) == {"children": 335, "living": 666}


def test_a_service_that_is_not_named_belongs_to_no_theme() -> None:
    assert themes_of(THEMES).share("housing", 500) == {"": 500}


@given(st.integers(-(10**12), 10**12), st.sampled_from(sorted(services())))
def test_shares_of_themes_add_up_to_the_penny(pence: int, service: str) -> None:
    assert sum(themes_of(THEMES).share(service, pence).values()) == pence


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("living: 665", "living: 600", "at services.public_health: its weights come to 935"),
        ("living: 665", "living: 0.665", "at services.public_health.living: 0.665 is no whole"),
        ("living: 665", "leaving: 665", "at services.public_health.leaving: it is no theme"),
        ("living: 665", "living: yes", "at services.public_health.living: True is no whole"),
        ("education:", "schools:", "at services.schools: it is no service of the list"),
        ("owner:", "holder:", "at holder: nobody knows this key"),
        ("why: The partnership of Wexshire plans by these.\n", "", "at why: it is missing"),
        ("title: Living well", "name: Living well", "at themes.living: it should have a title"),
        ("title: Living well", "title: A good start", "at themes.living: another theme is called"),
        ("as_of: 2026-04-01", "as_of: 2028-04-01", "at review_by: it should be after as_of"),
        ("as_of: 2026-04-01", "as_of: soon", "at as_of: it should be a day"),
        ("{children: 335, living: 665}", "{children: 1000}", "at themes.living: no service"),
        ("{children: 1000}", "{}", "at services.education: it should hold names"),
        ("public_health:", "education:", "at education: it stands twice, again in line 13"),
        ("[Wexshire partnership plan 2026]", "[]", "at sources: it should be a list"),
        ("title: Themes of Wexshire", 'title: "', "it is not written as YAML is"),
        (THEMES, "", "at the file: it should hold names"),
    ],
)  # fmt: skip
def test_themes_that_are_wrong_are_refused_at_the_key(before: str, after: str, says: str) -> None:
    assert before in THEMES
    with pytest.raises(Refused, match=re.escape(says)):
        themes_of(THEMES.replace(before, after))


def test_the_sample_of_the_manual_is_read_and_covers_every_service_that_is_spent_on() -> None:
    (sample,) = re.findall(r"```yaml\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    apart = {"passed_on", "not_spending", "unclassified"}
    assert set(themes_of(sample).weights) == set(services()) - apart
