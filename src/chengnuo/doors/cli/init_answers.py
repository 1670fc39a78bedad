"""The five answers as a file of them or the options of a command give them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.answers import (
    Answers,
    Asked,
    GivenAnswers,
    types_like,
    wrong_with,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId

MOST_SIGNS = 65_536
"""How long a file of answers may be; a whole one has a few hundred characters."""


class AnswersRefusedError(InvalidInputError):
    """An answer is not what was asked for."""

    code = "answers-refused"

    def __init__(self, asked: str, why: Text) -> None:
        super().__init__(f"answer `{asked}`: {why.in_lang(Lang.EN)}")
        self.asked = asked
        self.why = why


def read_answers(text: str) -> GivenAnswers:
    """Read a file of answers, in TOML; what is left out was not answered.

    Raises:
        AnswersRefusedError: It is not TOML, or holds something else or more.

    """
    if len(text) > MOST_SIGNS:
        why = Text(f"超过 {MOST_SIGNS} 个字", f"more than {MOST_SIGNS} characters")
        raise AnswersRefusedError("--answers", why)
    try:
        return given_answers(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        why = Text(f"不是 TOML：{error}", f"not TOML: {error}")
        raise AnswersRefusedError("--answers", why) from error
    except RecursionError as error:
        why = Text("嵌套太深", "nested too deeply")
        raise AnswersRefusedError("--answers", why) from error


def given_answers(said: Mapping[str, object]) -> GivenAnswers:
    """Return what was answered, by the names of `Asked`.

    Raises:
        AnswersRefusedError: There is another name, or a value of another kind.

    """
    for name in said.keys() - set(Asked):
        raise AnswersRefusedError(name, Text("没有这个问题", "there is no such question"))
    try:
        return msgspec.convert(said, ready(GivenAnswers))
    except msgspec.ValidationError as error:
        where = str(error).partition(" - at `$")[2].strip(".`") or "--answers"
        raise AnswersRefusedError(where, Text(str(error), str(error))) from error


def joined(before: GivenAnswers, after: GivenAnswers) -> GivenAnswers:
    """Return what is answered afterwards, and what was answered only before."""
    said = {name: value for name, value in asdict(after).items() if value not in {None, ()}}
    return replace(before, **said)


def answers_of(given: GivenAnswers, law: Catalogue) -> Answers:
    """Return the answers, checked.

    Raises:
        AnswersRefusedError: One is not what was asked for.

    """
    checked = asdict(given)
    for asked in _TEXTS:
        checked[asked.value] = _text(asked, checked[asked.value] or "")
    checked["types"], checked["other_type"] = types_of(given.types, law)
    return Answers(**checked)


def types_of(given: Iterable[str], law: Catalogue) -> tuple[tuple[AppTypeId, ...], str | None]:
    """Return the types that words name, and what the app is where they name none.

    Raises:
        AnswersRefusedError: Words fit several types, or not all of them are types.

    """
    said = [one.strip() for one in given if one.strip()]
    found: list[AppTypeId] = []
    other: list[str] = []
    for one in said:
        like = types_like(one, law)
        if len(like) > 1:
            raise AnswersRefusedError(Asked.TYPES, several(one, like, law))
        found.extend(like)
        if not like:
            other.append(one)
    if other and found:
        why = Text(f"39 类里没有“{other[0]}”", f"none of the 39 types is `{other[0]}`")
        raise AnswersRefusedError(Asked.TYPES, why)
    return tuple(dict.fromkeys(found)), other[0] if other else None


def several(words: str, like: Iterable[AppTypeId], law: Catalogue) -> Text:
    """Return which types words fit."""
    types = [law.app_type(one) for one in like]
    zh = "、".join(f"{one.number} {one.text.zh}" for one in types)
    en = ", ".join(f"{one.number} {one.text.en or one.text.zh}" for one in types)
    return Text(
        f"“{words}”对得上几类，请写编号：{zh}", f"`{words}` fits several, give a number: {en}"
    )


_TEXTS = (
    *(Asked.NAME, Asked.CREDIT_CODE, Asked.APP),
    *(Asked.WITHOUT_ACCOUNT, Asked.PHONE, Asked.EMAIL),
)


def _text(asked: Asked, said: str) -> str | None:
    given = said.strip()
    why = wrong_with(asked, given) if given else None
    if why is not None:
        raise AnswersRefusedError(asked, why)
    return given or None
