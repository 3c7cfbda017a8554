"""Checking a signed file: who signed what and when, and whether anything was changed since.

It is checked as of a moment that is given, so that it can be seen today what will be seen in ten
years: by the time stamps in the file, and by what was known then of certificates.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from totalplace.agreements.signatures.paper import ATTACHED, require_documents
from totalplace.agreements.signatures.signing import alone
from totalplace.refusal import Refused

LARGEST: Final = 20 * 1024 * 1024  # bytes of a file
MOST: Final = 100  # signatures
_LARGEST_TEXT: Final = 4 * 1024 * 1024  # bytes of the attached text


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as it was found. `at` is the time that the time-stamper told, if it is sound.

    `intact`: what it covers is what was signed, and nothing was done since that may not be.
    `valid`: besides, its certificate is of an authority that is known here, and held then.
    """

    field: str
    signer: str
    organisation: str
    said: str  # the reason that it gives: for whom, and under which power
    at: datetime | None
    intact: bool
    valid: bool
    why_not: str
    certificate: str  # its digest: SHA-256, in hexadecimal
    test: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a file: signatures in their order, empty fields, and the text in it."""

    signatures: tuple[Signed, ...]
    empty: tuple[str, ...]
    text: str | None  # as it was when the first was signed; None: there is none in it
    added_since: bool  # something stands behind the last signature and its time stamp

    @property
    def intact(self) -> bool:
        """Whether somebody signed, and nothing was changed."""
        signed = bool(self.signatures) and all(one.intact for one in self.signatures)
        return signed and not self.added_since

    @property
    def valid(self) -> bool:
        """Whether it is intact and every certificate is known and held."""
        return self.intact and all(one.valid for one in self.signatures)


def verified(
    content: bytes, *, roots: Sequence[bytes], lists: Sequence[bytes] = (), on: datetime
) -> Report:
    """What a signed file says, as of a moment. `roots` are the authorities that are known: DER.

    `lists` are what they have revoked, as known now. Raises Refused for what is no such file.
    """
    require_documents()
    from pyhanko.pdf_utils.reader import PdfFileReader

    if len(content) > LARGEST:
        raise _refused(f"it is larger than {LARGEST // 1024 // 1024} MB")
    if not content.startswith(b"%PDF-"):
        raise _refused("it is no PDF")
    # What a library would say of somebody's file is in the report; the log is not for it.
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    try:
        reader = PdfFileReader(io.BytesIO(content))
        found = list(reader.embedded_regular_signatures)
        _check_number(len(found))
        last = _last_stamp_ends(reader)
        checked = alone(lambda: [_checked(one, roots, lists, on, last) for one in found])
        return Report(
            tuple(checked), _empty(reader), _text(reader, found), _added_since(reader, content)
        )
    except Refused:
        raise
    except Exception as wrong:  # a file made to break a reader breaks it in any way there is
        raise _refused("its inside is broken, or was never that of a signed agreement") from wrong


def _check_number(signatures: int) -> None:
    if signatures > MOST:
        raise _refused(f"it has more than {MOST} signatures")


def _checked(
    one: Any, roots: Sequence[bytes], lists: Sequence[bytes], on: datetime, last: datetime | None
) -> Signed:
    """One signature. What cannot be checked is not valid, and it is said why."""
    import asyncio

    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation.ades import ades_lta_validation
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

    timing = ValidationTimingInfo(
        validation_time=on, best_signature_time=on, point_in_time_validation=True
    )
    intact, valid, why, at = False, False, "it cannot be read", None
    try:
        result = asyncio.run(ades_lta_validation(one, _spec(roots, lists), timing_info=timing))
        status = result.api_status
        if isinstance(status, PdfSignatureStatus):
            sound = status.coverage is not None and status.docmdp_ok is not False
            changed = status.modification_level is not None and status.modification_level.value > 2
            intact = status.intact and status.valid and sound and not changed
        valid = intact and result.ades_subindic is AdESPassed.OK
        at = result.best_signature_time if intact else None
        why = "" if valid else _why_not(result, intact=intact)
        # The library believes a chain of stamps whose last certificate has run out; we do not.
        if valid and (last is None or on > last):
            valid, why = False, "its last time stamp has run out, and nobody renewed it in time"
    except Exception as wrong:  # noqa: BLE001  # whatever a hostile file raises is not valid
        why = f"it cannot be checked ({type(wrong).__name__})"
    subject = one.signer_cert.subject.native
    name, agency = (str(subject.get(key, "")) for key in ("common_name", "organization_name"))
    return Signed(
        field=str(one.field_name), signer=name, organisation=agency,
        said=str(one.sig_object.get("/Reason", "")), at=at, intact=intact, valid=valid,
        why_not=why, certificate=one.signer_cert.sha256.hex(), test=name.startswith("TEST"),
    )  # fmt: skip


def _why_not(result: Any, *, intact: bool) -> str:
    if not intact:
        return "the document was changed after it was signed"
    name = str(getattr(result.ades_subindic, "name", "")).lower().replace("_", " ")
    if "chain" in name:
        return "its certificate is of an authority that is not known here"
    if "revoked" in name:
        return "its certificate was revoked"
    return f"its certificate or time stamp does not hold ({name})"


def _spec(roots: Sequence[bytes], lists: Sequence[bytes]) -> Any:
    """Of whom certificates are believed, and what is known of those that were revoked."""
    from asn1crypto import crl, x509  # type: ignore[import-untyped]
    from pyhanko.sign.validation.policy_decl import (
        LocalKnowledge,
        PdfSignatureValidationSpec,
        RevinfoOnlineFetchingRule,
        RevocationInfoGatheringSpec,
        SignatureValidationSpec,
    )
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager
    from pyhanko_certvalidator.revinfo.archival import CRLContainer

    trusted = SimpleTrustManager.build([x509.Certificate.load(one) for one in roots])
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            CertValidationPolicySpec(trusted, CertRevTrustPolicy(REQUIRE_REVINFO)),
            RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
            local_knowledge=LocalKnowledge(
                known_crls=[CRLContainer(crl.CertificateList.load(one)) for one in lists]
            ),
        )
    )


def _empty(reader: Any) -> tuple[str, ...]:
    from pyhanko.sign.fields import enumerate_sig_fields

    return tuple(str(name) for name, _, _ in enumerate_sig_fields(reader, filled_status=False))


def _text(reader: Any, found: Sequence[Any]) -> str | None:
    """The attached text as it was when the first was signed."""
    root = reader.get_historical_root(found[0].signed_revision) if found else reader.root
    try:
        names = root["/Names"]["/EmbeddedFiles"]["/Names"]
    except KeyError:
        return None
    for at in range(1, len(names), 2):
        spec = names[at]
        if str(spec["/UF"] if "/UF" in spec else spec["/F"]) == ATTACHED:
            held: bytes = spec["/EF"]["/F"].data
            if len(held) > _LARGEST_TEXT:
                raise _refused("the text in it is too long")
            return held.decode()
    return None


def _last_stamp_ends(reader: Any) -> datetime | None:
    """Until when the certificate of the last time stamp over the file holds; None: it has none."""
    stamps = list(reader.embedded_timestamp_signatures)
    if not stamps:
        return None
    ends: datetime = stamps[-1].signer_cert.not_valid_after
    return ends


def _added_since(reader: Any, content: bytes) -> bool:
    """Whether something stands behind the last signature or time stamp, or beside one in its gap.

    A signature does not cover the gap in which it stands itself: it is filled up with noughts.
    """
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    every = list(reader.embedded_signatures)
    if not every:
        return False
    last = every[-1]
    last.compute_integrity_info()
    behind = last.evaluate_signature_coverage() is not SignatureCoverageLevel.ENTIRE_FILE
    return behind or not all(_gap_is_whole(one.byte_range, content) for one in every)


def _gap_is_whole(byte_range: Any, content: bytes) -> bool:
    start, length, rest, _ = (int(one) for one in byte_range)
    gap = content[start + length : rest].strip(b"<>")
    if gap not in (gap.lower(), gap.upper()):
        return False
    held = bytes.fromhex(gap.decode("ascii"))
    # Its length stands in its second byte, or in as many as that says (X.690, 8.1.3).
    more = held[1] & 0x7F if held[1] & 0x80 else 0
    size = 2 + more + (int.from_bytes(held[2 : 2 + more]) if more else held[1])
    return not any(held[size:])


def _refused(why: str) -> Refused:
    return Refused(
        "The file cannot be checked",
        why=why,
        next_step="Give the signed PDF as you received it",
    )
