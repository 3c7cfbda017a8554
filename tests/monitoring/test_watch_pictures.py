"""Pictures of the watch: sound SVG with every word in it, gaps as gaps, and no style of its own."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

from totalplace.doors.report.pictures import colours
from totalplace.doors.report.pictures.counted import mdc_picture
from totalplace.doors.report.pictures.funnels import funnel_picture
from totalplace.doors.report.pictures.scales import in_unit
from totalplace.doors.report.pictures.signs import assurance_icon, sign_icon, variation_icon
from totalplace.doors.report.pictures.stretches import slots, stretches
from totalplace.doors.report.pictures.watched import watched_picture
from totalplace.monitoring.rules.charts.funnel import Unit, funnel
from totalplace.monitoring.rules.charts.icons import Assurance, Variation
from totalplace.monitoring.rules.charts.xmr import xmr_chart
from totalplace.monitoring.rules.seen import Change, Seen, Shape, Sign
from totalplace.monitoring.rules.watched import Point, Standing, Subject, Watched
from totalplace.outcomes.rules.indicators import Better, Break
from totalplace.outcomes.rules.periods import Period

LOOKS = re.compile(r'class="([^"]*)"')


def a_month(n: int) -> Period:
    """The n-th month from January 2022."""
    first = date(2022 + n // 12, n % 12 + 1, 1)
    after = date(2022 + (n + 1) // 12, (n + 1) % 12 + 1, 1)
    return Period(first, after - timedelta(days=1), f"month {n}")


def a_series(points: list[Point], *, months: int | None = 1) -> Watched:
    """A watched series with a break before its ninth month."""
    return Watched(
        code="outcome/absence", title="Absence <b>", subject=Subject.OUTCOME, place="wexshire",
        area="E1", area_name="Wexshire & Co", unit="%", better=Better.LOWER, months=months,
        points=tuple(points), breaks=(Break(date(2022, 9, 1), "counted anew"),),
    )  # fmt: skip


def points(count: int = 20) -> list[Point]:
    """Points of which one is missing, one partial, one provisional and one set aside."""
    found = [Point(a_month(n), 8.0 + n / 10, low=7.0, high=9.0) for n in range(count)]
    found[3] = Point(a_month(3), None, Standing.MISSING, "the return was late")
    found[5] = Point(a_month(5), 4.0, Standing.PARTIAL, "two weeks of four")
    found[6] = Point(a_month(6), 800.0, Standing.SET_ASIDE, "a hundred times its neighbours")
    found[-1] = Point(a_month(count - 1), 9.0, Standing.PROVISIONAL)
    return found


def a_change(sign: Sign = Sign.WORSE, shape: Shape = Shape.STEP) -> Change:
    """A change at the thirteenth month."""
    return Change(
        sign, shape, a_month(12), a_month(11), a_month(14), a_month(15), 3,
        before=8.0, after=9.6, size=1.6, size_low=1.1, size_high=2.1, evidence=500, limit=100,
    )  # fmt: skip


def seen(change: Change | None = None) -> Seen:
    """What is seen of it."""
    sign = change.sign if change else Sign.STEADY
    return Seen(sign, a_month(19), now=change, usual=9.6, usual_low=8.5, usual_high=10.7)


def pictures_in(figure: str) -> list[ET.Element]:
    """The SVG elements of a figure, each well formed."""
    found = re.findall(r"<svg.*?</svg>", figure, re.DOTALL)
    return [ET.fromstring(one) for one in found]  # noqa: S314 - our own


def is_sound(figure: str) -> None:
    """A figure at three widths, named and told, without style, script or a look that is unknown."""
    drawn = pictures_in(figure)
    assert len(drawn) == 3
    for one in drawn:
        assert one.get("role") == "img"
        assert one[0].tag.endswith("title")
        assert one[1].tag.endswith("desc")
        assert one[1].text
    assert "style=" not in figure
    assert "<script" not in figure
    assert "NaN" not in figure
    known = colours.style()
    looks = {look for classes in LOOKS.findall(figure) for look in classes.split()}
    assert all(f".{look}" in known for look in looks)
    marks = re.findall(r'id="([^"]+)"', figure)
    assert len(marks) == len(set(marks))


def test_a_watched_series_is_drawn_with_its_change_and_the_days_it_may_have_begun() -> None:
    figure = str(watched_picture(a_series(points()), seen(a_change()), target=7.5))
    is_sound(figure)
    assert "Absence &lt;b&gt;, Wexshire &amp; Co" in figure
    assert "Worse, at once, since month 12 (between month 11 and month 14)" in figure
    assert "from 8.0% to 9.6%, a change of 1.1% to 2.1%. First told at month 15." in figure
    assert "Usual range: 8.5% to 10.7%" in figure
    assert "Target: 7.5%" in figure
    assert "The line stops: counted anew." in figure
    assert "month 3: no figure (missing, the return was late)" in figure
    assert "month 6: 800.0% (set aside, a hundred times its neighbours)" in figure
    assert "month 5: 4.0% (only part of it was in, two weeks of four)" in figure


def test_a_figure_that_is_set_aside_does_not_flatten_the_scale() -> None:
    figure = str(watched_picture(a_series(points()), seen()))
    assert re.search(r">1\d\d<|>[2-9]\d\d<", figure) is None


def test_no_line_is_drawn_across_a_gap_a_break_or_a_point_that_is_no_news() -> None:
    whole = [Point(a_month(n), 8.0) for n in range(20)]
    lines = re.compile(r'<line [^>]*class="k0" stroke-width="2.2" stroke-linecap')
    # Nineteen joints, of which one crosses the break; at each of three widths.
    assert len(lines.findall(str(watched_picture(a_series(whole), seen())))) == 18 * 3
    assert len(lines.findall(str(watched_picture(a_series(points()), seen())))) == 13 * 3
    left_out = [one for n, one in enumerate(whole) if n not in {13, 14}]
    assert len(lines.findall(str(watched_picture(a_series(left_out), seen())))) == 15 * 3


def test_a_period_that_is_left_out_keeps_its_room() -> None:
    some = [one for n, one in enumerate(points()) if n not in {9, 10}]
    assert slots(a_series(some)) == (*range(9), *range(11, 20))
    assert slots(a_series(some, months=None)) == tuple(range(18))


def test_levels_are_flat_after_a_step_and_slope_over_a_slide() -> None:
    watched = a_series(points())
    places = slots(watched)
    before, after = stretches(watched, seen(a_change()), places)
    assert (before.first, before.last, before.begins, before.ends) == (8, 11, 8.0, 8.0)
    assert (after.first, after.last, after.begins, after.ends) == (12, 19, 9.6, 9.6)
    assert (after.since_from, after.since_to) == (11, 14)
    slide = stretches(watched, seen(a_change(shape=Shape.SLIDE)), places)[1]
    assert (slide.begins, slide.ends) == (8.0, 9.6)
    (steady,) = stretches(watched, seen(), places)
    assert (steady.first, steady.begins) == (8, 9.6)


def test_a_series_without_any_value_has_no_picture() -> None:
    nothing = [Point(a_month(n), None, Standing.MISSING) for n in range(3)]
    assert watched_picture(a_series(nothing), Seen(Sign.TOO_FEW, None)) == ""
    one = watched_picture(a_series([Point(a_month(0), 5.0)]), Seen(Sign.TOO_FEW, None))
    is_sound(str(one))


def test_a_chart_by_the_users_rules_tells_each_point_by_its_shape_too() -> None:
    values: list[float | None] = [5.0, 5.2, 4.9, 5.1, 5.0, 4.8, 5.2, 5.0, None, 5.1, 4.9, 9.0]
    chart = xmr_chart(values, better=Better.LOWER, target=5.5)
    names = [f"month {n}" for n in range(12)]
    figure = str(mdc_picture(chart, title="Waits", periods=names, unit="days"))
    is_sound(figure)
    assert "month 11: 9.0 days: concern, outside a limit" in figure
    assert "month 8: no figure" in figure
    assert figure.count('<path d="M') >= 3  # the diamond of a concern, at each width
    assert "These rules call the latest figure a concern" in figure
    with pytest.raises(ValueError, match="has a period"):
        mdc_picture(chart, title="Waits", periods=names[:3])


def test_a_chart_that_begins_anew_says_where() -> None:
    values = [5.0, 5.2] * 6 + [7.0, 7.1] * 6
    chart = xmr_chart(values, better=Better.NEITHER, rebased_at=[12])
    names = [f"month {n}" for n in range(24)]
    figure = str(mdc_picture(chart, title="Waits", periods=names))
    is_sound(figure)
    assert "1. The lines begin anew at month 12." in figure
    lines = re.findall(r'<line [^>]*class="k8" stroke-width="1.8" stroke-linecap', figure)
    assert len(lines) == 22 * 3


def test_a_funnel_names_who_stands_out_and_marks_the_readers_own() -> None:
    units = [Unit(f"u{n}", f"Unit <{n}>", 80.0 + n % 5, 1000.0 + 400 * n) for n in range(30)]
    units[4] = Unit("u4", "Unit <4>", 900.0, 2600.0)
    found = funnel(units, better=Better.LOWER)
    figure = str(funnel_picture(found, title="Absence", unit="%", size_name="pupils", own="u7"))
    is_sound(figure)
    assert "Unit &lt;4&gt;: 34.6%. Worse than all together by more than chance." in figure
    assert "Size: pupils" in figure
    assert "this place" in figure
    few = funnel(units[:2], better=Better.LOWER)
    assert funnel_picture(few, title="Absence") == ""


@pytest.mark.parametrize("sign", list(Sign))
def test_each_sign_is_told_by_words_and_by_a_shape_of_its_own(sign: Sign) -> None:
    drawn = str(sign_icon(sign))
    ET.fromstring(drawn)  # noqa: S314 - our own
    assert f'aria-label="{sign.value}"' in drawn
    assert f"<title>{sign.value}</title>" in drawn
    assert "style=" not in drawn
    assert 'aria-hidden="true"' in str(sign_icon(sign, words_beside=True))
    plain = re.compile(r"#[0-9a-f]{6}")
    others = {plain.sub("", str(sign_icon(one, words_beside=True))) for one in Sign if one != sign}
    assert plain.sub("", str(sign_icon(sign, words_beside=True))) not in others


def test_each_icon_of_the_users_rules_is_told_without_its_colour() -> None:
    plain = re.compile(r"#[0-9a-f]{6}")
    for drawn in (
        [str(variation_icon(one)) for one in Variation],
        [str(assurance_icon(one)) for one in Assurance],
    ):
        for one in drawn:
            ET.fromstring(one)  # noqa: S314 - our own
        assert len({plain.sub("", one) for one in drawn}) == len(drawn)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "said"),
    [
        (None, "%", 1, "no figure"), (2.25, "%", 1, "2.3%"), (-0.04, "%", 1, "0.0%"),
        (1234567.0, "£", 0, "£1,234,567"), (-5.0, "£", 0, "-£5"), (3.0, "days", 0, "3 days"),
        (0.5, "", 2, "0.50"),
    ],
)  # fmt: skip
def test_a_value_is_said_in_its_unit(
    value: float | None, unit: str, decimals: int, said: str
) -> None:
    assert in_unit(value, unit, decimals) == said
