"""Tokens of individuals: what is read from a good one, and every trap that must not catch us."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.token_kit import AUDIENCE, ISSUER, Issuer, by_hand

from chengnuo.adapters.individual_tokens import ALGORITHMS, JwtReader
from chengnuo.adapters.key_set import KeySet, KeySetError
from chengnuo.ports.individuals import KeysUnavailableError, TokenRefusedError

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
THEM = Issuer()
STRANGER = Issuer()


def reader() -> JwtReader:
    return JwtReader(ISSUER, frozenset({AUDIENCE}), KeySet(THEM.key_set, algorithms=ALGORITHMS))


def seconds(at: datetime) -> int:
    return int(at.timestamp())


def test_a_good_token_says_who_comes() -> None:
    read = reader().read(
        THEM.token(
            NOW,
            birth_date="1890-02-28",
            auth_time=seconds(NOW - HOUR),
            act={"sub": "u-7"},
        ),
        NOW,
    )
    assert (read.issuer, read.audience, read.subject) == (ISSUER, AUDIENCE, "u-1029")
    assert read.birth_date == date(1890, 2, 28)
    assert read.authenticated_at == NOW - HOUR
    assert read.guardian == "u-7"
    assert read.expires_at == NOW + timedelta(minutes=5)


def test_a_p256_signature_is_taken_too() -> None:
    token = jwt.encode(THEM.claims(NOW), THEM.p256, algorithm="ES256", headers={"kid": "ec"})
    assert reader().read(token, NOW).subject == "u-1029"


def public_pem() -> bytes:
    from_key_set = json.loads(THEM.key_set())["keys"][0]["x"]
    return str(from_key_set).encode()


def hs256_with_the_public_key() -> str:
    header = {"alg": "HS256", "kid": "ed", "typ": "JWT"}
    unsigned = by_hand(header, THEM.claims(NOW)).rpartition(".")[0]
    mac = hmac.new(public_pem(), unsigned.encode(), hashlib.sha256).digest()
    return by_hand(header, THEM.claims(NOW), mac)


def signed(claims: dict[str, object], headers: dict[str, object]) -> str:
    return jwt.encode(claims, THEM.ed25519, algorithm="EdDSA", headers=headers)


def tampered() -> str:
    head, _, tail = THEM.token(NOW).split(".")
    payload = by_hand({}, {**THEM.claims(NOW), "sub": "u-1"}).split(".")[1]
    return f"{head}.{payload}.{tail}"


def of_a_stranger() -> str:
    return STRANGER.token(NOW)


TRAPS: list[tuple[str, str, Callable[[], str]]] = [
    (
        "alg none",
        "token-algorithm",
        lambda: by_hand({"alg": "none", "kid": "ed"}, THEM.claims(NOW)),
    ),
    ("alg None in capitals", "token-algorithm", lambda: by_hand({"alg": "NONE"}, THEM.claims(NOW))),
    ("alg missing", "token-algorithm", lambda: by_hand({"kid": "ed"}, THEM.claims(NOW))),
    ("HS256 with the public key", "token-algorithm", hs256_with_the_public_key),
    (
        "key of one kind, alg of another",
        "token-algorithm",
        lambda: by_hand({"alg": "ES256", "kid": "ed"}, THEM.claims(NOW), b"x" * 64),
    ),
    ("unknown kid", "token-key", lambda: signed(THEM.claims(NOW), {"kid": "other"})),
    ("no kid", "token-key", lambda: signed(THEM.claims(NOW), {})),
    ("signed by a stranger", "token-signature", of_a_stranger),
    ("payload changed", "token-signature", tampered),
    ("signature cut off", "token-signature", lambda: THEM.token(NOW).rpartition(".")[0] + "."),
    ("wrong issuer", "token-issuer", lambda: THEM.token(NOW, iss="https://other.example.com")),
    ("no issuer", "token-issuer", lambda: THEM.token(NOW, iss=None)),
    ("wrong audience", "token-audience", lambda: THEM.token(NOW, aud="other-app")),
    ("no audience", "token-audience", lambda: THEM.token(NOW, aud=None)),
    ("several audiences", "token-audience", lambda: THEM.token(NOW, aud=[AUDIENCE, "other"])),
    ("expired", "token-expired", lambda: THEM.token(NOW, exp=seconds(NOW - HOUR))),
    ("expired to the second", "token-expired", lambda: THEM.token(NOW, exp=seconds(NOW))),
    ("no exp", "token-claim", lambda: THEM.token(NOW, exp=None)),
    ("exp as text", "token-claim", lambda: THEM.token(NOW, exp="soon")),
    ("exp as truth", "token-claim", lambda: by_signed({"exp": True})),
    ("exp beyond the calendar", "token-claim", lambda: by_signed({"exp": 10**15})),
    ("exp too far ahead", "token-lifetime", lambda: THEM.token(NOW, exp=seconds(NOW) + 601)),
    ("not valid yet", "token-not-yet", lambda: THEM.token(NOW, nbf=seconds(NOW) + 31)),
    ("issued in the future", "token-not-yet", lambda: THEM.token(NOW, iat=seconds(NOW) + 31)),
    ("no sub", "token-claim", lambda: THEM.token(NOW, sub=None)),
    ("empty sub", "token-claim", lambda: THEM.token(NOW, sub="")),
    ("sub too long", "token-claim", lambda: THEM.token(NOW, sub="u" * 257)),
    ("sub not a text", "token-claim", lambda: by_signed({"sub": 7})),
    ("no jti", "token-claim", lambda: THEM.token(NOW, jti=None)),
    ("birth date not a date", "token-claim", lambda: THEM.token(NOW, birth_date="1890-02-30")),
    ("birth date to come", "token-claim", lambda: THEM.token(NOW, birth_date="2026-11-22")),
    ("birth date a number", "token-claim", lambda: THEM.token(NOW, birth_date=18900228)),
    ("act not an object", "token-claim", lambda: THEM.token(NOW, act="u-7")),
    ("act without sub", "token-claim", lambda: THEM.token(NOW, act={})),
    ("acting for oneself", "token-claim", lambda: THEM.token(NOW, act={"sub": "u-1029"})),
    (
        "critical header",
        "token-malformed",
        lambda: signed(THEM.claims(NOW), {"kid": "ed", "crit": ["exp"], "exp": 1}),
    ),
    (
        "brings its own key",
        "token-malformed",
        lambda: signed(THEM.claims(NOW), {"kid": "ed", "jwk": {"kty": "OKP"}}),
    ),
    (
        "names where its key is",
        "token-malformed",
        lambda: signed(THEM.claims(NOW), {"kid": "ed", "jku": "https://evil.example.com"}),
    ),
    ("payload not an object", "token-malformed", lambda: raw_signed(b"[1]")),
    ("payload not JSON", "token-malformed", lambda: raw_signed(b"{")),
    ("two parts", "token-malformed", lambda: "a.b"),
    ("four parts", "token-malformed", lambda: THEM.token(NOW) + ".x"),
    ("white space", "token-malformed", lambda: " " + THEM.token(NOW)),
    ("nothing", "token-malformed", lambda: ""),
    ("very long", "token-malformed", lambda: THEM.token(NOW, filler="x" * 9000)),
]


def raw_signed(payload: bytes) -> str:
    return jwt.api_jws.encode(payload, THEM.ed25519, algorithm="EdDSA", headers={"kid": "ed"})


def by_signed(changes: dict[str, object]) -> str:
    return raw_signed(json.dumps({**THEM.claims(NOW), **changes}).encode())


@pytest.mark.parametrize(
    ("code", "make"), [pytest.param(code, make, id=name) for name, code, make in TRAPS]
)
def test_a_trap_is_refused_with_its_own_code(code: str, make: Callable[[], str]) -> None:
    with pytest.raises(TokenRefusedError) as refused:
        reader().read(make(), NOW)
    assert refused.value.code == code


def test_the_longest_life_is_ten_minutes_to_the_second() -> None:
    assert reader().read(THEM.token(NOW, exp=seconds(NOW) + 600), NOW)


def test_no_message_repeats_what_the_token_says() -> None:
    for _, _, make in TRAPS:
        with pytest.raises(TokenRefusedError) as refused:
            reader().read(make(), NOW)
        assert "u-1029" not in str(refused.value)


@given(st.text(max_size=300))
def test_no_text_crashes_the_reader(text: str) -> None:
    with pytest.raises(TokenRefusedError):
        reader().read(text, NOW)


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
def test_no_bytes_in_three_parts_crash_the_reader(head: bytes, body: bytes, tail: bytes) -> None:
    token = ".".join(by_hand("", "", part).rpartition(".")[2] or "A" for part in (head, body, tail))
    with pytest.raises(TokenRefusedError):
        reader().read(token, NOW)


class Source:
    """A key set that can be changed and broken."""

    def __init__(self) -> None:
        self.document = THEM.key_set()
        self.broken = False
        self.asked = 0

    def load(self) -> bytes:
        self.asked += 1
        if self.broken:
            raise KeySetError("no-answer")
        return self.document


def test_keys_are_fetched_once_in_ten_minutes() -> None:
    source = Source()
    keys = KeySet(source.load, algorithms=ALGORITHMS)
    for minute in range(10):
        assert keys.key("ed", NOW + timedelta(minutes=minute)) is not None
    assert source.asked == 1
    assert keys.key("ed", NOW + timedelta(minutes=10)) is not None
    assert source.asked == 2


def test_an_unknown_kid_makes_the_keys_be_fetched_again_but_not_without_end() -> None:
    source = Source()
    keys = KeySet(source.load, algorithms=ALGORITHMS)
    keys.key("ed", NOW)
    for second in range(60):
        keys.key("other", NOW + timedelta(seconds=second))
    assert source.asked == 2


def test_a_new_key_is_found_without_waiting() -> None:
    source = Source()
    keys = KeySet(source.load, algorithms=ALGORITHMS)
    keys.key("ed", NOW)
    later = NOW + timedelta(seconds=31)
    document = json.loads(source.document)
    document["keys"][0]["kid"] = "rotated"
    source.document = json.dumps(document).encode()
    assert keys.key("rotated", later) is not None
    assert keys.key("ed", later) is None


def test_keys_at_hand_outlive_an_issuer_that_is_away_for_an_hour() -> None:
    source = Source()
    keys = KeySet(source.load, algorithms=ALGORITHMS)
    keys.key("ed", NOW)
    source.broken = True
    assert keys.key("ed", NOW + timedelta(minutes=59)) is not None
    with pytest.raises(KeySetError):
        keys.key("ed", NOW + timedelta(hours=1))


def test_an_issuer_that_is_away_from_the_start_is_an_unavailable_service() -> None:
    source = Source()
    source.broken = True
    keys = KeySet(source.load, algorithms=ALGORITHMS)
    with pytest.raises(KeysUnavailableError):
        JwtReader(ISSUER, frozenset({AUDIENCE}), keys).read(THEM.token(NOW), NOW)


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"keys": 7}', b"\xff", b"[" * 100_000])
def test_what_is_no_key_set_is_refused(document: bytes) -> None:
    with pytest.raises(KeySetError):
        KeySet(lambda: document, algorithms=ALGORITHMS).key("ed", NOW)


def test_keys_of_other_kinds_are_left_out() -> None:
    member = json.loads(THEM.key_set())["keys"][0]
    odd = [
        {**member, "kid": "enc", "use": "enc"},
        {**member, "kid": "hs", "alg": "HS256"},
        {"kty": "oct", "k": "c2VjcmV0", "kid": "oct"},
        {**member, "kid": 7},
        {**member, "kid": "broken", "x": "!!"},
        "not an object",
    ]
    document = json.dumps({"keys": odd}).encode()
    keys = KeySet(lambda: document, algorithms=ALGORITHMS)
    for kid in ("enc", "hs", "oct", "broken"):
        assert keys.key(kid, NOW) is None
