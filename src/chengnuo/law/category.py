"""Categories of personal information, in groups, with how each is to be treated."""

from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.law.ids import CategoryId, GroupId


class TreatAs(StrEnum):
    """How the product treats a category unless the register says otherwise."""

    SENSITIVE = "sensitive"
    CONTEXT = "context"
    """Sensitive where its use or its combination meets the harm test of PIPL Art. 28."""
    ORDINARY = "ordinary"

    @property
    def text(self) -> Text:
        """Return the words shown for it."""
        return _TREAT_AS_TEXTS[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class PIGroup:
    """A group of categories, in the order of the standard."""

    id: GroupId
    text: Text
    categories: tuple[CategoryId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PICategory:
    """A category of personal information.

    Attributes:
        is_sensitive: Strict reading: on the list of PIPL Art. 28 or of GB/T 45574-2025 Annex A.
        was_sensitive_in_2020: On the older and wider list of GB/T 35273-2020 Annex B.
        treat_as: The safer default of the product; may be stricter than `is_sensitive`.
        basis: Why it is sensitive or not, if that needs saying.
        android_permissions: Names without the `android.permission.` prefix that can yield it.
        android_apis: Families of interfaces that yield it, in words; no detection list.
        dpv_pd: Closest term of W3C DPV-PD, `pd:Name`; a suggestion.
        fideslang: Closest data category of fideslang; a suggestion.

    """

    id: CategoryId
    group: GroupId
    text: Text
    is_sensitive: bool
    was_sensitive_in_2020: bool
    treat_as: TreatAs
    examples: tuple[str, ...] = ()
    basis: Text | None = None
    android_permissions: tuple[str, ...] = ()
    android_apis: tuple[Text, ...] = ()
    dpv_pd: str | None = None
    fideslang: str | None = None
    note: Text | None = None


_TREAT_AS_TEXTS = {
    TreatAs.SENSITIVE: Text("按敏感个人信息对待", "treated as sensitive"),
    TreatAs.CONTEXT: Text("视使用情形判断", "depends on its use"),
    TreatAs.ORDINARY: Text("一般个人信息", "ordinary"),
}
