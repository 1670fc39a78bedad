"""Values of a register's tree in words, as people read them in a note of changes."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.country_words import country_in_words
from chengnuo.domain.disclosure.method_words import (
    BASIS,
    FORM,
    OPERATION,
    PROVIDER,
    THEN,
    TRIGGER,
    frequency_in_words,
    keep_in_words,
    start_in_words,
)
from chengnuo.domain.disclosure.recipient_words import CHANNEL, ROLE, ROUTE
from chengnuo.domain.disclosure.right_words import RIGHT
from chengnuo.domain.disclosure.rules_use import KIND
from chengnuo.domain.disclosure.saying import fill, joined_texts, same
from chengnuo.domain.disclosure.watching_words import MOMENT, SENSOR, TEMPLATE
from chengnuo.domain.register.activity import MinorsRule
from chengnuo.domain.register.diff import Absent, member_key
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.scalars import Frequency, Keep
from chengnuo.law.catalogue import Catalogue

NOTHING = Text("（无）", "(nothing)")
_YES = Text("是", "yes")
_NO = Text("否", "no")
_MINORS: dict[MinorsRule, Text] = {
    MinorsRule.NOT_COLLECTED: Text("不收集", "not collected"),
    MinorsRule.GUARDIAN_CONSENT: Text("经监护人同意后处理", "with a guardian's consent"),
    MinorsRule.OTHER_BASIS: Text("依法无须取得同意", "on a basis that needs no consent"),
}
_Word = TypeVar("_Word", bound=str)


def _plain(table: Mapping[_Word, Text]) -> dict[str, Text]:
    return {str(word): words for word, words in table.items()}


_WORDS: dict[str, dict[str, Text]] = {
    "provided_by": _plain(PROVIDER),
    "trigger": _plain(TRIGGER),
    "operations": _plain(OPERATION),
    "basis": _plain(BASIS),
    "consent": _plain(FORM),
    "role": _plain(ROLE),
    "channel": _plain(CHANNEL),
    "route": _plain(ROUTE),
    "right": _plain(RIGHT),
    "then": _plain(THEN),
    "sensor": _plain(SENSOR),
    "moment": _plain(MOMENT),
    "template": _plain(TEMPLATE),
    "minors_under_14": _plain(_MINORS),
    "kind": _plain(KIND),
}
_CATEGORIES = frozenset({"category", "categories", "personal_factors"})


class ValueWords:
    """Says values in words, looking names up in a register and the catalogue."""

    def __init__(self, register: Register, catalogue: Catalogue) -> None:
        self._register = register
        names = {str(one.id): one.text for one in catalogue.categories.values()}
        self._tables = _WORDS | dict.fromkeys(_CATEGORIES, names)

    def say(self, key: str, value: Tree | Absent) -> Text:
        """Return a value of a field in words.

        Args:
            key: Key of the field, which tells what a word stands for.
            value: What the register's tree holds there.

        """
        said = NOTHING
        match value:
            case bool():
                said = _YES if value else _NO
            case int():
                said = same(str(value))
            case str():
                said = self._word(key, value)
            case Mapping():
                said = self._mapping(value)
            case list() if value:
                said = joined_texts((self.say(key, member) for member in value), "；", "; ")
        return said

    def _word(self, key: str, word: str) -> Text:
        table = self._tables.get(key)
        if table is not None:
            return table.get(word, same(word))
        say = _SAY.get(key)
        return self._named(key, word) if say is None else say(word)

    def _named(self, key: str, word: str) -> Text:
        """Return the name of what an id stands for; words of no known kind as they are."""
        register = self._register
        found: Text | None = None
        if key in {"recipients", "recipient", "operated_by"}:
            found = next((x.name for x in register.recipients if x.recipient == word), None)
        elif key == "service":
            found = next((x.name for x in register.services if x.service == word), None)
        elif key in {"requires", "any_of", "activity"}:
            found = next((x.purpose for x in register.activities if x.activity == word), None)
        elif key == "off_switch":
            found = next((x.name for x in register.switches if x.switch == word), None)
        elif key == "stores":
            store = word.partition(".")[0]
            found = next((x.name for x in register.stores if x.store == store), None)
        return same(word) if found is None else found

    def _mapping(self, value: Mapping[str, Tree]) -> Text:
        if "zh" in value and value.keys() <= {"zh", "en"}:
            zh = str(value["zh"])
            return Text(zh, str(value.get("en", zh)))
        name = member_key(value)
        pairs: list[Text] = []
        head: Text | None = None
        for key, member in value.items():
            if head is None and name is not None and member == name:
                head = self.say(key, member)
                continue
            pairs.append(
                fill(
                    "{label}：{value}",
                    "{label}: {value}",
                    label=label_of(key),
                    value=self.say(key, member),
                )
            )
        told = joined_texts(pairs, "，", ", ")
        if head is None:
            return told
        return fill("{head}（{told}）", "{head} ({told})", head=head, told=told) if pairs else head


def _period(word: str) -> Text:
    """Return `P30D from collected`, or a bare period, in words."""
    period, _, start = word.partition(" from ")
    kept = keep_in_words(Keep.parse(period))
    if not start:
        return kept
    return fill(
        "{start} {kept}", "{kept} {start}", start=start_in_words(RetentionStart(start)), kept=kept
    )


def _frequency(word: str) -> Text:
    return frequency_in_words(Frequency.parse(word))


def _start(word: str) -> Text:
    return start_in_words(RetentionStart(word))


_SAY: dict[str, Callable[[str], Text]] = {
    "country": country_in_words,
    "place": country_in_words,
    "keep": _period,
    "shown_for": _period,
    "cooling_off": _period,
    "asks_again_after": _period,
    "period": _period,
    "at_most": _frequency,
    "from": _start,
}
