"""Whether texts of a screen ask for consent, name the processing rules, or refuse.

A refusal holds the words of an agreement (不同意), and a long text may say how to refuse: only a
short one is taken for a button that refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from chengnuo.domain.observation.consent_words import ConsentWords, WordRole

_SHORT, _SHORT_LATIN = 24, 34
"""Characters of a button's text, and of one in Latin letters; longer texts explain."""


@dataclass(frozen=True, slots=True)
class ConsentTexts:
    """Judges texts; what was told is kept, as the same texts stand on many screens."""

    words: ConsentWords
    _known: dict[tuple[WordRole, str], bool] = field(default_factory=dict, repr=False)

    def speak_of(self, role: WordRole, texts: Iterable[str]) -> str:
        """Return the first of texts that holds a word of a role; empty if none does."""
        return next((one for one in texts if self._speaks(role, one)), "")

    def _speaks(self, role: WordRole, text: str) -> bool:
        key = (role, text)
        if key not in self._known:
            # Few texts hold a word at all, and looking for its bounds takes most of the time.
            said = " ".join(text.lower().split())
            holds = any(word in said for word in self.words.words.get(role, ()))
            self._known[key] = holds and self.words.speaks_of(role, text)
        return self._known[key]

    def asking(self, texts: Iterable[str]) -> str:
        """Return the first text of a box that asks for consent, or names rules, and not refuses."""
        return self.about(one for one in texts if not self.refusing((one,)))

    def about(self, texts: Iterable[str]) -> str:
        """Return the first of texts that is about consent or the rules; empty if none is."""
        for one in texts:
            asks = self._speaks(WordRole.CONSENT_TEXT, one) and not self.refusing((one,))
            if asks or self._speaks(WordRole.RULES, one):
                return one
        return ""

    def refusing(self, texts: Iterable[str]) -> str:
        """Return the first text of a button that refuses; empty if none does."""
        short = (one for one in texts if _is_short(one))
        return next((one for one in short if self._speaks(WordRole.REFUSE, one)), "")

    def agreeing(self, texts: Iterable[str]) -> bool:
        """Tell whether one of texts is that of a button that agrees; a box names the rules too."""
        return any(
            self._speaks(WordRole.AGREE, one)
            for one in texts
            if _is_short(one)
            and not self._speaks(WordRole.RULES, one)
            and not self.refusing((one,))
        )


def _is_short(text: str) -> bool:
    return len(text) <= (_SHORT_LATIN if text.isascii() else _SHORT)
