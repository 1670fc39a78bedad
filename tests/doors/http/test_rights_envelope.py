"""What an agent signs is opened once, in its time, for us, and only with its own key."""

import base64
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.http.agent_kit import AGENT, BUSINESS, Agent, exercise, message

from chengnuo.adapters.keys import is_signature
from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ChengnuoError
from chengnuo.doors.http.programs import QuestionMalformedError
from chengnuo.doors.http.rights_envelope import (
    EnvelopeRefusedError,
    Envelopes,
    EnvelopeTimeError,
    EnvelopeUsedError,
    ExerciseBody,
)

AT = datetime(2026, 11, 28, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DECODER = msgspec.json.Decoder(ExerciseBody)
OURS = Agent()


class Checks:
    """Checks signatures as the installation's signer does."""

    public_key = b""

    def sign(self, message: bytes) -> bytes:
        return message

    def is_signature(self, signature: bytes, message: bytes, *, public_key: bytes) -> bool:
        return is_signature(public_key, signature, message)


def envelopes(since: datetime = AT - timedelta(hours=1)) -> Envelopes:
    return Envelopes(keys={AGENT: OURS.public}, business=BUSINESS, signer=Checks(), since=since)


def opened(body: bytes, *, by: Envelopes | None = None, at: datetime = AT) -> ExerciseBody:
    return (by or envelopes()).opened(body, AGENT, DECODER, at=at)


def test_what_the_agent_signed_is_read_whole_with_unknown_members_passed_over() -> None:
    said = opened(OURS.signed(exercise(AT, "access", relationships=["customer"], name="无名")))
    assert (said.exercise, said.agent_request_id) == ("access", "case-7")
    assert said.phone_number_verified
    assert not said.email_verified


def test_a_message_is_used_once_and_another_like_it_once_more() -> None:
    used = envelopes()
    body = OURS.signed(exercise(AT))
    opened(body, by=used)
    with pytest.raises(EnvelopeUsedError):
        opened(body, by=used)
    with pytest.raises(EnvelopeUsedError):  # other white space around it is the same message
        opened(body + b"\n", by=used)
    opened(OURS.signed(exercise(AT, **{"agent-request-id": "case-8"})), by=used)
    with pytest.raises(EnvelopeTimeError):
        opened(body, by=used, at=AT + 6 * MINUTE)  # and over is over


@pytest.mark.parametrize(
    ("issued", "lasts", "good"),
    [
        pytest.param(AT, 10 * MINUTE, True, id="ten minutes"),
        pytest.param(AT, 10 * MINUTE + timedelta(seconds=1), False, id="longer than ten minutes"),
        pytest.param(AT, -MINUTE, False, id="over before it begins"),
        pytest.param(AT - 9 * MINUTE, 10 * MINUTE, True, id="nearly over"),
        pytest.param(AT - 5 * MINUTE, 5 * MINUTE, False, id="over this instant"),
        pytest.param(AT + MINUTE, 5 * MINUTE, True, id="its clock a minute ahead"),
        pytest.param(AT + 2 * MINUTE, 5 * MINUTE, False, id="from the future"),
    ],
)
def test_a_message_counts_only_within_its_time(
    issued: datetime, lasts: timedelta, *, good: bool
) -> None:
    body = OURS.signed(exercise(issued) | message(issued, lasts=lasts))
    if good:
        opened(body)
    else:
        with pytest.raises(EnvelopeTimeError):
            opened(body)


def test_what_was_signed_before_the_service_began_is_refused_as_it_may_have_been_used() -> None:
    body = OURS.signed(exercise(AT - MINUTE))
    opened(body, by=envelopes(since=AT - 2 * MINUTE))
    with pytest.raises(EnvelopeTimeError):
        opened(body, by=envelopes(since=AT))


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(Agent().signed(exercise(AT)), id="another key"),
        pytest.param(OURS.signed(exercise(AT, **{"agent-id": "OTHER"})), id="another agent"),
        pytest.param(OURS.signed(exercise(AT, **{"business-id": "OTHER"})), id="another business"),
        pytest.param(b"", id="nothing"),
        pytest.param(base64.b64encode(b"short"), id="no signature"),
        pytest.param(b"not base 64!", id="no base 64"),
    ],
)
def test_what_is_not_signed_for_us_by_this_agent_is_refused(body: bytes) -> None:
    with pytest.raises(EnvelopeRefusedError):
        opened(body)


def test_an_agent_nobody_registered_is_refused_like_a_wrong_signature() -> None:
    with pytest.raises(EnvelopeRefusedError):
        envelopes().opened(OURS.signed(exercise(AT)), "NOBODY", DECODER, at=AT)


@given(st.integers(0, 400), st.integers(1, 255))
def test_a_message_with_any_byte_changed_is_refused(place: int, by: int) -> None:
    whole = bytearray(base64.b64decode(OURS.signed(exercise(AT))))
    whole[place % len(whole)] ^= by
    with pytest.raises(EnvelopeRefusedError):
        opened(base64.b64encode(bytes(whole)))


@given(st.binary(max_size=300))
def test_any_signed_bytes_are_read_or_refused_and_never_break_it(raw: bytes) -> None:
    for body in (OURS.signed(raw), raw):
        with pytest.raises((EnvelopeRefusedError, QuestionMalformedError)):
            opened(body)


@pytest.mark.parametrize(
    "wrong",
    [{"issued-at": "2026-11-28T04:00:00"}, {"exercise": ""}, {"phone_number": 7}, {"pipl": {}}],
)
def test_a_message_of_another_form_names_the_place_and_no_value(wrong: dict[str, Tree]) -> None:
    with pytest.raises(ChengnuoError) as refused:
        opened(OURS.signed(exercise(AT, **wrong)))
    assert refused.value.code == "question-malformed"
    assert "19900000001" not in str(refused.value)
