"""How well an identity has to be proved, and what is asked for when it is not."""

from datetime import UTC, datetime, timedelta

import pytest

from chengnuo.domain.register.store import IdentifierKind
from chengnuo.domain.rights.identity import (
    ACTIONS,
    Proof,
    Strength,
    Why,
    found,
    is_recent,
    lacking,
    may_ask,
    needed,
)
from chengnuo.domain.rights.request import AskedBy
from chengnuo.law.age import AgeBand
from chengnuo.law.rights import Right

AT = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
ME = AskedBy.INDIVIDUAL


@pytest.mark.parametrize("right", [Right.ACCESS, Right.RESTRICT, Right.EXPLAIN_RULES])
def test_looking_and_protecting_need_the_session_only(right: Right) -> None:
    assert needed(right, ME) is Strength.SESSION
    assert lacking(right, Proof(by=ME, authenticated_at=None), AgeBand.ADULT, AT) is None


@pytest.mark.parametrize(
    "right",
    [Right.COPY, Right.TRANSFER, Right.DELETE, Right.CORRECT, Right.CANCEL_ACCOUNT],
)
def test_what_takes_out_or_cannot_be_undone_needs_a_sign_in_of_ten_minutes(right: Right) -> None:
    def why(ago: timedelta) -> Why | None:
        return lacking(right, Proof(by=ME, authenticated_at=AT - ago), AgeBand.ADULT, AT)

    assert why(timedelta(minutes=10)) is None
    assert why(timedelta(minutes=10, seconds=1)) is Why.NOT_RECENT
    assert why(timedelta(minutes=-2)) is Why.NOT_RECENT


def test_a_child_is_represented_and_a_guardian_has_to_be_one() -> None:
    alone = Proof(by=ME, authenticated_at=AT)
    assert lacking(Right.DELETE, alone, AgeBand.UNDER_14, AT) is Why.GUARDIAN
    assert lacking(Right.RESTRICT, alone, AgeBand.UNDER_14, AT) is None
    claimed = Proof(by=AskedBy.GUARDIAN, authenticated_at=AT)
    assert lacking(Right.DELETE, claimed, AgeBand.UNDER_14, AT) is Why.NOT_A_GUARDIAN
    known = Proof(by=AskedBy.GUARDIAN, authenticated_at=AT, has_guardian=True)
    assert lacking(Right.DELETE, known, AgeBand.UNDER_14, AT) is None


@pytest.mark.parametrize("by", [AskedBy.CLOSE_RELATIVE, AskedBy.AGENT])
def test_relatives_and_agents_are_checked_by_staff(by: AskedBy) -> None:
    asks = Proof(by=by, authenticated_at=AT)
    assert lacking(Right.DELETE, asks, AgeBand.ADULT, AT) is Why.NOT_CHECKED
    seen = Proof(by=by, authenticated_at=None, checked=True)
    assert lacking(Right.DELETE, seen, AgeBand.ADULT, AT) is None


def test_relatives_may_do_four_things() -> None:
    allowed = {right for right in Right if may_ask(right, AskedBy.CLOSE_RELATIVE)}
    assert allowed == {
        Right.ACCESS,
        Right.COPY,
        Right.CORRECT,
        Right.SUPPLEMENT,
        Right.DELETE,
    }


def test_one_account_is_a_match_and_nothing_else_is() -> None:
    known = frozenset({IdentifierKind.PHONE, IdentifierKind.EMAIL})
    given = frozenset({IdentifierKind.PHONE})
    assert found(1, given, known).why is None
    assert (found(0, given, known).why, found(2, given, known).why) == (Why.NO_MATCH, Why.AMBIGUOUS)
    assert found(2, given, known).ask_next is IdentifierKind.EMAIL
    assert found(2, known, known).ask_next is None


def test_nothing_asks_for_a_face_or_a_document_of_identity() -> None:
    said = " ".join(f"{one.zh} {one.en}" for one in ACTIONS.values())
    assert not any(word in said for word in ("人脸", "身份证", "face", "ID card"))
    assert not is_recent(None, AT)
