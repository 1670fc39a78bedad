"""Words by which screens show that they advertise, and how an advertisement is closed.

A label of an advertisement (`广告`) is a whole text: a setting for personalised advertisements
holds the word too, and advertises nothing. What closes is a short text with a word of closing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.observation.said_words import any_in_a_row, holds, plain, words_of_name

_AROUND = " .·•|-—:：()（）[]【】0123456789"
"""What stands around a label and says nothing; a countdown too."""
_LONGEST = 16
"""Characters of a text that closes something, or invites; longer ones explain."""


class AdRole(StrEnum):
    """What a word shows."""

    LABEL = "label"
    """A whole text that says: this is an advertisement."""
    CLOSE = "close"
    """A short text that closes or skips."""
    INVITE = "invite"
    """A short text that leads away from the app's own screens."""
    WAITS = "waits"
    """A text that lets one close only later."""
    SHAKE = "shake"
    """A text that says: moving the phone opens the advertisement."""
    AD_NAME = "ad-name"
    """A name of a file or view, of an advertisement."""
    OVER_NAME = "over-name"
    """A name of a screen that stands over others, or before them."""
    NOT_NAME = "not-name"
    """A name of a row or strip between other things, which nobody has to close."""
    CLOSE_NAME = "close-name"
    """A name of a view or picture that closes or skips."""
    SHAKE_NAME = "shake-name"
    """A name in code, of reading that the phone is moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdWords:
    """The words of each role, in lower case, of all languages together."""

    words: Mapping[AdRole, tuple[str, ...]]

    def label(self, texts: Iterable[str]) -> str:
        """Return the first text that is a label of advertisements; empty if none is."""
        known = self.words.get(AdRole.LABEL, ())
        return next((one for one in texts if plain(one).strip(_AROUND) in known), "")

    def short(self, role: AdRole, texts: Iterable[str]) -> str:
        """Return the first short text that holds a word of a role; empty if none does."""
        return self.speaks_of(role, (one for one in texts if len(one.strip()) <= _LONGEST))

    def speaks_of(self, role: AdRole, texts: Iterable[str]) -> str:
        """Return the first text that holds a word of a role; empty if none does."""
        known = self.words.get(role, ())
        return next((one for one in texts if any(holds(plain(one), w) for w in known)), "")

    def named(self, role: AdRole, name: str) -> bool:
        """Tell whether a name in code or resources holds a word of a role."""
        return any_in_a_row(self.words.get(role, ())).search(words_of_name(name)) is not None
