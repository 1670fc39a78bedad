"""Data categories of fideslang and categories of the catalogue, both ways.

The catalogue suggests one fideslang key for each of its categories, so going back is often a
choice. The table below makes it for the keys of the default taxonomy (fideslang 3.1.4) where the
catalogue names none or several; a broad key stands for several categories and asks to be
narrowed. Keys of older taxonomies are known by their last word, custom keys by their parents.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import PICategory, TreatAs
from chengnuo.law.ids import CategoryId

_CHOSEN: dict[str, str] = {
    "user.authorization": "PI-NETID-CRED",
    "user.authorization.credentials": "PI-NETID-CRED",
    "user.behavior.purchase_history": "PI-PROP-TRADE",
    "user.biometric.health": "PI-HEALTH-HEART",
    "user.childrens": "PI-AGE-U14",
    "user.contact.fax_number": "PI-BASIC-PHONE",
    "user.contact.organization": "PI-EDUWORK-JOB",
    "user.contact.url": "PI-ONLINE-UGC",
    "user.content.private": "PI-COMM-CONTENT",
    "user.content.public": "PI-ONLINE-UGC",
    "user.content.self_image": "PI-DEVICE-CAMERA",
    "user.demographic.age_range": "PI-BASIC-BIRTH",
    "user.demographic.language": "PI-ONLINE-PROFILE",
    "user.demographic.marital_status": "PI-BASIC-MARITAL",
    "user.demographic.profile": "PI-ONLINE-PROFILE",
    "user.device.cookie": "PI-NETID-COOKIE",
    "user.financial.credit_card": "PI-PROP-BANK",
    "user.government_id.birth_certificate": "PI-ID-PHOTO",
    "user.government_id.immigration": "PI-ID-PASSPORT",
    "user.health_and_medical.insurance_beneficiary_id": "PI-ID-SOCIAL",
    "user.job_title": "PI-EDUWORK-JOB",
    "user.location.precise": "PI-LOC-PRECISE",
    "user.privacy_preferences": "PI-ONLINE-USAGE",
    "user.unique_id": "PI-NETID-ACCOUNT",
    "user.workplace": "PI-EDUWORK-JOB",
}
"""Keys that the catalogue names for none or for several of its categories, and the one taken."""

_BROAD: dict[str, tuple[str, ...]] = {
    "user": ("PI-NETID-ACCOUNT",),
    "user.authorization.biometric": ("PI-BIO-FACE", "PI-BIO-FINGER"),
    "user.biometric": ("PI-BIO-FACE", "PI-BIO-FINGER", "PI-BIO-VOICE", "PI-BIO-IRIS"),
    "user.contact": ("PI-BASIC-PHONE", "PI-BASIC-EMAIL", "PI-BASIC-ADDR"),
    "user.content": ("PI-ONLINE-UGC",),
    "user.demographic": ("PI-BASIC-BIRTH", "PI-BASIC-GENDER"),
    "user.device": ("PI-DEVICE-MODEL",),
    "user.device.device_id": ("PI-DEVICE-AID",),
    "user.financial": ("PI-PROP-ASSET",),
    "user.government_id": ("PI-ID-NUMBER",),
    "user.health_and_medical": ("PI-HEALTH-HISTORY",),
    "user.location": ("PI-LOC-PRECISE",),
    "user.payment": ("PI-PROP-PAYINFO",),
    "user.social": ("PI-CONTACTS-FRIENDS",),
}
"""Keys that cover several categories; the ones that are meant most often, to be narrowed."""

_NOT_PERSONAL = "system"
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class CategoryReading:
    """What a key stands for.

    Attributes:
        categories: Our categories; empty if the key is not about people, or is not known.
        personal: Whether it is about people.
        sure: Whether the key means just this.

    """

    categories: tuple[CategoryId, ...]
    personal: bool
    sure: bool


_NOT_ABOUT_PEOPLE = CategoryReading((), personal=False, sure=True)
_UNKNOWN = CategoryReading((), personal=True, sure=False)


class CategoryTable:
    """Finds our categories for keys, and keys for our categories."""

    def __init__(self, catalogue: Catalogue, parents: Mapping[str, str | None]) -> None:
        """Make the table.

        Args:
            catalogue: Names a key for each of its categories.
            parents: Parent key of each custom data category that the manifest defines.

        """
        self._categories = catalogue.categories
        self._parents = parents
        named: dict[str, list[CategoryId]] = {}
        for category in catalogue.categories.values():
            if category.fideslang is not None:
                named.setdefault(category.fideslang, []).append(category.id)
        self._known: dict[str, CategoryReading] = {
            key: CategoryReading((ids[0],), personal=True, sure=len(ids) == 1)
            for key, ids in named.items()
        }
        for key, chosen in _CHOSEN.items():
            self._add(key, (chosen,), sure=True)
        for key, several in _BROAD.items():
            self._add(key, several, sure=False)
        self._by_last_word: dict[str, list[str]] = {}
        for key in self._known:
            self._by_last_word.setdefault(key.rpartition(".")[2], []).append(key)

    def _add(self, key: str, ids: tuple[str, ...], *, sure: bool) -> None:
        there = tuple(CategoryId(one) for one in ids if CategoryId(one) in self._categories)
        if there:
            self._known[key] = CategoryReading(there, personal=True, sure=sure)

    def read(self, key: str) -> CategoryReading:
        """Tell what a key stands for; a key below a known one stands for the same."""
        for _ in range(_MAX_DEPTH):
            if key == _NOT_PERSONAL or key.startswith(f"{_NOT_PERSONAL}."):
                return _NOT_ABOUT_PEOPLE
            if key in self._known:
                return self._known[key]
            parent = self._parents.get(key) if key in self._parents else self._above(key)
            if parent is None:
                return _UNKNOWN
            key = parent
        return _UNKNOWN

    def _above(self, key: str) -> str | None:
        parent, _, last = key.rpartition(".")
        same_word = self._by_last_word.get(last, [])
        # A key of an older taxonomy: the same last word stands elsewhere today.
        if len(same_word) == 1 and (parent == "user" or parent not in self._known):
            return same_word[0]
        return parent or None

    def key_of(self, category: CategoryId) -> str:
        """Return the key closest to one of our categories."""
        found: PICategory | None = self._categories.get(category)
        return "user" if found is None or found.fideslang is None else found.fideslang

    def depends_on_use(self, category: CategoryId) -> bool:
        """Tell whether a category is sensitive only in some uses."""
        return self._categories[category].treat_as is TreatAs.CONTEXT

    def is_sensitive(self, category: CategoryId) -> bool:
        """Tell whether a category is treated as sensitive whatever its use."""
        return self._categories[category].treat_as is TreatAs.SENSITIVE
