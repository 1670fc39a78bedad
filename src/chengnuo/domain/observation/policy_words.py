"""Words by which privacy policies name categories, permissions and SDKs, and head their tables.

Beside the names that the other catalogues give: what policies of the mainland say for them. A
word in lower case is found in any case, one with a capital only as it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NamedThing(StrEnum):
    """What a word names."""

    CATEGORY = "category"
    ITEM = "item"
    """A category too, but only where information is listed that is collected or given."""
    PERMISSION = "permission"
    SDK = "sdk"
    COLUMN = "column"


class PolicyColumn(StrEnum):
    """What a column of a table, or a line of the form `key：value`, tells."""

    RECIPIENT = "recipient"
    COMPANY = "company"
    INFORMATION = "information"
    PURPOSE = "purpose"
    SCENE = "scene"
    METHOD = "method"
    CHANNEL = "channel"
    REQUIRED = "required"
    OPTIONAL = "optional"
    NECESSITY = "necessity"
    SENSITIVE = "sensitive"
    RETENTION = "retention"
    LINK = "link"
    CONTACT = "contact"
    COUNTRY = "country"
    ROLE = "role"
    PERMISSION = "permission"
    BASIS = "basis"
    COLLECTOR = "collector"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """The words by what they name, then by its id; a permission goes by its full name."""

    words: Mapping[NamedThing, Mapping[str, tuple[str, ...]]]
