"""Words of fideslang that the law here knows otherwise: legal bases, retention, identities.

The legal bases of fideslang are those of GDPR Art. 6; PIPL Art. 13 has other ones. Consent and
contract have counterparts, a legal obligation and vital interests nearly; a public interest is
taken as a duty set by law and asked about; legitimate interests have none, so consent is put and
asked about, the side on which nobody's information is used without their will.
"""

import re
from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.domain.register.store import StoreKind, WhenDeleted
from chengnuo.law.legal_basis import LegalBasis

NO_LEGITIMATE_INTERESTS = Text(
    "个人信息保护法第十三条没有“合法利益”这一基础；已暂按“同意”登记，请确认改用哪一项基础",
    "PIPL Art. 13 knows no legitimate interests; consent is put for now, say which basis applies",
)
_NEAR = Text(
    "依据来自 GDPR 第六条，含义相近而不相同，请确认",
    "the basis is one of GDPR Art. 6, near to ours and not the same; confirm it",
)


@dataclass(frozen=True, slots=True)
class BasisReading:
    """A legal basis of ours, and what there is to ask about it."""

    basis: LegalBasis
    question: Text | None


BASES: dict[str, BasisReading] = {
    "consent": BasisReading(LegalBasis.CONSENT, None),
    "contract": BasisReading(LegalBasis.CONTRACT, None),
    "legal obligations": BasisReading(LegalBasis.STATUTORY_DUTY, _NEAR),
    "vital interests": BasisReading(LegalBasis.EMERGENCY, _NEAR),
    "public interest": BasisReading(LegalBasis.STATUTORY_DUTY, _NEAR),
    "legitimate interests": BasisReading(LegalBasis.CONSENT, NO_LEGITIMATE_INTERESTS),
}
NO_BASIS = BasisReading(
    LegalBasis.CONSENT,
    Text(
        "未写明合法性基础；已暂按“同意”登记，请确认",
        "no legal basis is written; consent is put for now, confirm it",
    ),
)
BASIS_WORDS: dict[LegalBasis, str | None] = {
    LegalBasis.CONSENT: "Consent",
    LegalBasis.CONTRACT: "Contract",
    LegalBasis.STATUTORY_DUTY: "Legal obligations",
    LegalBasis.EMERGENCY: "Vital interests",
    LegalBasis.NEWS: None,
    LegalBasis.ALREADY_PUBLIC: None,
    LegalBasis.OTHER_LAW: None,
}

RESPONSIBILITIES: dict[str, RecipientRole] = {
    "controller": RecipientRole.PROVISION,
    "processor": RecipientRole.ENTRUSTED,
    "sub-processor": RecipientRole.ENTRUSTED,
}
RESPONSIBILITY_WORDS: dict[RecipientRole, str] = {
    RecipientRole.ENTRUSTED: "Processor",
    RecipientRole.JOINT: "Controller",
    RecipientRole.PROVISION: "Controller",
}

IDENTITY_CATEGORIES: dict[str, str] = {
    "email": "PI-BASIC-EMAIL",
    "phone_number": "PI-BASIC-PHONE",
    "phone": "PI-BASIC-PHONE",
    "ga_client_id": "PI-NETID-COOKIE",
    "ljt_readerid": "PI-NETID-COOKIE",
    "fides_user_device_id": "PI-NETID-COOKIE",
}
ANY_IDENTITY = "PI-NETID-ACCOUNT"
IDENTITY_WORDS: dict[str, str] = {
    "PI-BASIC-EMAIL": "email",
    "PI-BASIC-PHONE": "phone_number",
}

