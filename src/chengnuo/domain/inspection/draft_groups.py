"""What each processing activity of a draft is made from: one group of what is read.

Own code gives one group for each sort of categories, kits one for each purpose that the catalogue
gives them, all other code one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_seen import Kit, SeenForDraft, names_of
from chengnuo.domain.observation.observation import Observation
from chengnuo.domain.register.ids import RecipientId, ServiceId
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.ids import CategoryId

BASIC = ServiceId("basic")
EXTENDED = ServiceId("extended")

_OWNERS_SHOWN = 4

_KINDS: Mapping[str, PurposeKind] = {
    "ab-test": PurposeKind.IMPROVEMENT,
    "ads": PurposeKind.ADVERTISING,
    "analytics": PurposeKind.ANALYTICS,
    "captcha": PurposeKind.SECURITY,
    "crash-apm": PurposeKind.IMPROVEMENT,
    "customer-service": PurposeKind.CUSTOMER_SERVICE,
    "deeplink": PurposeKind.MARKETING,
    "login-share": PurposeKind.ACCOUNT,
    "one-key-login": PurposeKind.ACCOUNT,
    "payment": PurposeKind.PAYMENT,
    "push": PurposeKind.PUSH,
    "push-vendor": PurposeKind.PUSH,
    "risk-control": PurposeKind.RISK_CONTROL,
    "security-hardening": PurposeKind.SECURITY,
    "sms": PurposeKind.ACCOUNT,
}
"""What purposes of kits are as kinds of purpose; a service where the table has none."""

_Readings = Mapping[CategoryId, tuple[Observation, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one activity is drafted from.

    Attributes:
        id: Id of the activity.
        service: Service that it is put to for now.
        purpose: What has to be said as its purpose.
        kind: What the purpose is for, as far as the catalogue tells.
        readings: What was seen of it, by category.
        categories: These, then those that the catalogue names.
        recipients: The kits, as recipients.

    """

    id: str
    service: ServiceId
    purpose: Text
    kind: PurposeKind
    readings: _Readings
    categories: tuple[CategoryId, ...]
    recipients: tuple[RecipientId, ...] = ()


def groups_of(seen: SeenForDraft) -> Iterator[Group]:
    """Yield the groups: own code, kits by purpose, then all other code."""
    for name, readings in seen.own.items():
        names = names_of(seen.look, readings)
        yield Group(
            id=f"own-{name}",
            service=BASIC,
            purpose=Text(
                f"应用自身为什么读取：{names.zh}", f"why the app itself reads: {names.en}"
            ),
            kind=PurposeKind.SERVICE,
            readings=readings,
            categories=tuple(readings),
        )
    by_purpose = sorted(seen.kits, key=lambda one: (one.row.purpose, one.row.id))
    for purpose, found in groupby(by_purpose, key=lambda one: one.row.purpose):
        kits = tuple(one for one in found if one.categories)
        if kits:
            yield _kit_group(seen, purpose, kits)
    if seen.other:
        yield _other_group(seen)


def _other_group(seen: SeenForDraft) -> Group:
    names = names_of(seen.look, seen.other)
    owners = sorted({one.owner.id for each in seen.other.values() for one in each} - {""})
    whose = f" ({', '.join(plain(one) for one in owners[:_OWNERS_SHOWN])})" if owners else ""
    return Group(
        id="other-code",
        service=EXTENDED,
        purpose=Text(
            f"其他代码库{whose} 为什么读取：{names.zh}；属于第三方 SDK 的另建接收方",
            f"why other libraries{whose} read: {names.en}; make a recipient of what is an SDK",
        ),
        kind=PurposeKind.SERVICE,
        readings=seen.other,
        categories=tuple(seen.other),
    )


def _kit_group(seen: SeenForDraft, purpose: str, kits: tuple[Kit, ...]) -> Group:
    called = seen.look.knowledge.sdks.purposes[kits[0].row.purpose]
    readings: dict[CategoryId, tuple[Observation, ...]] = {}
    for kit in kits:
        for category, each in kit.readings.items():
            readings[category] = (*readings.get(category, ()), *each)
    categories = tuple(dict.fromkeys((*readings, *(c for kit in kits for c in kit.categories))))
    return Group(
        id=f"sdk-{purpose}",
        service=EXTENDED,
        purpose=Text(
            f"为什么接入这些 SDK（目录中的用途：{called.zh}）",
            f"what these SDKs are for (by the catalogue: {called.en})",
        ),
        kind=_KINDS.get(purpose, PurposeKind.SERVICE),
        readings=readings,
        categories=categories,
        recipients=tuple(RecipientId(one.row.id) for one in kits),
    )
