"""Whether an app tells what a permission is for, in a text of its own beside the request.

Asked for is a permission whose name the app's code holds, or a kit's, where some code asks for
permissions at all. Told is it by one short text that names the permission, in the words of
policies, and what it is for (524号文 5.3). The processing rules as a whole do not count: they are
not read at the moment of asking. Whether the text is really shown then, a run has to show.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from chengnuo.domain.inspection.code_texts import in_system
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.permission_uses import sites_of
from chengnuo.domain.inspection.shown_labels import shown_texts
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.policy_words import NamedThing
from chengnuo.domain.observation.said_words import holds, plain

_LONGEST: Final = 200
"""Characters of a text that is shown at one moment; longer ones are rules, or lists."""
_QUOTED: Final = 80
_FILES: Final = (".json", ".arb", ".properties", ".js", ".bundle")
"""Files of texts that an app shows piece by piece; pages are rules as a rule."""
_PIECES: Final = re.compile(r"[\n\r\"<>]+")
"""What parts the texts of such a file."""


@dataclass(frozen=True)
class PurposesTold:
    """Answers whether the purpose of a permission is told; texts are gathered once.

    Attributes:
        opened: The package.
        is_hidden: Whether its code, and so its texts, may be elsewhere.

    """

    opened: Opened
    is_hidden: bool
    _known: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False)

    def details(self, name: str) -> Mapping[str, str]:
        """Return what is told of a permission, by its full name.

        `asked` is `yes` where code asks for it. Of one that is asked for, or of which that is
        hidden, `told` quotes the text, or is empty and `untold` is `yes`, or `unseen` where texts
        may be elsewhere.
        """
        asks = self.is_asked(name)
        if not (asks or self.is_hidden):
            return {}
        said = self.text(name)
        untold = "" if said else "unseen" if self.is_hidden else "yes"
        return {"asked": "yes" if asks else "", "told": said[:_QUOTED], "untold": untold}

    def is_asked(self, name: str) -> bool:
        """Tell whether code asks for a permission, by its full name."""
        return name in self._named and self._requests

    def text(self, name: str) -> str:
        """Return the first text that names a permission and its purpose; empty if none does."""
        words = self._words(name)
        if words not in self._known:
            self._known[words] = next(
                (text for text, said in self._purposes if any(holds(said, one) for one in words)),
                "",
            )
        return self._known[words]

    def _words(self, name: str) -> tuple[str, ...]:
        """Return what people call a permission: its own words, and those of its main category."""
        knowledge = self.opened.knowledge
        named, row = knowledge.policy_words.words, knowledge.permissions.find(name)
        found = list(named.get(NamedThing.PERMISSION, {}).get(name, ()))
        if row is not None and row.touched.categories:
            main = row.touched.categories[0]
            for thing in (NamedThing.CATEGORY, NamedThing.ITEM):
                found += named.get(thing, {}).get(main, ())
        return tuple(dict.fromkeys(one.lower() for one in found))

    @cached_property
    def _purposes(self) -> tuple[tuple[str, str], ...]:
        """The short texts that say what something is for, each with what it is searched as."""
        words = self.opened.knowledge.words
        found: dict[str, str] = {}
        for whole in shown_texts(self.opened, _FILES):
            for text in _PIECES.split(whole.decode("utf-8", "replace")):
                short = text.strip()
                if 0 < len(short) <= _LONGEST and words.speaks_of(WordRole.PURPOSE, short):
                    found.setdefault(short, plain(short))
        return tuple(found.items())

    @cached_property
    def _named(self) -> frozenset[str]:
        """The full names of permissions that code outside the system's libraries holds."""
        program = self.opened.followed.program
        known = {}
        for unit, part in zip(program.units, program.parts, strict=True):
            for at, string in enumerate(unit.strings):
                if b".permission." in string:
                    known[part.strings + at] = string.decode("utf-8", "replace")
        mentions = program.strings_used
        return frozenset(
            known[string]
            for row, string in enumerate(mentions.what.tolist() if known else ())
            if string in known and not in_system(self.opened, int(mentions.caller[row]))
        )

    @cached_property
    def _requests(self) -> bool:
        """Whether any code outside the system's libraries asks for permissions."""
        apis = self.opened.knowledge.apis.apis.values()
        return any(
            not in_system(self.opened, site.defined)
            for api in apis
            if api.behaviour is Behaviour.REQUEST_PERMISSION
            for site in sites_of(self.opened, api)
        )
