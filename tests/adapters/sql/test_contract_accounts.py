"""The contract of accounts of staff: their credentials, one-time links and failed sign-ins."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.adapters.sql.contract_kit import Whole, contract_of

from chengnuo.adapters.sql.accounts import SqlAccounts
from chengnuo.adapters.sql.database import Database
from chengnuo.ports.accounts import (
    Account,
    AccountEvent,
    AccountId,
    Credentials,
    ExternalIdentity,
    LastAdminError,
    Link,
    LinkKind,
    LinkRefusedError,
    NameTakenError,
    Role,
    UnknownAccountError,
)
from chengnuo.ports.secrets import TokenHash
from chengnuo.ports.sign_in_failures import Failures

AT = datetime(2026, 11, 21, 1, 0, 0, 123456, tzinfo=UTC)
LATER, MUCH_LATER = AT + timedelta(hours=1), AT + timedelta(days=2)
IDENTITY = ExternalIdentity(issuer="https://idp.example", subject="s-1")
ADMIN = Account(
    id=AccountId("acc-1"), name="lin", role=Role.ADMIN, enabled=True, created_at=AT,
    has_password=True,
)  # fmt: skip
OTHER = replace(ADMIN, id=AccountId("acc-2"), name="wang", role=Role.REVIEWER, has_password=False)
HASH, AGAIN = "hash", "hash again"
NOBODY = AccountId("acc-9")


def token(number: int) -> TokenHash:
    return TokenHash(f"{number:064x}")


def link(number: int, kind: LinkKind, account: AccountId | None = None) -> Link:
    return Link(
        token=token(number), kind=kind, role=Role.REVIEWER, account=account, created_by=ADMIN.id,
        expires_at=LATER,
    )  # fmt: skip


@pytest.fixture
def accounts(database: Database, whole: Whole) -> SqlAccounts:
    made = whole(SqlAccounts(database))
    made.add(ADMIN, password_hash=HASH)
    made.add(replace(OTHER, identity=IDENTITY), password_hash=None)
    return made


def accounts_are_found(accounts: SqlAccounts) -> None:
    other = replace(OTHER, identity=IDENTITY)
    assert accounts.accounts() == (ADMIN, other)
    assert accounts.account(ADMIN.id) == accounts.by_name("LIN") == ADMIN
    assert accounts.by_identity(IDENTITY) == other
    assert accounts.by_identity(replace(IDENTITY, subject="s-2")) is None
    assert [accounts.by_name(name) for name in ("none", "lin ", "l_n", "l\0n", "%")] == [None] * 5
    assert accounts.enabled_count() == 2
    with pytest.raises(NameTakenError):
        accounts.add(replace(ADMIN, id=NOBODY), password_hash=None)
    with pytest.raises(NameTakenError):
        accounts.add(replace(OTHER, id=NOBODY, name="third", identity=IDENTITY), password_hash=None)
    for of_nobody in (accounts.account, accounts.credentials):
        with pytest.raises(UnknownAccountError):
            of_nobody(NOBODY)


def accounts_are_changed(accounts: SqlAccounts) -> None:
    for without_an_admin in (
        lambda: accounts.set_role(ADMIN.id, Role.REVIEWER),
        lambda: accounts.set_enabled(ADMIN.id, enabled=False),
    ):
        with pytest.raises(LastAdminError):
            without_an_admin()
    assert accounts.account(ADMIN.id) == ADMIN
    with pytest.raises(UnknownAccountError):
        accounts.set_role(NOBODY, Role.ADMIN)
    accounts.set_role(OTHER.id, Role.ADMIN)
    accounts.set_enabled(ADMIN.id, enabled=False)
    accounts.set_password(OTHER.id, HASH)
    accounts.signed_in(OTHER.id, LATER)
    found = accounts.account(OTHER.id)
    assert (found.role, found.has_password, found.last_sign_in_at) == (Role.ADMIN, True, LATER)
    assert accounts.enabled_count() == 1


def second_factors_are_used_up(accounts: SqlAccounts) -> None:
    accounts.set_totp(OTHER.id, b"\0sealed", recovery=(token(1), token(2)))
    assert accounts.accept_totp_step(OTHER.id, 59_000_000_000)
    assert not accounts.accept_totp_step(OTHER.id, 59_000_000_000)
    accounts.reseal_totp(OTHER.id, b"anew", was=b"another")
    accounts.reseal_totp(OTHER.id, b"\0anew", was=b"\0sealed")
    assert accounts.credentials(OTHER.id) == Credentials(
        password_hash=HASH, totp_sealed=b"\0anew", totp_last_step=59_000_000_000
    )
    assert accounts.use_recovery(OTHER.id, token(1))
    assert not accounts.use_recovery(OTHER.id, token(1))
    assert accounts.recovery_left(OTHER.id) == 1
    accounts.set_totp(OTHER.id, None, recovery=())
    assert (accounts.recovery_left(OTHER.id), accounts.account(OTHER.id).has_totp) == (0, False)


def links_are_used_once(accounts: SqlAccounts) -> None:
    third = replace(OTHER, id=AccountId("acc-3"), name="zhao", has_password=True)
    invite, first = link(1, LinkKind.INVITE), link(2, LinkKind.FIRST_ADMIN)
    renewal = link(3, LinkKind.RENEWAL, OTHER.id)
    for one in (invite, first, renewal):
        accounts.add_link(one)
    assert accounts.link(token(1), AT) == invite
    assert accounts.link(token(1), LATER) is accounts.link(token(9), AT) is None
    taken = replace(third, name=ADMIN.name)
    with pytest.raises(NameTakenError):
        accounts.redeem_new_account(token(1), taken, password_hash=HASH, at=AT)
    accounts.redeem_new_account(token(1), third, password_hash=HASH, at=AT)
    assert accounts.accounts()[-1] == third
    for number in (1, 2, 9):
        with pytest.raises(LinkRefusedError):
            accounts.redeem_new_account(
                token(number), replace(third, id=NOBODY, name="n"), password_hash=HASH, at=AT
            )
    with pytest.raises(LinkRefusedError):
        accounts.redeem_new_password(token(3), password_hash=HASH, at=LATER)
    assert accounts.redeem_new_password(token(3), password_hash=AGAIN, at=AT) == OTHER.id
    assert accounts.credentials(OTHER.id).password_hash == AGAIN
    with pytest.raises(LinkRefusedError):
        accounts.redeem_new_password(token(3), password_hash=HASH, at=AT)


def acts_and_failures_are_noted(accounts: SqlAccounts) -> None:
    events = [
        AccountEvent(
            at=AT, act="role-changed", actor=actor, account=account, detail="reviewer",
            single_person=actor is None,
        )
        for actor, account in ((None, None), (ADMIN.id, OTHER.id), (OTHER.id, ADMIN.id))
    ]  # fmt: skip
    for event in events:
        accounts.record(event)
    assert accounts.events(newest=2) == (events[2], events[1])
    assert accounts.events(newest=9, account=OTHER.id) == (events[1],)
    assert accounts.failures("key") == Failures(count=0, locked_until=None)
    accounts.failed("key", at=AT, locked_until=LATER)
    accounts.failed("key", at=AT, locked_until=None)
    accounts.failed("other", at=AT, locked_until=LATER)
    assert accounts.failures("key") == Failures(count=2, locked_until=None)
    accounts.succeeded("key")
    assert accounts.failures("key").count == 0
    assert accounts.failures("other") == Failures(count=1, locked_until=LATER)


@contract_of(SqlAccounts)
def test_accounts(accounts: SqlAccounts) -> None:
    accounts_are_found(accounts)
    accounts_are_changed(accounts)
    second_factors_are_used_up(accounts)
    links_are_used_once(accounts)
    acts_and_failures_are_noted(accounts)
