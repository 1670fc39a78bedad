"""A text in Chinese, with English where somebody wrote it.

Chinese is what binds; English is a help. Where English is missing the Chinese text is shown,
never an empty place.
"""

from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    """A language that Chengnuo speaks."""

    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in `zh`, and in `en` if it has been written."""

    zh: str
    en: str | None = None

    def in_lang(self, lang: Lang) -> str:
        """Return the text in the language asked for, in Chinese where that is missing."""
        return self.en if lang is Lang.EN and self.en is not None else self.zh
