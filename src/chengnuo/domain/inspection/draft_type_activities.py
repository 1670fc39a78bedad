"""Activities drafted from the types of an app: what the law lets its basic function call necessary.

One activity for each row of a type's list. The list says what may be asked for, not what is: a
person strikes what the app does without.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from chengnuo.base.text import Text
from chengnuo.domain.inspection.draft_activities import (
    BASIS_AND_RETENTION,
    UNDECIDED_RETENTION,
)
from chengnuo.domain.inspection.draft_decisions import Decision, Drafted, Step, decide
from chengnuo.domain.inspection.draft_seen import source
from chengnuo.domain.register.activity import MinorsRule, PIItem, ProcessingActivity
from chengnuo.domain.register.draft import to_complete
from chengnuo.domain.register.ids import ActivityId, ServiceId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.method import Method, Provider, Trigger
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.law.app_type import AppType, NecessaryRow
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import TreatAs
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import AppTypeId, CategoryId
from chengnuo.law.legal_basis import LegalBasis

PHONE = CategoryId("PI-BASIC-PHONE")
ACCOUNT = CategoryId("PI-NETID-ACCOUNT")
_SIGNING_UP = Text("注册和登录账号", "Signing up and signing in")
_SIGNING_UP_SCENE = Text("注册或者登录账号时", "When signing up or signing in")
_WITHOUT_ACCOUNT = Text(
    "账号不能再使用；不需要账号的功能不受影响",
    "The account can no longer be used; what needs no account goes on",
)


def service_of(app_type: AppTypeId) -> ServiceId:
    """Return the id of the service that is the basic function of a type."""
    return ServiceId(app_type.lower())


def activities_of_types(
    types: Sequence[AppTypeId], law: Catalogue
) -> tuple[Drafted[ProcessingActivity], ...]:
    """Return the activities of some types by their ids; a row that two share stands once."""
    found: dict[ActivityId, Drafted[ProcessingActivity]] = {}
    for one in map(law.app_type, types):
        for row in one.necessary:
            signs_up = row.categories == (PHONE,)
            id_ = ActivityId(_id_of(row, signs_up=signs_up))
            if signs_up and id_ in found:
                continue
            number = sum(known == id_ or known.startswith(f"{id_}-row-") for known in found)
            if number:
                id_ = ActivityId(f"{id_}-row-{number + 1}")
            found[id_] = _activity(one, row, law, id_)
    return tuple(found[id_] for id_ in sorted(found))


def account_activity(service: ServiceId) -> Drafted[ProcessingActivity]:
    """Return the activity of having accounts, of an app of which no list says more."""
    row = ProcessingActivity(
        activity=ActivityId("account"),
        service=service,
        purpose=_SIGNING_UP,
        purpose_kind=PurposeKind.ACCOUNT,
        scene=_SIGNING_UP_SCENE,
        method=Method(provided_by=Provider.INDIVIDUAL, trigger=Trigger.USER_ACTION),
        items=(PIItem(category=ACCOUNT, necessary=True),),
        basis=LegalBasis.CONSENT,
        consent=ConsentForm.GENERAL,
        retention=UNDECIDED_RETENTION,
        minors_under_14=MinorsRule.NOT_COLLECTED,
        if_withdrawn=_WITHOUT_ACCOUNT,
    )
    said = source(Text("回答：可以注册账号", "answered: people can sign up"))
    return Drafted(row=row, sources=(said,), decisions=_decisions(row))


def _activity(
    kind: AppType, row: NecessaryRow, law: Catalogue, id_: ActivityId
) -> Drafted[ProcessingActivity]:
    signs_up = row.categories == (PHONE,)
    function = kind.basic_function
    english = function.en or function.zh
    activity = ProcessingActivity(
        activity=id_,
        service=service_of(kind.id),
        purpose=_SIGNING_UP if signs_up else _purpose(row, function),
        purpose_kind=PurposeKind.ACCOUNT if signs_up else PurposeKind.SERVICE,
        scene=_SIGNING_UP_SCENE
        if signs_up
        else Text(f"使用“{function.zh}”时", f"When using: {english}"),
        method=Method(provided_by=Provider.INDIVIDUAL, trigger=Trigger.USER_ACTION),
        items=tuple(_items(kind, row, law)),
        basis=LegalBasis.CONSENT,
        consent=ConsentForm.GENERAL,
        retention=UNDECIDED_RETENTION,
        minors_under_14=MinorsRule.NOT_COLLECTED,
        if_withdrawn=_WITHOUT_ACCOUNT
        if signs_up
        else Text(f"不能再使用“{function.zh}”", f"No longer available: {english}"),
    )
    return Drafted(row=activity, sources=tuple(_sources(kind, row)), decisions=_decisions(activity))


def _purpose(row: NecessaryRow, function: Text) -> Text:
    english = f"{function.en or function.zh}: {row.text.en or row.text.zh}"
    return Text(f"{function.zh}：用到{row.text.zh}", english)


def _id_of(row: NecessaryRow, *, signs_up: bool) -> str:
    return "account" if signs_up else row.categories[0].removeprefix("PI-").lower()


def _items(kind: AppType, row: NecessaryRow, law: Catalogue) -> Iterator[PIItem]:
    function = kind.basic_function
    detail = row.text if len(row.categories) == 1 else None
    for category in row.categories:
        item = PIItem(category=category, detail=detail, necessary=True)
        if law.category(category).treat_as is TreatAs.SENSITIVE:
            item = replace(
                item,
                why_necessary=Text(
                    f"缺少它不能提供基本业务功能：{function.zh}",
                    f"Without it the basic function cannot run: {function.en or function.zh}",
                ),
                impact=to_complete(Text("对个人权益的影响", "what it means for the individual")),
            )
        yield item


def _sources(kind: AppType, row: NecessaryRow) -> Iterator[Text]:
    text, number = kind.text, kind.number
    yield source(
        Text(
            f"{text.zh}的必要个人信息（{kind.id}，第 {number} 类）：{row.text.zh}",
            f"necessary for {text.en or text.zh} ({kind.id}): {row.text.en or row.text.zh}",
        )
    )
    if row.when is not None:
        yield source(
            Text(f"只在这种情形下必要：{row.when.zh}", f"only then: {row.when.en or row.when.zh}")
        )


_ASKED = (
    (
        Step.NECESSITY,
        "items",
        Text(
            "清单说可以收集，不是必须收集：不需要的删去，需要的写明字段",
            "the list says what may be asked for: delete what you do without, name the fields of "
            "what you need",
        ),
    ),
    (
        Step.PURPOSE,
        "purpose scene method service",
        Text(
            "目的与场景（暂按基本业务功能填写），用自己产品里的说法改一遍",
            "why and when (the basic function, for now): say it as your product does",
        ),
    ),
    *BASIS_AND_RETENTION,
)


def _decisions(row: ProcessingActivity) -> tuple[Decision, ...]:
    return decide(RowRef("activity", row.activity), *_ASKED)
