"""Rules about names, passwords and roles of staff accounts. Pure."""

import re
from typing import ClassVar

from chengnuo.base.errors import InvalidInputError
from chengnuo.ports.accounts import Role
from chengnuo.usecases.common_passwords import is_common

MIN_PASSWORD = 12
MAX_PASSWORD = 128
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@+-]{1,78})[a-z0-9]")
_SPACES = re.compile(r" {2,}")
_DISTINCT_NEEDED = 5


class WeakPasswordError(InvalidInputError):
    """A password is too short, too long, too uniform, tried first, or the account's name."""

    code: ClassVar[str] = "weak-password"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the password is refused as `{why}`; expected {MIN_PASSWORD}-{MAX_PASSWORD} signs"
        )
        self.why = why


class AccountNameError(InvalidInputError):
    """A sign-in name has a form we do not take."""

    code: ClassVar[str] = "account-name"

    def __init__(self) -> None:
        super().__init__(
            "the sign-in name has a wrong form; expected 3 to 80 of a-z, 0-9 and . _ @ + -"
        )


def checked_name(name: str) -> str:
    """Return the name as it is kept: trimmed, lower case.

    Raises:
        AccountNameError: It has another form than an address or a short word.

    """
    kept = name.strip().lower()
    if _NAME.fullmatch(kept) is None:
        raise AccountNameError
    return kept


def checked_password(password: str, *, name: str) -> str:
    """Return the password if it may be used.

    Length is what counts, several spaces as one; no classes of signs are demanded (NIST SP 800-63B
    section 3.1.1.2).

    Raises:
        WeakPasswordError: See the class.

    """
    if len(_SPACES.sub(" ", password)) < MIN_PASSWORD:
        raise WeakPasswordError("too-short")
    if len(password) > MAX_PASSWORD:
        raise WeakPasswordError("too-long")
    if len(set(password)) < _DISTINCT_NEEDED:
        raise WeakPasswordError("too-uniform")
    if name and name.lower() in password.lower():
        raise WeakPasswordError("like-the-name")
    if is_common(password):
        raise WeakPasswordError("too-common")
    return password


def is_single_person(enabled_accounts: int) -> bool:
    """Tell whether an act cannot be reviewed by a second person (four eyes)."""
    return enabled_accounts < 2  # noqa: PLR2004  four eyes are two people


def role_from_groups(groups: object, mapping: tuple[tuple[str, Role], ...]) -> Role | None:
    """Return the role of the first mapped group that a person is in, or None.

    Args:
        groups: The person's groups.
        mapping: Group and role, most powerful first, in the order of the settings.

    """
    if not isinstance(groups, list | tuple):
        return None
    return next((role for group, role in mapping if group in groups), None)
