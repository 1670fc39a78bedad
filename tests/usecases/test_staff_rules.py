"""Names, passwords, roles, locks: the rules alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengnuo.ports.accounts import Role
from chengnuo.usecases.sign_in_rules import LONGEST_LOCK, lock_after
from chengnuo.usecases.staff_rules import (
    AccountNameError,
    WeakPasswordError,
    checked_name,
    checked_password,
    is_single_person,
    role_from_groups,
)

MAPPING = (("admins", Role.ADMIN), ("team", Role.STAFF))


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [("Ana.B", "ana.b"), ("  zhang@example.com ", "zhang@example.com"), ("a1b", "a1b")],
)
def test_a_name_is_kept_trimmed_and_in_small_letters(given_name: str, kept: str) -> None:
    assert checked_name(given_name) == kept


@pytest.mark.parametrize("name", ["", "ab", ".ana", "ana.", "a b c", "张三李", "a" * 81, "ana\nb"])
def test_a_name_of_another_form_is_refused(name: str) -> None:
    with pytest.raises(AccountNameError):
        checked_name(name)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x1!y2?z3:", "too-short"),
        ("x1!y    2?z3", "too-short"),
        ("x1!y2" * 26, "too-long"),
        ("aaaaaaaaaaaaaaaa", "too-uniform"),
        ("my name is ana.b", "like-the-name"),
        ("MY NAME IS ANA.B", "like-the-name"),
        ("Password-2026", "too-common"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(WeakPasswordError) as refused:
        checked_password(password, name="ana.b")
    assert refused.value.why == why
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    "password", ["four quiet lanterns", "江上数峰青曲终人不见明月", "a1 b2 c3 d4 e5"]
)
def test_any_long_enough_text_is_a_password(password: str) -> None:
    assert checked_password(password, name="ana.b") == password


@given(st.integers(0, 10_000))
def test_locks_only_grow_and_have_an_end(failures: int) -> None:
    lock, longer = lock_after(failures), lock_after(failures + 1)
    assert (lock is None) == (failures < 5)
    if lock is not None:
        assert longer is not None
        assert lock <= longer <= LONGEST_LOCK


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["team", "admins"], Role.ADMIN),
        (["team"], Role.STAFF),
        (["others"], None),
        ([], None),
        ("team", None),
        (None, None),
    ],
)
def test_the_first_mapped_group_gives_the_role(groups: object, role: Role | None) -> None:
    assert role_from_groups(groups, MAPPING) is role


@pytest.mark.parametrize(("enabled", "alone"), [(0, True), (1, True), (2, False), (9, False)])
def test_two_enabled_accounts_are_four_eyes(enabled: int, *, alone: bool) -> None:
    assert is_single_person(enabled) is alone
