"""The words by which a policy is read: categories in lists, SDKs, columns of tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from chengnuo.domain.finding.package_policy import Naming
from chengnuo.domain.finding.policy_terms import (
    TermsByStart,
    by_start,
    category_terms,
    find_terms,
    item_terms,
    sdk_terms,
    tight,
)
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.policy_words import NamedThing, PolicyColumn
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.engines.policy.enumerating import without_brackets
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_AROUND = re.compile(
    r"^(?:您的?|用户的?|你的?|个人的?|your |the )"
    r"|(?:等信息|等|信息|数据|号码?|\s*information|\s*data)$"
)
_LONGEST_HEAD = 24
_LONGEST_ITEM = 200


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words.

    Attributes:
        exact: Category by each of its words, tight.
        categories: Terms for categories.
        plain: Words that name a category wherever they stand, tight.
        sdks: Terms for SDKs.
        columns: Column by each of its words, tight, the longest word first.

    """

    exact: Mapping[str, CategoryId]
    categories: TermsByStart
    plain: frozenset[str]
    sdks: TermsByStart
    columns: Mapping[str, PolicyColumn]

    def category_exactly(self, words: str) -> CategoryId | None:
        """Return the category that words are a name of, as a whole."""
        if len(words) > _LONGEST_ITEM:
            return None
        plain = tight(without_brackets(words)).text.strip()
        while plain:
            found = self.exact.get(plain)
            if found is not None:
                return found
            shorter = _AROUND.sub("", plain)
            if shorter == plain:
                break
            plain = shorter
        return None

    def category_of(self, words: str) -> CategoryId | None:
        """Return the category that an item of a list is of: by the whole, else by a word in it."""
        exact = self.category_exactly(words)
        if exact is not None:
            return exact
        found = [*self.categories_in(words)]
        # "联系人手机号": what an item is, its last word says.
        return found[-1][2] if found else None

    def categories_in(self, words: str) -> Iterator[tuple[int, int, CategoryId]]:
        """Yield where a text names categories, each place once, by the longest word there."""
        end = -1
        for start, stop, term in find_terms(words, tight(words), self.categories):
            if start >= end:
                yield start, stop, CategoryId(term.what)
                end = stop

    def is_plain(self, words: str) -> bool:
        """Tell whether words name a category wherever they stand."""
        return tight(words.lower()).text in self.plain

    def sdk_of(self, name: str) -> SdkId | None:
        """Return the SDK that a name names; None if it names none, or several."""
        named: dict[int, set[str]] = {}
        for start, stop, term in find_terms(name, tight(name), self.sdks):
            if term.naming is Naming.NAMED:
                named.setdefault(stop - start, set()).add(term.what)
        longest = named[max(named)] if named else set()
        return SdkId(next(iter(longest))) if len(longest) == 1 else None

    def column_of_key(self, key: str) -> PolicyColumn | None:
        """Return what stands behind a key; None if it is no word for a column."""
        plain = tight(key.lower()).text.strip("：: *")
        return self.columns.get(plain) or self.columns.get(without_brackets(plain))

    def column_of(self, head: str) -> PolicyColumn | None:
        """Return what stands under a heading of a table; None if it has no word for a column."""
        whole = self.column_of_key(head)
        if whole is not None:
            return whole
        plain = tight(head.partition(",")[0]).text.strip("：: *")
        if len(plain) > _LONGEST_HEAD:
            plain = plain.rpartition("：")[2].strip()
        found = self.column_of_key(plain)
        if found is not None or len(plain) > _LONGEST_HEAD:
            return found
        return next((one for word, one in self.columns.items() if _is_in(word, plain)), None)


def _is_in(word: str, head: str) -> bool:
    """Tell whether a heading holds a word for a column; a Latin word has to be the whole of it."""
    return not word.isascii() and len(word) > 1 and word in head


def lexicon_of(knowledge: Knowledge, law: Catalogue) -> Lexicon:
    """Return the words of the knowledge and the law."""
    terms = [*item_terms(knowledge, law)]
    exact: dict[str, CategoryId] = {}
    for category in law.categories.values():
        for title in (category.text.zh, category.text.en or ""):
            exact[tight(title.lower()).text] = category.id
    for term in terms:
        exact.setdefault(term.tight, CategoryId(term.what))
    heads = knowledge.policy_words.words[NamedThing.COLUMN]
    pairs = [
        (tight(word).text, PolicyColumn(name)) for name, words in heads.items() for word in words
    ]
    return Lexicon(
        exact=exact,
        categories=by_start(terms),
        plain=frozenset(term.tight for term in category_terms(knowledge, law)),
        sdks=by_start(sdk_terms(knowledge)),
        columns=dict(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))),
    )
