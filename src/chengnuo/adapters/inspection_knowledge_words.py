"""The written form of the words of advertisements, and their values."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from chengnuo.domain.observation.ad_words import AdRole, AdWords


class WrittenAdWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Words of one role in one language."""

    role: AdRole
    lang: Annotated[str, msgspec.Meta(pattern=r"^([a-z]{2,3}(-[A-Za-z]+)*|any)$")]
    words: Annotated[
        tuple[Annotated[str, msgspec.Meta(min_length=1)], ...], msgspec.Meta(min_length=1)
    ]

    @property
    def id(self) -> str:
        """Its id."""
        return f"ad {self.role} {self.lang}"


def ad_words_of(rows: Iterable[WrittenAdWords]) -> AdWords:
    """Return the words of each role, sorted, of all languages together."""
    written = tuple(rows)
    return AdWords(
        words={
            role: tuple(
                sorted({w.lower() for one in written if one.role is role for w in one.words})
            )
            for role in AdRole
        }
    )
