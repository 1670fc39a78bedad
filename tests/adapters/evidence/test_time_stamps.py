"""Asking a real authority for time stamps, and what is made of its answers."""

from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from time import monotonic

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from tests.adapters.evidence.authority_kit import (
    POLICY,
    AuthorityServer,
    Knobs,
    new_authority,
    running,
)
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.certificate_order import with_ordered_certificates
from chengnuo.adapters.evidence.time_stamps import HttpAuthority, PinnedAuthority, read_roots
from chengnuo.adapters.keys import KeyFileError
from chengnuo.base.errors import ChengnuoError
from chengnuo.ports.clock import Clock
from chengnuo.ports.witnessing import (
    PlainAddressError,
    StampFault,
    TimeStampRejectedError,
    TimeStampUnavailableError,
    TimeStampWrongError,
)

pytestmark = pytest.mark.real

DIGEST = sha256(b"a checkpoint").digest()
DAY = timedelta(days=1)


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AuthorityServer]:
    now = SystemClock().now()
    made = new_authority(tmp_path_factory.mktemp("tsa") / "one", now - DAY, now + DAY)
    with running(made) as found:
        yield found


@pytest.fixture(name="authority")
def _authority(server: AuthorityServer) -> HttpAuthority:
    server.knobs = Knobs()
    return asking(server)


def asking(
    server: AuthorityServer,
    *,
    root: AuthorityServer | None = None,
    policy: str = "",
    clock: Clock | None = None,
    timeout_s: float = 15,
) -> HttpAuthority:
    pinned = PinnedAuthority(
        name="authority",
        address=server.address,
        roots=((root or server).root,),
        policy=policy,
    )
    clock = SystemClock() if clock is None else clock
    return HttpAuthority(pinned, clock=clock, timeout_s=timeout_s)


def off_by(by: timedelta) -> StandingClock:
    clock = StandingClock()
    clock.at = SystemClock().now() + by
    return clock


def test_a_stamp_is_given_and_holds_later(
    server: AuthorityServer, authority: HttpAuthority
) -> None:
    response = authority.stamp(DIGEST)
    found = authority.check(response, DIGEST)
    assert abs(found.at - SystemClock().now()) < timedelta(minutes=1)
    assert (found.authority, found.policy) == ("authority", POLICY)
    in_ten_years = asking(server, clock=off_by(3650 * DAY))
    assert in_ten_years.check(response, DIGEST) == found


def test_a_stamp_of_one_hash_does_not_hold_for_another(authority: HttpAuthority) -> None:
    response = authority.stamp(DIGEST)
    with pytest.raises(TimeStampWrongError) as found:
        authority.check(response, sha256(b"another").digest())
    assert found.value.fault is StampFault.IMPRINT


@pytest.mark.parametrize(
    ("knobs", "fault"),
    [
        pytest.param(Knobs(wrong_imprint=True), StampFault.IMPRINT, id="another hash"),
        pytest.param(Knobs(wrong_nonce=True), StampFault.NONCE, id="another request"),
        pytest.param(Knobs(breaks_signature=True), StampFault.SIGNATURE, id="broken signature"),
        pytest.param(Knobs(body=b""), StampFault.MALFORMED, id="nothing"),
        pytest.param(Knobs(body=b"<html>"), StampFault.MALFORMED, id="a page"),
        pytest.param(Knobs(content_type="text/html"), StampFault.MALFORMED, id="another type"),
    ],
)
def test_a_stamp_that_does_not_hold_is_refused_by_reason(
    server: AuthorityServer, authority: HttpAuthority, knobs: Knobs, fault: StampFault
) -> None:
    server.knobs = knobs
    with pytest.raises(TimeStampWrongError) as found:
        authority.stamp(DIGEST)
    assert found.value.fault is fault


def test_a_root_that_is_not_pinned_is_not_taken(server: AuthorityServer, tmp_path: Path) -> None:
    server.knobs = Knobs()
    now = SystemClock().now()
    other = new_authority(tmp_path / "other", now - DAY, now + DAY)
    with pytest.raises(TimeStampWrongError) as found:
        asking(server, root=other).stamp(DIGEST)
    assert found.value.fault is StampFault.SIGNATURE


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(-3 * DAY, -2 * DAY, id="expired"),
        pytest.param(2 * DAY, 3 * DAY, id="not yet valid"),
    ],
)
def test_a_certificate_must_be_valid_at_the_time_stamped(
    tmp_path: Path, start: timedelta, end: timedelta
) -> None:
    now = SystemClock().now()
    made = new_authority(tmp_path / "old", now + start, now + end)
    with running(made) as server, pytest.raises(TimeStampWrongError) as found:
        asking(server).stamp(DIGEST)
    assert found.value.fault is StampFault.SIGNATURE


