"""Words by which texts, buttons, links and names in code show that they are about consent.

A refusal holds the words of an agreement (不同意), so it is looked for first. Names in code are
taken apart into words: `hasAgreedPrivacy` and `user_agreement` speak of consent, `HttpProtocol`
does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.domain.observation.said_words import any_in_a_row, holds, plain, words_of_name


class WordRole(StrEnum):
    """What a word shows."""

    CONSENT_TEXT = "consent-text"
    """The text asks for consent."""
    AGREE = "agree"
    """The button agrees."""
    REFUSE = "refuse"
    """The button refuses."""
    DISAGREE = "disagree"
    """The button refuses in so many words; others that refuse may only close a screen."""
    RULES = "rules"
    """The text is, or leads to, the processing rules or terms."""
    NAME = "name"
    """A name in code, of a method, field or key, is about consent."""
    WEAK_NAME = "weak-name"
    """A name in code may be about consent, beside others."""
    NOT_NAME = "not-name"
    """A name in code that holds one of those words and means something else."""
    OTHER_WAY = "other-way"
    """The text offers a way to show who one is that needs no face."""
    PURPOSE = "purpose"
    """The text says what something is for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentWords:
    """The words of each role, in lower case, of all languages together."""

    words: Mapping[WordRole, tuple[str, ...]]

    def speaks_of(self, role: WordRole, text: str) -> bool:
        """Tell whether a text that people see holds a word of a role."""
        said = plain(text)
        return any(holds(said, word) for word in self.words.get(role, ()))

    def button(self, text: str) -> WordRole | None:
        """Return whether a button refuses or agrees; None if it says neither."""
        roles = (WordRole.REFUSE, WordRole.AGREE)
        return next((role for role in roles if self.speaks_of(role, text)), None)

    def name(self, name: str) -> WordRole | None:
        """Return whether a name in code is about consent, surely or perhaps; None if not."""
        said = words_of_name(name)
        if any_in_a_row(self.words.get(WordRole.NOT_NAME, ())).search(said):
            return None
        roles = (WordRole.NAME, WordRole.WEAK_NAME)
        return next(
            (role for role in roles if any_in_a_row(self.words.get(role, ())).search(said)), None
        )
