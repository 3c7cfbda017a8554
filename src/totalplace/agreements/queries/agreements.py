"""Agreements: the versions of their text, where they stand, who signed, and what is in force."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import QuerySet

from totalplace.agreements import models
from totalplace.agreements.definitions.reading import model as model_of
from totalplace.agreements.rules.checklist import stakes
from totalplace.agreements.rules.devolution import Model, Side
from totalplace.agreements.rules.lifecycle import HOLDS, Stage, Verb
from totalplace.agreements.rules.terms import Terms
from totalplace.agreements.wording import terms_of
from totalplace.participation.rules.freezing import Affected
from totalplace.places import queries as places
from totalplace.places.rules.kinds import code_is_sound
from totalplace.places.rules.mandates import Act, Who
from totalplace.record.rules.chain import Citation
from totalplace.refusal import Refused

AGREEMENT, VARIATION = "agreement", "variation"  # the kinds of citation
_LONGEST = 10  # digits of a number


@dataclass(frozen=True)
class VersionRow:
    """The text as it stood from a moment on. `variation` 0 is the agreement itself."""

    id: int
    agreement: str  # PLACE/NUMBER
    number: int
    variation: int
    side: Side
    text: str
    digest: str
    because: int | None  # the answer that led to it
    reason: str
    to_be_heard: bool
    by: str
    on: datetime

    @cached_property
    def terms(self) -> Terms:
        """What it says."""
        return terms_of(self.text)

    @property
    def about(self) -> Citation:
        """What is heard and decided: the agreement, or its variation."""
        if self.variation:
            return Citation(VARIATION, f"{self.agreement}/{self.variation}")
        return Citation(AGREEMENT, self.agreement)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One move, as it stands on the record."""

    turn: int
    verb: Verb
    before: Stage
    after: Stage
    side: Side
    version: int
    day: date
    decision: str
    reason: str
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Who signed for whom, under which power, when; and the digests of text, file, certificate."""

    version: int
    turn: int
    agency: str
    agency_name: str
    name: str
    power: str
    day: date
    digest: str
    file_digest: str
    certificate: str
    test: bool
    by: str
    on: datetime


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """That a side would suspend, resume or end it, or gives notice that it ends on a day."""

    turn: int
    verb: Verb
    side: Side
    agency: str
    day: date
    ends_on: date | None
    reason: str
    by: str


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with its versions, its moves and its signatures."""

    id: int
    place: str
    place_name: str
    number: int
    negotiation: int | None
    model: Model
    by: str
    on: datetime
    versions: tuple[VersionRow, ...]
    moves: tuple[MoveRow, ...]
    consents: tuple[ConsentRow, ...]
    signatures: tuple[SignatureRow, ...]

    @property
    def citation(self) -> Citation:
        """As it is cited: agreement wexshire/1."""
        return Citation(AGREEMENT, f"{self.place}/{self.number}")

    @property
    def title(self) -> str:
        """What it is called."""
        return (self.in_force or self.last).terms.title

    @property
    def last(self) -> VersionRow:
        """Its last version."""
        return self.versions[-1]

    @property
    def kept(self) -> Stage:
        """Where it stands by its moves."""
        return self.moves[-1].after if self.moves else Stage.DRAFT

    @property
    def public(self) -> bool:
        """Whether anybody may read it: it was laid open."""
        return any(move.verb is Verb.LAY_OPEN for move in self.moves)

    @property
    def in_force(self) -> VersionRow | None:
        """The version that everybody signed last."""
        return self.in_force_on(date.max)

    @property
    def handled(self) -> VersionRow:
        """What is worked on: the last version, unless it was a variation that was dropped."""
        dropped = self.moves and self.moves[-1].verb is Verb.DROP_VARIATION
        held = self.in_force
        return held if dropped and held is not None else self.last

    @property
    def last_day(self) -> date | None:
        """On which it holds: by its own words, or by a notice that was given."""
        held = self.in_force
        days = [held.terms.duration.last] if held and held.terms.duration else []
        days += [one.ends_on for one in self.consents if one.ends_on is not None]
        return min(days) if days else None

    @property
    def ended_on(self) -> date | None:
        """The day on which it was ended; None: it was not."""
        return next((one.day for one in self.moves if one.verb is Verb.END), None)

    def in_force_on(self, on: date) -> VersionRow | None:
        """The version that was in force on a day, as everybody had signed it by then."""
        signed = [m for m in self.moves if m.verb is Verb.COME_INTO_FORCE and m.day <= on]
        return self.version(signed[-1].version) if signed else None

    def stage(self, on: date) -> Stage:
        """Where it stands on a day: it ends, too, when its last day has passed."""
        over = self.last_day is not None and on > self.last_day
        return Stage.ENDED if self.kept in (*HOLDS, Stage.SUSPENDED) and over else self.kept

    def version(self, number: int) -> VersionRow:
        """A version. Raises Refused where there is none of that number."""
        for version in self.versions:
            if version.number == number:
                return version
        raise Refused(
            f"Agreement {self.citation.id} has no version {number}",
            why=f"it has {len(self.versions)}",
            next_step="Choose one of them",
        )

    def signed(self, version: int) -> tuple[SignatureRow, ...]:
        """The signatures of a version, in order."""
        return tuple(one for one in self.signatures if one.version == version)

    def consents_now(self, verb: Verb) -> frozenset[Side]:
        """The sides that have said that they would do something now."""
        turn = len(self.moves) + 1
        return frozenset(
            one.side
            for one in self.consents
            if (one.turn, one.verb) == (turn, verb) and one.ends_on is None
        )


