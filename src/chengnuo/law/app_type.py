"""The 39 common app types and the personal information that each may call necessary.

《常见类型移动互联网应用程序必要个人信息范围规定》: necessary means that the basic function cannot
run without it, and counts people on the consumer's side only, never drivers, couriers or merchants.
"""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.law.ids import AppTypeId, CategoryId
from chengnuo.law.standing import Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NecessaryRow:
    """One row of a type's list; `when` is the condition on which it counts, None for always."""

    text: Text
    categories: tuple[CategoryId, ...]
    when: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppType:
    """A common app type.

    `none_needed` types must work without any personal information at all; then `necessary` is
    empty. `phone_registration_allowed` says that the type's list holds the mobile number of a
    registered account.
    """

    id: AppTypeId
    number: int
    text: Text
    basic_function: Text
    none_needed: bool
    phone_registration_allowed: bool
    necessary: tuple[NecessaryRow, ...]
    confidence: Confidence

    def necessary_categories(self) -> frozenset[CategoryId]:
        """Return every category that a row names, whatever its condition."""
        return frozenset(category for row in self.necessary for category in row.categories)
