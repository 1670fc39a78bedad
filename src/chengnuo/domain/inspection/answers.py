"""What a person says of an operator and its app before there is a register: five questions.

Who handles, what the app is, what works without an account, whether children are among the people,
and how to reach whoever answers for privacy. Each may stay unanswered; then the draft marks it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.domain.finding.credit_code import is_credit_code
from chengnuo.domain.register.app import MinorsAudience
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import AppTypeId

LONGEST = 200
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,24}[0-9]")


class Asked(StrEnum):
    """One thing that is asked, by the name it has in a file of answers."""

    NAME = "name"
    CREDIT_CODE = "credit_code"
    APP = "app"
    TYPES = "types"
    ACCOUNTS = "accounts"
    WITHOUT_ACCOUNT = "without_account"
    MINORS = "minors_under_14"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswers:
    """What was answered, as it was given and by the names of `Asked`; None where nothing was.

    Attributes:
        name: Full registered name of the handler.
        credit_code: Unified social credit code of 18 characters (GB 32100).
        app: Name of the app as in the store.
        types: Its common types by number, id or words; one that is none of them says what it is.
        accounts: Whether people can sign up.
        without_account: What people can do without an account, in their words.
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
    minors_under_14: MinorsAudience | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers(GivenAnswers):
    """What was answered, once it is checked.

    Attributes:
        types: Common types that the app belongs to; empty where none fits or nothing was said.
        other_type: What it is, where none fits.

    """

    types: tuple[AppTypeId, ...] = ()
    other_type: str | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was answered."""
        return self == Answers()


def wrong_with(asked: Asked, said: str) -> Text | None:
    """Return what is wrong with an answer that is one text; None if nothing is.

    Args:
        asked: What was asked.
        said: The answer, without white space around it.

    >>> wrong_with(Asked.CREDIT_CODE, "91350100M000100Y44").en
    'the last character does not fit the others: look at the business licence again'

    """
    if len(said) > LONGEST or not said.isprintable():
        return Text(
            f"请在 {LONGEST} 字以内，写在一行", f"at most {LONGEST} characters, on one line"
        )
    if asked is Asked.CREDIT_CODE:
        return _wrong_code(said)
    if asked is Asked.EMAIL and _EMAIL.fullmatch(said) is None:
        return Text(
            "不像电子邮箱，如 privacy@example.com", "no e-mail address, as privacy@example.com"
        )
    if asked is Asked.PHONE and _PHONE.fullmatch(said) is None:
        return Text("不像电话号码，如 0571-0000 0000", "no telephone number, as 0571-0000 0000")
    return None


_CODE_LENGTH = 18


def _wrong_code(said: str) -> Text | None:
    if is_credit_code(said):
        return None
    if len(said) != _CODE_LENGTH:
        return Text(
            f"统一社会信用代码是 18 位，这里是 {len(said)} 位",
            f"the code has 18 characters, this has {len(said)}",
        )
    return Text(
        "末位与前面各位不符，请对照营业执照",
        "the last character does not fit the others: look at the business licence again",
    )


def types_like(words: str, law: Catalogue) -> tuple[AppTypeId, ...]:
    """Return the common types that words mean, the likeliest first: by number, id, name or use.

    Args:
        words: As `6`, `NPI-06`, `购物`, `shopping`.
        law: The law.

    """
    wanted = words.strip().casefold()
    if not wanted:
        return ()
    every = sorted(law.app_types.values(), key=lambda one: one.number)
    exact = [one.id for one in every if wanted in {str(one.number), one.id.casefold()}]
    if exact:
        return tuple(exact)
    named = [
        one.id
        for one in every
        if any(wanted in said.casefold() for said in (one.text.zh, one.text.en or ""))
    ]
    used = [
        one.id
        for one in every
        if any(
            wanted in said.casefold()
            for said in (one.basic_function.zh, one.basic_function.en or "")
        )
    ]
    return tuple(dict.fromkeys((*named, *used)))
