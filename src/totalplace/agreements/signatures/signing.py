"""Signing a printed agreement: PAdES with the time and what was revoked then kept in the file.

Each signature adds to the file and changes nothing that is in it, so earlier ones stay whole.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from totalplace.agreements.signatures.authority import TestAuthority
from totalplace.agreements.signatures.paper import Signatory, box_of, require_documents, stamp
from totalplace.decisions.rules.days import in_words
from totalplace.refusal import Refused

Result = TypeVar("Result")
_LONGEST: Final = 150  # letters of a line in the box
_STAMP_SECONDS: Final = 20  # for a time-stamper to answer


@dataclass(frozen=True, slots=True)
class Credentials:
    """With what somebody signs: a certificate and key, who tells the time, and whom one trusts."""

    signer: Any  # pyHanko's
    times: Any
    trusted: tuple[Any, ...]
    lists: tuple[bytes, ...] = ()  # of what was revoked, as it stands now
    online: bool = False  # whether such lists may be asked for


@dataclass(frozen=True, slots=True)
class Said:
    """What is shown in the box: who signs, for whom, under which power, and when."""

    name: str
    agency: str
    power: str
    at: datetime


def by_test_authority(
    authority: TestAuthority, name: str, agency: str, *, on: datetime
) -> Credentials:
    """A new TEST certificate for one signature. Raises Refused where nothing can be signed here."""
    require_documents()
    from asn1crypto import keys, x509  # type: ignore[import-untyped]
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps import DummyTimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store: Any = SimpleCertificateStore
    root = x509.Certificate.load(authority.root.certificate_der)
    times = x509.Certificate.load(authority.times.certificate_der)
    issued = authority.issue(name, agency, on=on)
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(issued.certificate_der),
        signing_key=keys.PrivateKeyInfo.load(issued.key_der),
        cert_registry=store.from_certs([root]),
    )
    stamper = DummyTimeStamper(
        times, keys.PrivateKeyInfo.load(authority.times.key_der),
        certs_to_embed=store.from_certs([root]), fixed_dt=on,
    )  # fmt: skip
    return Credentials(signer, stamper, (root,), (authority.revoked(on=on),))


def by_own_certificate(
    pkcs12: bytes, passphrase: str, *, times_url: str, trusted: Sequence[bytes] = ()
) -> Credentials:
    """A certificate of one's own, in PKCS#12, and the address of a time-stamping authority.

    `trusted` are more roots, as DER. Raises Refused where the file or the passphrase is not right.
    """
    require_documents()
    from asn1crypto import x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper

    signer = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=passphrase.encode())
    if signer is None:
        raise Refused(
            "The certificate cannot be used",
            why="the file is no PKCS#12, or the passphrase is another",
            next_step="Give the .p12 file of your authority and its passphrase",
        )
    roots = [one for one in signer.cert_registry if one.self_signed in ("yes", "maybe")]
    roots += [x509.Certificate.load(one) for one in trusted]
    stamper = HTTPTimeStamper(times_url, timeout=_STAMP_SECONDS)  # type: ignore[no-untyped-call]
    return Credentials(signer, stamper, tuple(roots), online=True)


def with_fields(printed: bytes, signatories: Sequence[Signatory]) -> bytes:
    """A printed agreement with an empty field for each signature, where its box is.

    The same print gives the same bytes: whoever signs elsewhere goes on from these.
    """
    from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    class Writer(IncrementalPdfFileWriter):
        """Writes neither the time nor anything at random into the file."""

        def _update_meta(self) -> None:
            pass

    writer = Writer(io.BytesIO(printed))
    own = ByteStringObject(sha256(printed).digest()[:16])
    writer._document_id = ArrayObject([writer.document_id[0], own])  # noqa: SLF001  # no other way
    for one in signatories:
        box = box_of(one.number, len(signatories))
        left, lower, right, upper = map(round, box.corners)
        spec = SigFieldSpec(
            one.field, on_page=-1 - box.pages_from_end, box=(left, lower, right, upper)
        )
        append_signature_field(writer, spec)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def signed(before: bytes, signatory: Signatory, said: Said, credentials: Credentials) -> bytes:
    """A file with one more signature, in long-term form (PAdES B-LTA).

    Raises Refused where the certificate, or the time-stamper, does not do.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.general import SigningError

    # It warns that nothing is fetched; a test authority has nothing to fetch.
    logging.getLogger("pyhanko").setLevel(logging.ERROR)
    meta = signers.PdfSignatureMetadata(
        field_name=signatory.field,
        name=said.name,
        reason=f"For {said.agency}. {said.power}",
        **_long_term(credentials, said.at),
    )
    out = io.BytesIO()

    def sign(box: Path) -> None:
        signer = signers.PdfSigner(
            meta, credentials.signer, timestamper=credentials.times, stamp_style=_style(box)
        )
        signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(before)), output=out)

    try:
        with TemporaryDirectory() as folder:
            box = Path(folder) / "box.pdf"
            box.write_bytes(stamp(_lines(said, credentials)))
            alone(lambda: sign(box))
    except (SigningError, OSError, ValueError) as wrong:
        raise Refused(
            "The agreement could not be signed",
            why=f"the certificate or the time-stamper does not do ({wrong})",
            next_step="Try another certificate, or again once the time-stamper answers",
        ) from wrong
    return out.getvalue()


