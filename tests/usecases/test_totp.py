"""Time-based one-time passwords against the vectors of RFC 6238 and RFC 4226."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.usecases.totp import (
    STEP_S,
    code_at,
    matching_step,
    otpauth_uri,
    seed_in_base32,
    step_at,
)

SEED = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        pytest.param(59, "287082", id="RFC 6238 B, 1970-01-01 00:00:59"),
        pytest.param(1111111109, "081804", id="RFC 6238 B, 2005-03-18 01:58:29"),
        pytest.param(1111111111, "050471", id="RFC 6238 B, 2005-03-18 01:58:31"),
        pytest.param(1234567890, "005924", id="RFC 6238 B, 2009-02-13 23:31:30"),
        pytest.param(2000000000, "279037", id="RFC 6238 B, 2033-05-18 03:33:20"),
        pytest.param(20000000000, "353130", id="RFC 6238 B, 2603-10-11 11:33:20"),
    ],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_at(SEED, step_at(datetime.fromtimestamp(seconds, UTC))) == code


@pytest.mark.parametrize(
    ("count", "code"), list(enumerate(["755224", "287082", "359152", "969429", "338314"]))
)
def test_the_count_is_that_of_rfc_4226(count: int, code: str) -> None:
    assert code_at(SEED, count) == code


@given(st.integers(0, 2**33), st.integers(-3, 3))
def test_one_step_either_way_is_taken_and_no_more(seconds: int, away: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC) + timedelta(days=1)
    step = step_at(at) + away
    found = matching_step(SEED, code_at(SEED, step), at)
    nearby = {code_at(SEED, step_at(at) + near) for near in (-1, 0, 1)}
    assert (found is not None) == (code_at(SEED, step) in nearby)
    if abs(away) <= 1:
        assert found is not None
        assert code_at(SEED, found) == code_at(SEED, step)


@given(st.text(max_size=12))
def test_no_text_crashes_the_check(text: str) -> None:
    at = datetime(2026, 11, 21, tzinfo=UTC)
    found = matching_step(SEED, text, at)
    assert (found is None) == (
        text.replace(" ", "") not in {code_at(SEED, step_at(at) + near) for near in (-1, 0, 1)}
    )


def test_the_uri_is_what_authenticator_apps_read() -> None:
    uri = otpauth_uri(SEED, issuer="承诺 Chengnuo", account="ana@example.com")
    assert uri.startswith("otpauth://totp/%E6%89%BF%E8%AF%BA%20Chengnuo:ana%40example.com?")
    assert f"secret={seed_in_base32(SEED)}" in uri
    assert f"period={STEP_S}" in uri
    assert "=" not in seed_in_base32(b"1" * 21)