MASKING: dict[str, WhenDeleted] = {
    "delete": WhenDeleted.DELETE_ROW,
    "null_rewrite": WhenDeleted.NULL,
    "string_rewrite": WhenDeleted.MASK,
    "hash": WhenDeleted.MASK,
    "hmac": WhenDeleted.MASK,
    "aes_encrypt": WhenDeleted.MASK,
    "random_string_rewrite": WhenDeleted.ANONYMISE,
}
MASKING_WORDS: dict[WhenDeleted, str | None] = {
    WhenDeleted.DELETE_ROW: "delete",
    WhenDeleted.NULL: "null_rewrite",
    WhenDeleted.MASK: "string_rewrite",
    WhenDeleted.ANONYMISE: "random_string_rewrite",
    WhenDeleted.KEEP: None,
}

_STORE_KINDS = {
    "postgres": StoreKind.POSTGRESQL,
    "mysql": StoreKind.MYSQL,
    "mariadb": StoreKind.MYSQL,
    "sqlite": StoreKind.SQLITE,
    "redis": StoreKind.REDIS,
    "s3": StoreKind.FILES,
}
_UNITS = {
    "year": "years",
    "年": "years",
    "month": "months",
    "个月": "months",
    "月": "months",
    "week": "weeks",
    "周": "weeks",
    "day": "days",
    "天": "days",
    "日": "days",
    "hour": "hours",
    "小时": "hours",
}
_AMOUNT = re.compile(
    r"([0-9]{1,4})\s*(years?|months?|weeks?|days?|hours?|年|个月|月|周|天|日|小时)", re.IGNORECASE
)
_STARTS = (
    (re.compile(r"clos|cancel|terminat|注销", re.IGNORECASE), RetentionStart.ACCOUNT_CANCELLED),
    (re.compile(r"last (?:use|login|activ)|inactiv|最后", re.IGNORECASE), RetentionStart.LAST_USED),
    (
        re.compile(r"transaction|order|purchase|交易", re.IGNORECASE),
        RetentionStart.TRANSACTION_DONE,
    ),
    (re.compile(r"withdraw|撤回", re.IGNORECASE), RetentionStart.CONSENT_WITHDRAWN),
)
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class RetentionReading:
    """A retention text taken apart; `whole` tells that nothing of it was left over."""

    period: Period
    start: RetentionStart
    whole: bool


def read_retention(text: str) -> RetentionReading | None:
    """Read `P30D`, `30 days`, `1 year 6 months`, `3 年`, or a bare number of days.

    A bare number counts days, as Fides shows it. Returns None where no period can be made out.

    >>> str(read_retention("2 years after the account is closed").period)
    'P2Y'

    """
    try:
        return RetentionReading(Period.parse(text), RetentionStart.COLLECTED, whole=True)
    except InvalidInputError:
        pass
    if re.fullmatch(r"[0-9]{1,5}", text) and int(text) > 0:
        return RetentionReading(Period(days=int(text)), RetentionStart.COLLECTED, whole=False)
    counted: dict[str, int] = {}
    for amount, unit in _AMOUNT.findall(text):
        name = _UNITS.get(unit) or _UNITS[unit.lower().removesuffix("s")]
        if name in counted:
            return None
        counted[name] = int(amount)
    if not any(counted.values()):
        return None
    left = _AMOUNT.sub("", text).strip(" ,.;，。、").removeprefix("and").strip()
    start = next((word for form, word in _STARTS if form.search(left)), RetentionStart.COLLECTED)
    return RetentionReading(Period(**counted), start, whole=not left)


def store_kind_of(*names: str) -> StoreKind:
    """Guess what kind of store it is from what it is called; `other` if nothing tells."""
    said = " ".join(names).lower()
    return next((kind for word, kind in _STORE_KINDS.items() if word in said), StoreKind.OTHER)


def bilingual(text: str, what: Text) -> Text:
    """Return a text of a file: as it is if it is Chinese, else marked for translation.

    Args:
        text: The text, in whatever language.
        what: What it is, for the mark.

    """
    if _CHINESE.search(text):
        return Text(text)
    return Text(f"{to_complete(what).zh}（原文：{text}）", text)
