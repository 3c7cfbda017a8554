"""An edition opened to be read: the count as it was frozen, from its own files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from totalplace.count.definitions.services import services
from totalplace.count.queries.editions import BESIDE, EditionRow, folder_of, read_frozen
from totalplace.count.queries.known import counted_bodies
from totalplace.count.queries.whole_place import numbers_of
from totalplace.count.rules.purposes.services import Service
from totalplace.count.rules.rulings import Ruling
from totalplace.count.rules.whole_place.beside import FORM, Beside, FileTold, beside_of, whole_of
from totalplace.count.rules.whole_place.flows import Flow, Treatment, matrix
from totalplace.count.rules.whole_place.frozen import Plain, lines_of, rulings_of
from totalplace.count.rules.whole_place.read_back import read_back
from totalplace.count.rules.whole_place.statements import Bridge, Statement
from totalplace.count.rules.whole_place.whole import SourceUsed, WholePlace
from totalplace.places import queries as places
from totalplace.refusal import Refused
from totalplace.sources.home import Home

_KEPT: Final = 16  # editions held in memory; one of a county takes a few MB


@dataclass(frozen=True, slots=True)
class Opened:
    """A frozen count with all that its pages show: nothing of it is computed from other files."""

    whole: WholePlace
    services: dict[str, Service]
    rulings: tuple[Ruling, ...]
    files: tuple[FileTold, ...]
    statements: tuple[Statement, ...]
    bridges: tuple[Bridge, ...]
    receivers: dict[str, str]  # the agency of each counted body that was paid, by its code
    plain: Plain
    is_told: bool  # False of an edition made before names and files were frozen beside it

    def files_of(self, agency: str, what: str = "") -> list[FileTold]:
        """The files that an agency's figures were read from; of payments, or of one form."""
        return [f for f in self.files if f.agency == agency and what in ("", f.what)]


def opened(home: Home, edition: EditionRow) -> Opened:
    """An edition as it was frozen. Raises Refused where its files are gone or cannot be read.

    Kept in memory by its hash: an edition never changes. What was made before names and files
    were frozen too, is told with the names that are registered today.
    """
    return _opened(home.root, edition.digest, edition.place, edition.citation)


@lru_cache(maxsize=_KEPT)
def _opened(root: Path, digest: str, place: str, citation: str) -> Opened:
    folder = folder_of(Home(root), digest)
    said = read_frozen(folder / "edition.json", citation)
    told = _told(folder / BESIDE, citation)
    is_told = told is not None
    if told is None:
        told = _told_today(said, place)
    return Opened(
        whole=whole_of(said, told),
        services={s.code: s for s in told.services},
        rulings=tuple(rulings_of(said)),
        files=told.files,
        statements=told.statements,
        bridges=told.bridges,
        receivers=told.receivers,
        plain=said,
        is_told=is_told,
    )


def _told(path: Path, citation: str) -> Beside | None:
    if not path.exists():
        return None
    try:
        return beside_of(read_frozen(path, citation))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            f"Edition {citation} cannot be shown",
            why=f"what was frozen beside it cannot be read: {error}",
            next_step="Use a newer version of the program, or look at it with: "
            f"totalplace count show {citation}",
        ) from error


def _told_today(said: Plain, place: str) -> Beside:
    """What can be told beside an old edition: names of today, and no file but its hash."""
    flows = read_back(tuple[Flow, ...], said["flows"])
    net = lines_of(said, "net_lines")
    members = [m.agency for m in places.members(place)]
    names = {x.agency: x.agency_name for x in (*net, *lines_of(said, "gross_lines"))}
    names |= {m.code: m.name for m in members}
    counted = {**_own(flows), **counted_bodies(members).agencies}
    return Beside(
        form=FORM,
        place_name=places.place(place).name,
        people_source="",
        names=names,
        numbers=numbers_of(net),
        cells=matrix(flows, counted).cells,
        receivers={f.receiver: counted[f.receiver] for f in flows if f.receiver in counted},
        checked=(),
        sources=tuple(SourceUsed(sha256, sha256[:12], "", "", "") for sha256 in said["files"]),
        stood_for=(),
        known=(),
        notes=(),
        services=tuple(services().values()),
        files=(),
        statements=(),
        bridges=(),
        payments=None,
    )


def _own(flows: Sequence[Flow]) -> dict[str, str]:
    """Receivers that are no members today stand for themselves."""
    gone = [f.receiver for f in flows if f.treatment is Treatment.ELIMINATED]
    return {code: code.removeprefix("agency:") for code in gone}