def test_a_policy_that_is_asked_for_must_be_that_of_the_stamp(server: AuthorityServer) -> None:
    server.knobs = Knobs()
    asking(server, policy=POLICY).stamp(DIGEST)
    with pytest.raises(TimeStampWrongError) as found:
        asking(server, policy="1.2.3.4.9").stamp(DIGEST)
    assert found.value.fault is StampFault.POLICY


@pytest.mark.parametrize("by", [-1 * DAY, 1 * DAY], ids=["clock behind", "clock ahead"])
def test_a_new_stamp_is_of_now(server: AuthorityServer, by: timedelta) -> None:
    server.knobs = Knobs()
    with pytest.raises(TimeStampWrongError) as found:
        asking(server, clock=off_by(by)).stamp(DIGEST)
    assert found.value.fault is StampFault.TIME


def test_a_kept_stamp_is_not_of_a_time_to_come(
    server: AuthorityServer, authority: HttpAuthority
) -> None:
    response = authority.stamp(DIGEST)
    with pytest.raises(TimeStampWrongError) as found:
        asking(server, clock=off_by(-1 * DAY)).check(response, DIGEST)
    assert found.value.fault is StampFault.TIME


def test_a_rejection_is_told_from_a_wrong_stamp(
    server: AuthorityServer, authority: HttpAuthority
) -> None:
    server.knobs = Knobs(rejects=True)
    with pytest.raises(TimeStampRejectedError) as found:
        authority.stamp(DIGEST)
    assert found.value.status == 2


@pytest.mark.parametrize(
    "knobs",
    [
        pytest.param(Knobs(status=500), id="broken"),
        pytest.param(Knobs(status=302), id="sent elsewhere"),
        pytest.param(Knobs(body=bytes(65_537)), id="huge"),
        pytest.param(Knobs(silent_s=1), id="slow"),
    ],
)
def test_an_authority_that_does_not_answer_well_is_unavailable(
    server: AuthorityServer, knobs: Knobs
) -> None:
    server.knobs = knobs
    start = monotonic()
    with pytest.raises(TimeStampUnavailableError):
        asking(server, timeout_s=0.5).stamp(DIGEST)
    assert monotonic() - start < 3


def test_any_changed_bit_of_a_kept_response_is_refused_or_changes_nothing(
    authority: HttpAuthority,
) -> None:
    response = authority.stamp(DIGEST)
    whole = authority.check(response, DIGEST)
    for at in range(len(response)):
        changed = response[:at] + bytes((response[at] ^ 1,)) + response[at + 1 :]
        try:
            assert authority.check(changed, DIGEST) == whole
        except (TimeStampWrongError, TimeStampRejectedError):
            continue


def test_certificates_may_come_in_any_order(authority: HttpAuthority) -> None:
    # The authority sends its own certificate before the shorter one of its root, as many do.
    response = authority.stamp(DIGEST)
    ordered = with_ordered_certificates(response)
    assert ordered != response
    assert sorted(ordered) == sorted(response)
    assert with_ordered_certificates(ordered) == ordered
    assert authority.check(ordered, DIGEST) == authority.check(response, DIGEST)


@given(st.binary(), st.booleans())
def test_bytes_of_any_form_stay_as_they_are_or_as_many(data: bytes, nested: bool) -> None:
    data = b"\x30\x03\x02\x01\x00" + data if nested else data
    assert sorted(with_ordered_certificates(data)) == sorted(data)


@given(st.binary())
def test_any_bytes_are_refused_in_our_own_words(data: bytes) -> None:
    now = SystemClock()
    authority = HttpAuthority(
        PinnedAuthority(name="authority", address="https://tsa.example", roots=()), clock=now
    )
    with pytest.raises(ChengnuoError):
        authority.check(data, DIGEST)


def test_plain_http_is_for_this_machine_only() -> None:
    pinned = PinnedAuthority(name="authority", address="http://tsa.example", roots=())
    with pytest.raises(PlainAddressError):
        HttpAuthority(pinned, clock=SystemClock())


def test_roots_are_read_from_pem(server: AuthorityServer, tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(server.root.public_bytes(Encoding.PEM) * 2)
    assert read_roots(file) == (server.root, server.root)
    file.write_bytes(b"no certificate")
    with pytest.raises(KeyFileError, match="PEM"):
        read_roots(file)
    with pytest.raises(KeyFileError):
        read_roots(tmp_path / "none.pem")
