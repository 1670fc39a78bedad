"""Reads a policy: records first, then the sentences that no record was made of, then the fields."""

import re
from collections import Counter
from collections.abc import Iterator

from chengnuo.base.text import Lang
from chengnuo.domain.inspection.policies.clauses import collected_in, parties_in
from chengnuo.domain.inspection.policies.duties import DutiesOf, duties_by_words, of_a_part
from chengnuo.domain.inspection.policies.fields import fields_of
from chengnuo.domain.inspection.policies.lexicon import Lexicon
from chengnuo.domain.inspection.policies.records import records_of
from chengnuo.domain.inspection.policies.rows import collected_of, party_of
from chengnuo.domain.inspection.policies.summary import summary_gaps
from chengnuo.domain.observation.policy import CollectedItem, NamedParty, PolicyReading
from chengnuo.engines.policy.blocks import BlockKind, BlockText, Sentence
from chengnuo.engines.policy.enumerating import key_of
from chengnuo.engines.policy.sections import headed
from chengnuo.engines.policy.sentences import sentences_of

MAX_CHARACTERS = 2_000_000
"""A policy is some ten thousand characters; blocks behind this many are not read."""

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_ENGLISH = frozenset(
    {
        "the",
        "and",
        "you",
        "your",
        "we",
        "our",
        "of",
        "to",
        "is",
        "for",
        "with",
        "this",
        "when",
        "or",
    }
)
_MIN_ENGLISH = 0.12
_MIN_HAN = 0.12


def read_policy(
    document: BlockText,
    *,
    file: str,
    sha256: str,
    lexicon: Lexicon,
    duties: DutiesOf = duties_by_words,
) -> PolicyReading:
    """Return what a policy says.

    Args:
        document: The policy.
        file: Name of its file.
        sha256: SHA-256 of the file, 64 hex digits.
        lexicon: The words by which it is read.
        duties: Tells whether it says what it has to.

    """
    is_whole = len(document.text) <= MAX_CHARACTERS
    read = document if is_whole else _cut(document)
    langs = tuple(languages_of(read.text))
    records = [*records_of(read, headed(read), lexicon)]
    sentences = sentences_of(read)
    collected = [one for record in records for one in collected_of(record, lexicon)]
    parties = [one for each in records if (one := party_of(each, lexicon)) is not None]
    free = [one for one in sentences if not _is_of_record(one, read, lexicon)]
    collected.extend(one for sentence in free for one in collected_in(sentence, lexicon))
    parties.extend(one for sentence in free for one in parties_in(sentence, lexicon))
    said = duties(sentences) if langs else ()
    return PolicyReading(
        file=file,
        sha256=sha256,
        characters=len(read.text),
        langs=langs,
        is_whole=is_whole,
        collected=tuple(sorted(collected, key=_place_of_item)),
        parties=tuple(sorted(parties, key=_place_of_party)),
        fields=fields_of(read, sentences),
        duties=said if is_whole else tuple(of_a_part(said)),
        summary_differs=summary_gaps(read.text, sentences, collected) if is_whole else (),
    )


def languages_of(text: str) -> Iterator[Lang]:
    """Yield the languages that a text is in, of those that are read here.

    >>> [*languages_of("我们收集您的手机号")]
    [<Lang.ZH: 'zh'>]
    >>> [*languages_of("We collect the number of your phone")]
    [<Lang.EN: 'en'>]
    >>> [*languages_of("Wir erheben Ihre Telefonnummer")]
    []

    """
    letters = sum(1 for sign in text if sign.isalpha()) or 1
    if len(_HAN.findall(text)) / letters >= _MIN_HAN and not _is_other(text):
        yield Lang.ZH
    words = Counter(word.lower() for word in _LATIN.findall(text))
    known = sum(words[each] for each in _ENGLISH)
    if words and known / words.total() >= _MIN_ENGLISH:
        yield Lang.EN


def _is_other(text: str) -> bool:
    """Tell whether a text with Chinese characters is Japanese or Korean."""
    return len(_KANA_HANGUL.findall(text)) > len(_HAN.findall(text)) / 4


def _cut(document: BlockText) -> BlockText:
    blocks = tuple(one for one in document.blocks if one.end <= MAX_CHARACTERS)
    return BlockText(text=document.text[:MAX_CHARACTERS], blocks=blocks)


def _is_of_record(sentence: Sentence, document: BlockText, lexicon: Lexicon) -> bool:
    """Tell whether a sentence is a row of a table, or a line that says something under a key."""
    if document.blocks[sentence.block].kind is BlockKind.TABLE:
        return True
    block = document.blocks[sentence.block]
    key = key_of(document.text, block.start, block.end)
    return (
        key is not None and lexicon.column_of_key(document.text[block.start : key[0]]) is not None
    )


def _place_of_item(one: CollectedItem) -> tuple[int, int]:
    return one.item.start, one.item.end


def _place_of_party(one: NamedParty) -> tuple[int, int]:
    return one.name.start, one.name.end
