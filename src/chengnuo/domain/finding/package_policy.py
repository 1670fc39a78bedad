"""What the text of a privacy policy names: kits, permissions, categories, hosts and addresses.

Words are looked up, nothing is understood: "named" says that the text holds a name or common word
of a thing, "not found" that it holds none that is known here. Whether the text says enough about
it, or means something else by the word, is for a person to read.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from chengnuo.base.text import Text
from chengnuo.domain.observation.name_pattern import domains_of
from chengnuo.domain.observation.observation import Subject


class Naming(StrEnum):
    """How surely a text names something, the surest first."""

    NAMED = "named"
    """By a name of its own or a common word for it."""
    COMPANY_ONLY = "company-only"
    """A kit whose company or brand is named, but not the kit."""
    NOT_FOUND = "not-found"
    """By no word that is known here."""

    @property
    def text(self) -> Text:
        """The words shown for it."""
        return _NAMING_TEXTS[self]


_NAMING_TEXTS = {
    Naming.NAMED: Text("文中提到", "named in the text"),
    Naming.COMPANY_ONLY: Text("只提到其公司或品牌", "only its company or brand is named"),
    Naming.NOT_FOUND: Text("文中未找到", "not found in the text"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One place of the text that names something.

    Attributes:
        subject: `SDK`, `PERMISSION`, `INFORMATION` (a category) or `HOST`.
        what: Id of the kit or category, full name of the permission, or the host.
        naming: How surely.
        word: The words of the text, as they stand there.
        line: Line of the text as it was read, from 1.
        column: Character of the line at which the words begin, from 1.

    """

    subject: Subject
    what: str
    naming: Naming
    word: str
    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class PolicyLook:
    """What a policy names.

    Attributes:
        file: Name of the file.
        sha256: SHA-256 of the file, 64 hex digits.
        characters: Length of the text that was looked through.
        is_whole: Whether the text was looked through to its end.
        mentions: What it names, in the order of the text; each thing once for each of its words,
            where the word stands first.
        links: Addresses in the text, in its order.

    """

    file: str
    sha256: str
    characters: int
    is_whole: bool
    mentions: tuple[Mention, ...]
    links: tuple[str, ...]

    @cached_property
    def mentions_of(self) -> dict[tuple[Subject, str], tuple[Mention, ...]]:
        """The mentions by what they name."""
        found: dict[tuple[Subject, str], tuple[Mention, ...]] = {}
        for one in self.mentions:
            key = (one.subject, one.what)
            found[key] = (*found.get(key, ()), one)
        return found

    def find(self, subject: Subject, what: str) -> Mention | None:
        """Return the surest and first mention of something.

        A host is also named by a domain above it.

        Args:
            subject: `SDK`, `PERMISSION`, `INFORMATION` or `HOST`.
            what: Id of the kit or category, full name of the permission, or the host.

        """
        names = domains_of(what) if subject is Subject.HOST else iter((what,))
        found = [one for name in names for one in self.mentions_of.get((subject, name), ())]
        return min(found, key=lambda one: list(Naming).index(one.naming), default=None)

    def naming(self, subject: Subject, what: str) -> Naming:
        """Tell how surely the text names something; the arguments are those of `find`."""
        found = self.find(subject, what)
        return Naming.NOT_FOUND if found is None else found.naming
