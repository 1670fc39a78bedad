"""Contracts of what people and programs come in by, and of clearing away what has expired."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.adapters.sql.contract_kit import Whole, contract_of
from tests.adapters.sql.test_contract_accounts import (
    ADMIN,
    AT,
    HASH,
    LATER,
    MUCH_LATER,
    NOBODY,
    OTHER,
    link,
    token,
)
from tests.doors.clock_kit import StandingClock

from chengnuo.adapters.keys import AesSealer
from chengnuo.adapters.sql.accounts import SqlAccounts
from chengnuo.adapters.sql.api_keys import SqlApiKeys
from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.individuals import SqlIndividuals
from chengnuo.adapters.sql.saved_filters import SqlSavedFilters
from chengnuo.adapters.sql.sessions import SqlSessions, SqlSignInFlows
from chengnuo.adapters.sql.sweeping import SqlSweep
from chengnuo.ports.accounts import LinkKind, Role
from chengnuo.ports.api_keys import (
    ApiKey,
    ApiKeyId,
    ApiKeyTakenError,
    ApiScope,
    NewAct,
    UnknownApiKeyError,
)
from chengnuo.ports.individuals import EntryCodeError, PersonKey, TokenUsedError, Visitor
from chengnuo.ports.saved_filters import NoSuchSavedFilterError, SavedFilter, SavedFilterId
from chengnuo.ports.sessions import SessionRow, SignInFlow, Stage


def session(number: int, **other: object) -> SessionRow:
    made = SessionRow(
        token=token(number), account=ADMIN.id, stage=Stage.CODE,
        opened_at=AT + timedelta(minutes=number), seen_at=AT, expires_at=LATER,
    )  # fmt: skip
    return replace(made, **other)  # type: ignore[arg-type]  # fields by name


@contract_of(SqlSessions, SqlSignInFlows)
def test_sessions(database: Database, whole: Whole) -> None:
    accounts = SqlAccounts(database)
    accounts.add(ADMIN, password_hash=HASH)
    accounts.add(replace(OTHER, role=Role.ADMIN), password_hash=None)
    sessions = whole(SqlSessions(database))
    for row in (session(1), session(2), session(3, expires_at=AT)):
        sessions.open(row)
    sessions.seen(token(1), LATER)
    assert [sessions.count_try(token(1)), sessions.count_try(token(1))] == [1, 2]
    assert sessions.count_try(token(9)) == 0
    sessions.set_pending_totp(token(1), b"\0seed")
    changed = session(1, seen_at=LATER, tries=2, pending_totp=b"\0seed")
    found = sessions.session(token(1))
    assert found is not None
    assert (found.row, found.account) == (changed, ADMIN)
    assert sessions.of(ADMIN.id, at=AT) == (session(2), changed)
    sessions.close(token(3))
    assert sessions.session(token(3)) is None
    sessions.close_all(ADMIN.id, but=token(2))
    assert sessions.of(ADMIN.id, at=AT) == (session(2),)
    accounts.set_enabled(ADMIN.id, enabled=False)
    assert sessions.session(token(2)) is None
    sessions.close_all(ADMIN.id)
    assert sessions.of(ADMIN.id, at=AT) == ()
    flows = whole(SqlSignInFlows(database))
    flow = SignInFlow(
        state=token(1), browser=token(2), nonce="n", verifier="v" * 128, expires_at=LATER
    )
    flows.begin(flow)
    assert flows.take(token(1), token(3), AT) is None
    assert flows.take(token(1), token(2), LATER) is None
    assert flows.take(token(1), token(2), AT) == flow
    assert flows.take(token(1), token(2), AT) is None


@contract_of(SqlApiKeys)
def test_api_keys(database: Database, whole: Whole) -> None:
    keys = whole(SqlApiKeys(database))
    made = NewAct(act="api-key-made", detail="decide", by="cli")
    key = ApiKey(
        id=ApiKeyId("shop-b"), scopes=frozenset({ApiScope.DECIDE, ApiScope.DOSSIER_READ_PRIVATE}),
        made_at=AT, expires_at=MUCH_LATER, recipient="maps",
    )  # fmt: skip
    plain = ApiKey(id=ApiKeyId("Shop"), scopes=frozenset(), made_at=AT)
    keys.add(key, token(1), made)
    keys.add(plain, token(2), made)
    with pytest.raises(ApiKeyTakenError):
        keys.add(key, token(3), made)
    assert keys.keys() == (plain, key)
    assert (keys.find(token(1), AT), keys.find(token(3), AT)) == (key, None)
    rotated = replace(made, act="api-key-rotated", by=ADMIN.id)
    keys.rotate(key.id, token(4), rotated, at=AT, old_until=LATER)
    assert keys.find(token(1), AT) == keys.find(token(4), AT) == replace(key, secrets=2)
    assert keys.find(token(1), LATER) is None
    # An old secret ends when it did already, and is gone at the next rotation after that.
    keys.rotate(key.id, token(5), rotated, at=AT, old_until=MUCH_LATER)
    assert keys.find(token(1), LATER) is None
    keys.rotate(key.id, token(6), rotated, at=LATER, old_until=MUCH_LATER)
    assert keys.find(token(6), LATER) == replace(key, secrets=3)
    keys.revoke(key.id, replace(made, act="api-key-revoked"), at=LATER)
    assert keys.find(token(6), LATER) is None
    assert keys.keys() == (plain, replace(key, secrets=0, revoked_at=LATER))
    for refused in (
        lambda: keys.revoke(key.id, made, at=LATER),
        lambda: keys.rotate(key.id, token(7), made, at=AT, old_until=LATER),
    ):
        with pytest.raises(UnknownApiKeyError):
            refused()
    acts = keys.waiting()
    assert [one.act.removeprefix("api-key-") for one in acts] == ["made"] * 2 + ["rotated"] * 3 + [
        "revoked"
    ]
    assert (acts[2].key, acts[2].detail, acts[2].by) == (key.id, "decide", ADMIN.id)
    keys.is_recorded(acts[0].number)
    assert keys.waiting() == acts[1:]


@contract_of(SqlSavedFilters)
def test_saved_filters(database: Database, whole: Whole) -> None:
    filters = whole(SqlSavedFilters(database))
    one = SavedFilter(
        id=SavedFilterId("f-1"), owner=ADMIN.id, place="/rights", query="due=soon", name="到期",
        shared=False, made_at=AT,
    )  # fmt: skip
    upper = replace(one, id=SavedFilterId("f-2"), owner=OTHER.id, name="Z", shared=True)
    lower = replace(one, id=SavedFilterId("f-3"), name="a", place="/dossiers", query="")
    for each in (one, upper, lower):
        filters.add(each)
    assert filters.of(ADMIN.id) == (lower, upper, one)
    assert filters.of(ADMIN.id, "/rights") == (upper, one)
    assert filters.of(OTHER.id) == (upper,)
    assert (filters.count(ADMIN.id), filters.count(NOBODY)) == (2, 0)
    filters.rename(one.id, ADMIN.id, name="B", shared=True)
    renamed = replace(one, name="B", shared=True)
    assert filters.of(OTHER.id) == (renamed, upper)
    with pytest.raises(NoSuchSavedFilterError):
        filters.rename(one.id, OTHER.id, name="C", shared=False)
    with pytest.raises(NoSuchSavedFilterError):
        filters.delete(one.id, OTHER.id)
    filters.rename(one.id, ADMIN.id, name="B\0", shared=True)
    assert filters.of(OTHER.id)[0].name.startswith("B")
    filters.delete(one.id, ADMIN.id)
    assert filters.of(ADMIN.id) == (lower, upper)


VISITOR = Visitor(
    person=PersonKey("5e" * 32), app="tea", guardian=PersonKey("6e" * 32),
    birth_date=date(2015, 2, 28), authenticated_at=AT, since=AT, expires_at=LATER, account="账号甲",
)  # fmt: skip


@contract_of(SqlIndividuals)
def test_individuals(database: Database, whole: Whole) -> None:
    individuals = whole(SqlIndividuals(database, AesSealer(bytes(32))))
    bare = replace(VISITOR, guardian=None, birth_date=None, authenticated_at=None, account="")
    for number, visitor in enumerate((VISITOR, bare)):
        individuals.admit(
            token_id=token(number), token_expires_at=LATER, code=token(10 + number),
            code_expires_at=LATER, visitor=visitor,
        )  # fmt: skip
        assert individuals.enter(token(10 + number), token(20 + number), at=AT) == visitor
        assert individuals.visitor(token(20 + number), AT) == visitor
    with pytest.raises(TokenUsedError):
        individuals.admit(
            token_id=token(0), token_expires_at=LATER, code=token(12), code_expires_at=LATER,
            visitor=VISITOR,
        )  # fmt: skip
    individuals.admit(
        token_id=token(3), token_expires_at=LATER, code=token(13), code_expires_at=AT, visitor=bare
    )
    for code in (10, 12, 13):
        with pytest.raises(EntryCodeError):
            individuals.enter(token(code), token(30), at=AT)
    assert individuals.visitor(token(20), LATER) is None
    individuals.prolong(token(20), MUCH_LATER)
    assert individuals.visitor(token(20), LATER) == replace(VISITOR, expires_at=MUCH_LATER)
    individuals.leave(token(20))
    individuals.prolong(token(20), MUCH_LATER)
    assert individuals.visitor(token(20), LATER) is None


@contract_of(SqlSweep)
def test_sweeping(database: Database, whole: Whole) -> None:
    clock = StandingClock()
    clock.at = LATER
    accounts, sessions, flows = (
        SqlAccounts(database),
        SqlSessions(database),
        SqlSignInFlows(database),
    )
    individuals = SqlIndividuals(database, AesSealer(bytes(32)))
    accounts.add(ADMIN, password_hash=HASH)
    flow = SignInFlow(state=token(1), browser=token(2), nonce="n", verifier="v", expires_at=LATER)
    ends = {1: LATER, 2: MUCH_LATER}
    for number, end in ends.items():
        sessions.open(session(number, expires_at=end))
        flows.begin(replace(flow, state=token(number), expires_at=end))
        accounts.add_link(replace(link(number, LinkKind.INVITE), expires_at=end))
        individuals.admit(
            token_id=token(number), token_expires_at=end - timedelta(hours=1),
            code=token(10 + number), code_expires_at=MUCH_LATER,
            visitor=replace(VISITOR, expires_at=end),
        )  # fmt: skip
        individuals.enter(token(10 + number), token(20 + number), at=AT)
        individuals.admit(
            token_id=token(30 + number), token_expires_at=MUCH_LATER, code=token(40 + number),
            code_expires_at=end, visitor=VISITOR,
        )  # fmt: skip
        accounts.failed(f"key-{number}", at=end - timedelta(days=1), locked_until=None)
    whole(SqlSweep(database, clock))()
    clock.at = AT  # so that nothing is left out because it has expired
    assert (sessions.session(token(1)), sessions.session(token(2)) is None) == (None, False)
    assert flows.take(token(1), token(2), AT) is None
    assert flows.take(token(2), token(2), AT) is not None
    assert (accounts.link(token(1), AT), accounts.link(token(2), AT) is None) == (None, False)
    assert individuals.visitor(token(21), AT) is None
    assert individuals.visitor(token(22), AT) is not None
    assert [accounts.failures(f"key-{number}").count for number in ends] == [0, 1]
    with pytest.raises(EntryCodeError):
        individuals.enter(token(41), token(51), at=AT)
    individuals.enter(token(42), token(52), at=AT)
    again = {"token_expires_at": LATER, "code_expires_at": LATER, "visitor": VISITOR}
    individuals.admit(token_id=token(1), code=token(61), **again)  # type: ignore[arg-type]  # as above
    with pytest.raises(TokenUsedError):
        individuals.admit(token_id=token(2), code=token(62), **again)  # type: ignore[arg-type]  # as above
