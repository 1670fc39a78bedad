"""Putting texts together in both languages at once."""

from collections.abc import Iterable

from chengnuo.base.text import Lang, Text

Sayable = Text | str | int


def both(text: Text) -> Text:
    """Return a text that has its English, the Chinese words where nobody wrote any."""
    return Text(text.zh, text.in_lang(Lang.EN))


def same(words: str) -> Text:
    """Return a text that is the same in both languages: a name, a number, an address."""
    return Text(words, words)


def fill(zh: str, en: str, /, **values: Sayable) -> Text:
    """Return a sentence with its places filled; what is filled in is never read as a pattern.

    >>> fill("保存 {n} 天", "kept {n} days", n=30)
    Text(zh='保存 30 天', en='kept 30 days')

    """
    chinese = {key: _in(value, Lang.ZH) for key, value in values.items()}
    english = {key: _in(value, Lang.EN) for key, value in values.items()}
    return Text(zh.format(**chinese), en.format(**english))


def joined_texts(texts: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """Return texts in a row, as each language sets them apart; empty if there are none."""
    given = tuple(texts)
    return Text(
        zh.join(text.zh for text in given), en.join(text.in_lang(Lang.EN) for text in given)
    )


def sentences(texts: Iterable[Text]) -> Text:
    """Return sentences one after another, each with its own stop."""
    return joined_texts((_stopped(text) for text in texts), "", " ")


def _stopped(text: Text) -> Text:
    zh, en = text.zh.rstrip(), text.in_lang(Lang.EN).rstrip()
    if zh and zh[-1] not in "。！？；：…":
        zh += "。"
    en = en[:1].upper() + en[1:]
    if en and en[-1] not in ".!?;:…":
        en += "。" if en == text.zh.rstrip() and not en.isascii() else "."
    return Text(zh, en)


def _in(value: Sayable, lang: Lang) -> str:
    return value.in_lang(lang) if isinstance(value, Text) else str(value)