def renewed(before: bytes, credentials: Credentials, *, on: datetime) -> bytes:
    """A signed file with one more time stamp over all of it, before the last one's runs out."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.signers import PdfTimeStamper

    stamper, chained, out = PdfTimeStamper(credentials.times), io.BytesIO(), io.BytesIO()
    context = _context(credentials, on)

    def renew() -> None:
        reader = PdfFileReader(io.BytesIO(before))
        stamper.update_archival_timestamp_chain(reader, context, in_place=False, output=chained)
        # What that adds behind its stamp is covered by one more.
        writer = IncrementalPdfFileWriter(io.BytesIO(chained.getvalue()))
        stamper.timestamp_pdf(
            writer, "sha256", context, dss_settings=_before_its_stamp(), output=out
        )

    alone(renew)
    return out.getvalue()


def _long_term(credentials: Credentials, on: datetime) -> dict[str, Any]:
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings

    return {
        "subfilter": SigSeedSubFilter.PADES,
        "md_algorithm": "sha256",
        "embed_validation_info": True,
        "use_pades_lta": True,
        "validation_context": _context(credentials, on),
        "dss_settings": DSSContentSettings(include_vri=False, next_ts_settings=_before_its_stamp()),
    }


def _before_its_stamp() -> Any:
    """What is known of the time-stamper goes in before its stamp, so that the stamp covers all."""
    from pyhanko.sign.signers.pdf_signer import TimestampDSSContentSettings

    return TimestampDSSContentSettings(include_vri=False, update_before_ts=True)


def _context(credentials: Credentials, on: datetime) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(credentials.trusted),
        crls=list(credentials.lists),
        allow_fetching=credentials.online,
        revocation_mode="soft-fail" if credentials.online else "require",
        moment=None if credentials.online else on,
    )


def _lines(said: Said, credentials: Credentials) -> tuple[str, ...]:
    by = credentials.signer.signing_cert.subject.human_friendly
    return (
        f"Signed by {said.name} for {said.agency}",
        f"{in_words(said.at.date())}, {said.at:%H:%M} UTC",
        f"Under: {said.power}"[:_LONGEST],
        f"Certificate: {by}"[:_LONGEST],
    )


def _style(box: Path) -> Any:
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.stamp import StaticStampStyle

    page: Any = ImportedPdfPage
    return StaticStampStyle(background=page(str(box)), background_opacity=1.0, border_width=0)


def alone(work: Callable[[], Result]) -> Result:
    """Do something in a thread of its own: the library runs an event loop, and there may be one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()
