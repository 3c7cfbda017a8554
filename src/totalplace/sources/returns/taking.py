"""A file of returns on its way in: known by its content, read by the forms that know it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from totalplace.refusal import Refused
from totalplace.sources.batch import copy_of, copy_whole, hashed, same_content
from totalplace.sources.models import Reading, ReturnReading, SourceFile
from totalplace.sources.reading.bounds import Bounds
from totalplace.sources.reading.names import shown_name
from totalplace.sources.reading.returns_files import Known, known_in, unknown
from totalplace.sources.rules.returns.forms import Form
from totalplace.sources.rules.returns.outcome import Outcome, outcome


@dataclass(frozen=True, slots=True)
class ReturnAdded:
    """A file of returns that is held: what each form found in it, and what was passed over."""

    path: Path
    name: str
    sha256: str
    size: int  # bytes
    outcomes: tuple[Outcome, ...]
    contents: dict[str, str]  # SHA-256 of each document, by its name
    notes: tuple[str, ...] = ()


def take(
    path: Path, forms: Sequence[Form], agency: str, scratch: Path, seen: dict[str, str]
) -> ReturnAdded:
    """Read one file and keep a whole copy of it in `scratch`.

    `seen` names the contents that were taken before in the same run. Raises Refused where the file
    is held, cannot be read, is known to no form, or holds no figure that can be taken.
    """
    state, sha256 = hashed(path)
    name = shown_name(path.name)
    _not_held(name, [sha256], seen)
    inside = scratch / "inside"
    inside.mkdir(exist_ok=True)
    bounds = Bounds()
    known = known_in(path, forms, name=name, bounds=bounds, scratch=inside)
    if not known.by_form:
        raise unknown(name, known)
    _not_held(name, [c for c in known.contents.values() if c != sha256], seen)
    by_code = {form.code: form for form in forms}
    outcomes = tuple(
        _found(by_code[code], known, agency=agency, name=name) for code in sorted(known.by_form)
    )
    copy_whole(path, copy_of(scratch, sha256), name=name, sha256=sha256, state=state)
    return ReturnAdded(path, name, sha256, state[0], outcomes, known.contents, tuple(known.said))


def _found(form: Form, known: Known, *, agency: str, name: str) -> Outcome:
    """What a form finds. Raises Refused where that is no line at all."""
    found = outcome(form, known.by_form[form.code], agency=agency)
    if not found.rows:
        first = found.faults[0] if found.faults else None
        at = f"{first.spot.sheet} {first.spot.address}".strip() if first else ""
        raise Refused(
            f"{name} was not added",
            why=f"no figure in it could be taken; the first fault is in {at}: “{first.found}” "
            f"{first.why}"
            if first
            else "it has not one figure",
            next_step=first.next_step if first else "Fill it in and add it again",
        )
    return found


def _not_held(name: str, contents: Sequence[str], seen: dict[str, str]) -> None:
    """Raises Refused where the same content is held, or was taken before in the same run."""
    for content in contents:
        if content in seen:
            raise same_content(name, seen[content], "in the same run")
        held = SourceFile.objects.filter(sha256=content).first()
        for readings in (ReturnReading.objects, Reading.objects):
            found = readings.filter(content_sha256=content).select_related("file").first()
            held = held or (found.file if found else None)
        if held is not None:
            day = f"on {held.added_at:%d %B %Y}".replace(" 0", " ")
            raise same_content(name, held.name, day)
