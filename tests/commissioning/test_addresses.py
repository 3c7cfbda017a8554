"""Which addresses a stranger could open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.commissioning.test_case_tables import faults_of, with_cell

from totalplace.commissioning.rules.addresses import is_public


@pytest.mark.parametrize(
    "address",
    [
        "https://www.gov.uk/a/b?c=d&e=%20#f", "http://example.org", "https://example.org:8443/x",
        "https://bücher.example.de/straße", "HTTPS://Example.ORG./1", "https://8.8.8.8/x",
        "https://[2606:4700::1111]/", "https://xn--bcher-kva.com", "https://a-b.co.uk/@me",
    ],
)  # fmt: skip
def test_a_page_of_the_public_web_is_one_that_a_stranger_can_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "https://", "https://.", "https://..", "https://x", "https:///x", "https:example.org",
        "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/",
        "http://localhost/x", "http://a.localhost/x", "http://10.0.0.1/", "http://192.168.1.1/x",
        "http://172.16.0.9", "http://169.254.169.254/latest", "http://0.0.0.0/", "http://224.0.0.1",
        "http://[::1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[2002:7f00:1::]/", "https://me:secret@example.org/", "https://me@example.org",
        "ftp://example.org/x", "javascript:alert(1)", "file:///etc/x", "//example.org/x",
        "example.org", "https://intranet.local/x", "https://files.internal/x", "https://a..org/",
        "https://-a.org/", "https://a_b.org/", "https://example.org\\@127.0.0.1/",
        "https://exa mple.org/", "https://example.org/\u202ex", "https://example.org:0/",
        "https://example.org:99999/", "https://[/", "https://example.org/<b>", "https://a.1/",
    ],
)  # fmt: skip
def test_what_no_stranger_can_open_is_no_public_address(address: str) -> None:
    assert not is_public(address)


@settings(max_examples=60)
@given(st.text("htps:/.@[]a1%-\\é?#x", max_size=30))
def test_whatever_is_written_is_a_public_address_or_none(said: str) -> None:
    assert is_public(said) in (True, False)
    assert is_public(f"https://{said}") in (True, False)


@pytest.mark.parametrize("address", ["https://", "http://127.0.0.1/", "https://x"])
def test_a_source_that_nobody_can_open_is_refused_at_its_cell(address: str) -> None:
    found = faults_of(with_cell("Effects", 2, "Address", address))
    assert "is no address that a stranger can open" in found["Effects J2"]
