"""Words by which privacy policies name categories, permissions and SDKs.

Beside the names that the other catalogues give: what policies of the mainland say for them. A
word in lower case is found in any case, one with a capital only as it is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class NamedThing(StrEnum):
    """What a word names."""

    CATEGORY = "category"
    PERMISSION = "permission"
    SDK = "sdk"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyWords:
    """The words by what they name, then by its id; a permission goes by its full name."""

    words: Mapping[NamedThing, Mapping[str, tuple[str, ...]]]
