"""A TEST authority: certificates and times for trying signatures out, worth nothing in law.

It is made when it is first needed, on the computer that signs, and stays there. Its name says that
it is a test wherever it is shown. A real signature needs a certificate of a real authority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NAME: Final = "TEST authority of Total Place, no legal force"
_HOUR: Final = timedelta(hours=1)
_YEAR: Final = timedelta(days=365)
ROOT_YEARS: Final = 30
TIMES_YEARS: Final = 15  # of the certificate of the time-stamper: as real ones have
SIGNER_YEARS: Final = 2
_LIST_DAYS: Final = 30  # for how long a list of what is revoked may be used
_FILES: Final = ("root.key", "root.pem", "times.key", "times.pem")

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def certificate_der(self) -> bytes:
        """The certificate as bytes."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def key_der(self) -> bytes:
        """The key as bytes."""
        return self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TestAuthority:
    """A root that issues certificates to signers, and one that says what time it is."""

    __test__ = False  # no test of this program's own

    root: Issued
    times: Issued

    def issue(self, name: str, agency: str, *, on: datetime) -> Issued:
        """A certificate for somebody who signs for an agency, from now on for two years.

        It and its key are used for one signature and then forgotten.
        """
        return _issued(
            self.root, f"TEST {name[:40]}", agency[:60], on=on, years=SIGNER_YEARS,
            usage=_usage(content_commitment=True),
        )  # fmt: skip

    def revoked(self, serials: Sequence[int] = (), *, on: datetime) -> bytes:
        """The list of certificates that it has revoked, as it stands at a moment: DER."""
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(on - _HOUR)
            .next_update(on + timedelta(days=_LIST_DAYS))
        )
        for serial in serials:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(on)
            made = made.add_revoked_certificate(entry.build())
        made = made.add_extension(x509.CRLNumber(int(on.timestamp())), critical=False)
        signed = made.sign(self.root.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)


def made(*, on: datetime) -> TestAuthority:
    """A test authority, new, that begins at a moment."""
    key = ec.generate_private_key(ec.SECP256R1())
    root = _signed(None, key, NAME, "Total Place", on=on, years=ROOT_YEARS, extensions=[
        (x509.BasicConstraints(ca=True, path_length=0), True),
        (_usage(key_cert_sign=True, crl_sign=True), True),
    ])  # fmt: skip
    times_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    times = _signed(root, times_key, "TEST time", "Total Place", on=on, years=TIMES_YEARS,
                    extensions=[
        (_usage(digital_signature=True), True),
        (stamping, True),
    ])  # fmt: skip
    return TestAuthority(root, times)


def kept(folder: Path, *, on: datetime) -> TestAuthority:
    """The test authority of a folder; it is made there where there is none yet."""
    if not all((folder / name).is_file() for name in _FILES):
        new = made(on=on)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, one in (("root", new.root), ("times", new.times)):
            path = folder / f"{name}.key"
            path.touch(mode=0o600)
            path.write_bytes(one.key_der)
            pem = one.certificate.public_bytes(serialization.Encoding.PEM)
            (folder / f"{name}.pem").write_bytes(pem)
        return new
    return TestAuthority(*(_read(folder, name) for name in ("root", "times")))


def _read(folder: Path, name: str) -> Issued:
    key = serialization.load_der_private_key((folder / f"{name}.key").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise TypeError(f"{name}.key is no key of a test authority")
    return Issued(x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes()), key)


def _issued(
    by: Issued, name: str, agency: str, *, on: datetime, years: int, usage: x509.KeyUsage
) -> Issued:
    key = ec.generate_private_key(ec.SECP256R1())
    return _signed(by, key, name, agency, on=on, years=years, extensions=[(usage, True)])


def _signed(
    by: Issued | None,
    key: Key,
    name: str,
    agency: str,
    *,
    on: datetime,
    years: int,
    extensions: Sequence[tuple[x509.ExtensionType, bool]],
) -> Issued:
    subject = x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "GB"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, agency),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ])  # fmt: skip
    issuer = by.certificate if by else None
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(on - _HOUR)
        .not_valid_after(on + years * _YEAR)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if by is not None:
        told = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key())
        built = built.add_extension(told, critical=False)
    for extension, critical in extensions:
        built = built.add_extension(extension, critical=critical)
    return Issued(built.sign(by.key if by else key, hashes.SHA256()), key)


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature or content_commitment,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
