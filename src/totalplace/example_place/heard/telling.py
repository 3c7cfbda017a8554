"""What came of the hearing of the example place, in words."""

from __future__ import annotations

from totalplace.example_place.heard.course import Heard


def in_words(heard: Heard) -> str:
    """A few lines: who spoke, what changed, and what the machine found of what was planted."""
    last = heard.targets.last
    several = len(last.targets) if last else 0
    found, planted = heard.themes.found, (*heard.themes.found, *heard.themes.missed)
    spoke = f"{heard.answers} residents answered; {heard.changed} of {heard.points} points that "
    adopted = f"{several} targets are adopted by the full council: "
    lines = [
        f"{spoke}were raised changed the targets. {_silent(heard)}",
        f"{adopted}see /outcomes/targets/{heard.targets.place}/ once it is served.",
    ]
    lines.append(
        f"{heard.guarantees} national guarantees stand beside them: see /entitlements/ there."
    )
    if heard.themes.proposed:
        said = f"{len(found)} of {len(planted)} planted themes were found by the machine"
        missed = "; ".join(heard.themes.missed)
        lines.append(f"{said}{f', a person found: {missed}' if missed else ''}.")
    return "\n".join(lines)


def _silent(heard: Heard) -> str:
    if not heard.silent:
        return "No agency was silent."
    return f"{' and '.join(heard.silent)} said nothing, which is no consent and stops nothing."