def agreements(place: str = "") -> list[AgreementRow]:
    """Every agreement, or those of a place, drafts too. Raises Refused for no such place."""
    rows = _rows().order_by("place__code", "number")
    if place:
        rows = rows.filter(place_id=places.place(place).id)
    return [_row(row) for row in rows]


def agreement(citation: str) -> AgreementRow:
    """The agreement cited as PLACE/NUMBER. Raises Refused where there is none."""
    place, _, number = citation.removeprefix(f"{AGREEMENT} ").rpartition("/")
    row = None
    if code_is_sound(place) and number.isascii() and number.isdecimal() and len(number) < _LONGEST:
        row = _rows().filter(place__code=place, number=int(number)).first()
    if row is None:
        raise Refused(
            f"There is no agreement {citation}",
            why="none of that place has that number",
            next_step="See them with: totalplace agreements list",
        )
    return _row(row)


def affected_agencies(about: Citation) -> list[Affected]:
    """The agencies with money or a promise in an agreement or variation: a hearing asks them.

    Raises Refused where there is no such agreement, or no such variation of it.
    """
    if about.kind == AGREEMENT:
        return stakes(agreement(about.id).last.terms)
    cited, _, number = about.id.rpartition("/")
    row = agreement(cited)
    for version in reversed(row.versions):
        if version.variation and str(version.variation) == number:
            return stakes(version.terms)
    raise Refused(
        f"There is no variation {about.id}",
        why=f"agreement {cited} has none of that number",
        next_step="See its versions",
    )


def may_read(row: AgreementRow, by: Who | None, on: date) -> bool:
    """Whether somebody may read it: anybody once it is laid open, before that those whose it is."""
    if row.public or places.may(by, Act.READ_UNPUBLISHED, place=row.place, on=on):
        return True
    centre = row.last.terms.of_side(Side.CENTRE)
    return any(
        places.may(by, Act.NEGOTIATE_FOR_CENTRE, agency=party.agency, on=on) for party in centre
    )


def signed_file(row: AgreementRow, version: int, turn: int = 0) -> bytes:
    """The signed PDF of a version: after the last signature, or after that of a turn.

    Raises Refused where nobody has signed it.
    """
    rows = models.AgreementSignature.objects.filter(version_id=row.version(version).id)
    found = (rows.filter(turn=turn) if turn else rows).order_by("-turn").first()
    if found is None:
        raise Refused(
            "There is no signed file",
            why=f"nobody has signed version {version} of agreement {row.citation.id}",
            next_step="Wait until it is signed",
        )
    return bytes(found.file)


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of a file that somebody gave, and of the text in it."""

    file: SignatureRow | None  # the signature after which the file was the very same
    agreement: AgreementRow | None  # whose text it is
    version: VersionRow | None


def known(content: bytes, text: str | None) -> Known:
    """Whether a file and the text in it are on record, byte for byte."""
    row = version = signature = None
    if text is not None:
        digest = hashlib.sha256(text.encode()).hexdigest()
        found = models.AgreementVersion.objects.select_related("agreement__place")
        held = found.filter(digest=digest).order_by("pk").first()
        if held is not None:
            row = agreement(f"{held.agreement.place.code}/{held.agreement.number}")
            version = row.version(held.number) if row.public else None
            row = row if row.public else None
    if row is not None and version is not None:
        file = hashlib.sha256(content).hexdigest()
        signature = next((s for s in row.signed(version.number) if s.file_digest == file), None)
    return Known(signature, row, version)


def _rows() -> QuerySet[models.Agreement]:
    return models.Agreement.objects.select_related("place").prefetch_related(
        "versions", "moves__version", "consents__agency"
    )


def _row(row: models.Agreement) -> AgreementRow:
    cited = f"{row.place.code}/{row.number}"
    moves = sorted(row.moves.all(), key=lambda move: move.turn)
    return AgreementRow(
        id=row.pk, place=row.place.code, place_name=row.place.name, number=row.number,
        negotiation=row.negotiation, model=model_of(row.model), by=row.by, on=row.on,
        versions=tuple(
            _version(one, cited) for one in sorted(row.versions.all(), key=lambda v: v.number)
        ),
        moves=tuple(map(_move, moves)),
        consents=tuple(map(_consent, sorted(row.consents.all(), key=lambda one: one.pk))),
        signatures=tuple(map(_signature, _signatures(row))),
    )  # fmt: skip


def _signatures(row: models.Agreement) -> QuerySet[models.AgreementSignature]:
    # Not the files: they are large, and asked for one by one.
    found = models.AgreementSignature.objects.filter(version__agreement=row).defer("file")
    return found.select_related("version", "party__agency").order_by("version__number", "turn")


def _version(row: models.AgreementVersion, cited: str) -> VersionRow:
    return VersionRow(
        row.pk, cited, row.number, row.variation, Side(row.side), row.text, row.digest,
        row.because, row.reason, row.to_be_heard, row.by, row.on,
    )  # fmt: skip


def _move(row: models.AgreementMove) -> MoveRow:
    return MoveRow(
        row.turn, Verb(row.verb), Stage(row.before), Stage(row.after), Side(row.side),
        row.version.number, row.day, row.decision, row.reason, row.by, row.on,
    )  # fmt: skip


def _consent(row: models.AgreementConsent) -> ConsentRow:
    return ConsentRow(
        row.turn, Verb(row.verb), Side(row.side), row.agency.code, row.day, row.ends_on,
        row.reason, row.by,
    )  # fmt: skip


def _signature(row: models.AgreementSignature) -> SignatureRow:
    return SignatureRow(
        row.version.number, row.turn, row.party.agency.code, row.party.name, row.name, row.power,
        row.day, row.digest, row.file_digest, row.certificate, row.test, row.by, row.on,
    )  # fmt: skip
