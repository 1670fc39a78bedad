"""The five answers as a file of them or the options of a command give them."""

import tomllib
from collections.abc import Iterable
from typing import Literal

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.answers import Answers, Asked, types_like, wrong_with
from chengnuo.domain.register.app import MinorsAudience
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


class AnswersBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A file of answers, in TOML; what is left out was not answered.

    Attributes:
        name: Full registered name of the handler.
        credit_code: Unified social credit code.
        app: Name of the app.
        types: Its types by number, id or words; one that is none of the 39 says what it is.
        accounts: Whether people can sign up.
        without_account: What people can do without an account.
        minors_under_14: Whether children under fourteen are among the people.
        phone: Telephone for matters of privacy.
        email: E-mail address for them.

    """

    name: str | None = None
    credit_code: str | None = None
    app: str | None = None
    types: tuple[str, ...] = ()
    accounts: bool | None = None
    without_account: str | None = None
    minors_under_14: Literal["expected", "possible", "not-intended"] | None = None
    phone: str | None = None
    email: str | None = None


def read_answers(text: str) -> AnswersBody:
    """Read a file of answers.

    Raises:
        AnswersRefusedError: It is not TOML, or holds something else or more.

    """
    if len(text) > MOST_SIGNS:
        why = Text(f"超过 {MOST_SIGNS} 个字", f"more than {MOST_SIGNS} characters")
        raise AnswersRefusedError("--answers", why)
    try:
        return msgspec.convert(tomllib.loads(text), AnswersBody)
    except tomllib.TOMLDecodeError as error:
        why = Text(f"不是 TOML：{error}", f"not TOML: {error}")
        raise AnswersRefusedError("--answers", why) from error
    except RecursionError as error:
        why = Text("嵌套太深", "nested too deeply")
        raise AnswersRefusedError("--answers", why) from error
    except msgspec.ValidationError as error:
        where = str(error).partition(" - at `$")[2].strip(".`") or "--answers"
        raise AnswersRefusedError(where, Text(str(error), str(error))) from error


def joined(file: AnswersBody, options: AnswersBody) -> AnswersBody:
    """Return what the options say, and what only the file says."""
    said = {
        name: value
        for name in AnswersBody.__struct_fields__
        if (value := getattr(options, name)) not in {None, ()}
    }
    return msgspec.structs.replace(file, **said)


def answers_of(body: AnswersBody, law: Catalogue) -> Answers:
    """Return the answers.

    Raises:
        AnswersRefusedError: One is not what was asked for.

    """
    texts = {
        asked: _text(asked, getattr(body, asked.value))
        for asked in (
            *(Asked.NAME, Asked.CREDIT_CODE, Asked.APP),
            *(Asked.WITHOUT_ACCOUNT, Asked.PHONE, Asked.EMAIL),
        )
    }
    types, other = types_of(body.types, law)
    minors = body.minors_under_14
    return Answers(
        name=texts[Asked.NAME],
        credit_code=texts[Asked.CREDIT_CODE],
        app=texts[Asked.APP],
        types=types,
        other_type=other,
        accounts=body.accounts,
        without_account=texts[Asked.WITHOUT_ACCOUNT],
        minors_under_14=None if minors is None else MinorsAudience(minors),
        phone=texts[Asked.PHONE],
        email=texts[Asked.EMAIL],
    )


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


def _text(asked: Asked, said: str | None) -> str | None:
    given = "" if said is None else said.strip()
    if not given:
        return None
    why = wrong_with(asked, given)
    if why is not None:
        raise AnswersRefusedError(asked, why)
    return given
