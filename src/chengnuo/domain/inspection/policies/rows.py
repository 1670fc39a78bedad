"""What a record of a policy says: information that is collected, or a party and what it gets."""

import re
from collections.abc import Iterator

from chengnuo.domain.inspection.policies.lexicon import Lexicon
from chengnuo.domain.inspection.policies.records import Record
from chengnuo.domain.observation.policy import (
    CollectedItem,
    NamedParty,
    Necessity,
    ReadFrom,
    Said,
)
from chengnuo.domain.observation.policy_words import PolicyColumn
from chengnuo.engines.policy.enumerating import bracket_of, items_of, trimmed, without_brackets
from chengnuo.law.ids import CategoryId

_REFUSING = re.compile(r"不提供|拒绝提供|;?\s*without it\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>（）()，。；、]{1,2000}")
_LINES_OF_NAME = re.compile(r"\n|(?<=[）)])\s*(?=SDK\s*[：:])")
"""Lines of a cell; of one that was broken to fit in, the line of the SDK follows the company."""
_SDK_LINE = re.compile(r"SDK\s*[：:]\s*(.+)", re.IGNORECASE)
_OPTIONAL = re.compile(
    r"非必要|非必需|可选|选填|可以拒绝|optional|may be refused|not necessary|^否", re.IGNORECASE
)
_NECESSARY = re.compile(r"必要|必需|必填|necessary|required|^是", re.IGNORECASE)
_SENSITIVE = re.compile(r"^(?:是|敏感|yes|sensitive)", re.IGNORECASE)
_NOT_SENSITIVE = re.compile(r"^(?:否|一般|非敏感|no\b|ordinary|not )", re.IGNORECASE)


def party_of(record: Record, lexicon: Lexicon) -> NamedParty | None:
    """Return the third party that a record is of; None if it is of none."""
    name = record.one(PolicyColumn.RECIPIENT, PolicyColumn.COMPANY)
    if name is None or not _is_of_party(record):
        return None
    lines = _LINES_OF_NAME.split(name.words)
    known = [found.group(1) for line in lines[1:] if (found := _SDK_LINE.fullmatch(line))]
    first = Said(lines[0], name.start, name.start + len(lines[0]))
    items = tuple(_items(record, lexicon))
    sdks = (lexicon.sdk_of(each) for each in (*known, without_brackets(first.words), first.words))
    return NamedParty(
        name=first,
        company=_company(record, first),
        sdk=next((one for one in sdks if one is not None), None),
        categories=tuple(dict.fromkeys(one for _, one in items if one is not None)),
        items=tuple(said for said, _ in items),
        purpose=record.one(PolicyColumn.PURPOSE),
        scene=record.one(PolicyColumn.SCENE),
        method=record.one(PolicyColumn.METHOD, PolicyColumn.CHANNEL),
        contact=record.one(PolicyColumn.CONTACT),
        link=_link(record),
        country=record.one(PolicyColumn.COUNTRY),
        role=record.one(PolicyColumn.ROLE),
        read_from=record.read_from,
    )


def _is_of_party(record: Record) -> bool:
    """Tell whether a record says something of a party, not of a permission or a store."""
    says = record.said.keys() & {
        PolicyColumn.INFORMATION,
        PolicyColumn.PURPOSE,
        PolicyColumn.COMPANY,
        PolicyColumn.LINK,
    }
    return bool(says - {PolicyColumn.COMPANY} or PolicyColumn.RECIPIENT in record.said) and bool(
        says
    )


def _company(record: Record, name: Said) -> Said | None:
    given = record.one(PolicyColumn.COMPANY)
    if given is not None and given.start != name.start:
        return given
    at = bracket_of(name.words)
    inside = next(trimmed(name.words, at + 1, len(name.words) - 1), None) if at >= 0 else None
    if inside is None:
        return None
    return Said(name.words[slice(*inside)], name.start + inside[0], name.start + inside[1])


def _link(record: Record) -> Said | None:
    for column in (PolicyColumn.LINK, PolicyColumn.CONTACT, PolicyColumn.RECIPIENT):
        for said in record.all(column):
            found = _ADDRESS.search(said.words)
            if found is not None:
                start = said.start + found.start()
                return Said(found.group(), start, start + len(found.group()))
    return None


def _items(record: Record, lexicon: Lexicon) -> Iterator[tuple[Said, CategoryId | None]]:
    """Yield the items that a record lists, each with its category."""
    for said in record.all(PolicyColumn.INFORMATION):
        yield from listed(said, lexicon)


def listed(said: Said, lexicon: Lexicon) -> Iterator[tuple[Said, CategoryId | None]]:
    """Yield the items of a list, each with its category.

    A name of a category that holds commas is one item.
    """
    whole = lexicon.category_exactly(said.words)
    if whole is not None:
        yield said, whole
        return
    for start, end in items_of(said.words, 0, len(said.words)):
        words = said.words[start:end]
        yield Said(words, said.start + start, said.start + end), lexicon.category_of(words)


def collected_of(record: Record, lexicon: Lexicon) -> Iterator[CollectedItem]:
    """Yield what a record says is collected; nothing if it is of a third party."""
    if PolicyColumn.RECIPIENT in record.said:
        return
    necessary = _categories(record, PolicyColumn.REQUIRED, lexicon)
    optional = _categories(record, PolicyColumn.OPTIONAL, lexicon)
    purpose = record.one(PolicyColumn.PURPOSE)
    if purpose is None and record.read_from is ReadFrom.LINES:
        purpose = record.title
    for item, category in _items(record, lexicon):
        if category in necessary:
            necessity = Necessity.NECESSARY
        elif category in optional:
            necessity = Necessity.OPTIONAL
        else:
            necessity = _necessity(record.one(PolicyColumn.NECESSITY))
        yield CollectedItem(
            item=item,
            category=category,
            purpose=purpose,
            scene=record.one(PolicyColumn.SCENE),
            method=record.one(PolicyColumn.METHOD),
            necessity=necessity,
            sensitive=_sensitive(record.one(PolicyColumn.SENSITIVE)),
            retention=record.one(PolicyColumn.RETENTION),
            read_from=record.read_from,
        )


def _categories(record: Record, column: PolicyColumn, lexicon: Lexicon) -> set[CategoryId | None]:
    """Return the categories listed under a column, before it says what refusing means."""
    found: set[CategoryId | None] = set()
    for said in record.all(column):
        refusing = _REFUSING.search(said.words)
        words = said.words if refusing is None else said.words[: refusing.start()].rstrip("；; ")
        cut = Said(words, said.start, said.start + len(words))
        found.update(category for _, category in listed(cut, lexicon) if category is not None)
    return found


def _necessity(said: Said | None) -> Necessity:
    if said is None:
        return Necessity.UNSAID
    if _OPTIONAL.search(said.words):
        return Necessity.OPTIONAL
    return Necessity.NECESSARY if _NECESSARY.search(said.words) else Necessity.UNSAID


def _sensitive(said: Said | None) -> bool | None:
    if said is None:
        return None
    if _NOT_SENSITIVE.search(said.words):
        return False
    return True if _SENSITIVE.search(said.words) else None
