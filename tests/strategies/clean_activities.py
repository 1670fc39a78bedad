"""The processing activities of the clean register."""

from datetime import date
from typing import Any

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.register.activity import (
    AlsoInForce,
    MinorsRule,
    Permissions,
    PIItem,
    ProcessingActivity,
)
from chengnuo.domain.register.automated import AutomatedDecisionMaking, AutomatedKind
from chengnuo.domain.register.ids import (
    ActivityId,
    AssessmentId,
    RecipientId,
    ServiceId,
    SwitchId,
    TableRef,
)
from chengnuo.domain.register.method import Method, Operation, Provider, Trigger
from chengnuo.domain.register.publication import Mask, PublicDisclosure
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.retention import Retention, RetentionEnd, RetentionStart
from chengnuo.domain.register.scalars import Frequency, Keep, Per
from chengnuo.domain.register.watching import (
    Capture,
    CaptureMoment,
    FaceRecognition,
    FaceTemplate,
    PublicImage,
    Sensor,
)
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.ids import CategoryId
from chengnuo.law.legal_basis import LegalBasis

_WITHDRAWN = Text("该功能停止，信息随即删除", "The function stops and the information is deleted")
_NOT_KEPT = (Operation.COLLECT, Operation.USE)
_A_MONTH = Retention(
    keep=Keep(Period(days=30)), from_=RetentionStart.COLLECTED, then=RetentionEnd.DELETE
)
_THREE_YEARS = Retention(
    keep=Keep(Period(years=3)),
    from_=RetentionStart.TRANSACTION_DONE,
    then=RetentionEnd.DELETE,
    duty="TD-K4",
)


def _method(by: Provider = Provider.INDIVIDUAL, **changes: object) -> Method:
    return Method(provided_by=by, trigger=changes.pop("trigger", Trigger.USER_ACTION), **changes)


def needed(category: str, *, sensitive: bool | None = None) -> PIItem:
    """Return a necessary item."""
    return PIItem(category=CategoryId(category), necessary=True, sensitive=sensitive)


def optional(category: str, *, sensitive: bool | None = None) -> PIItem:
    """Return an item that can be refused."""
    return PIItem(
        category=CategoryId(category),
        necessary=False,
        sensitive=sensitive,
        if_refused=Text("功能照常，只是少一些便利", "The function goes on with less comfort"),
    )


def explained(item: PIItem) -> PIItem:
    """Return a sensitive item with the two things people are told of it."""
    return PIItem(
        category=item.category,
        necessary=item.necessary,
        if_refused=item.if_refused,
        why_necessary=Text("没有它就算不出结果", "Nothing can be computed without it"),
        impact=Text("泄露可能危及安全，已加密", "A leak could do harm; it is encrypted"),
    )


def _asked(name: str, zh: str, en: str, *items: PIItem, **changes: object) -> ProcessingActivity:
    """An activity of the extras that rests on consent and keeps nothing."""
    given: dict[str, Any] = {
        "service": ServiceId("extras"),
        "scene": Text(f"打开“{zh}”时", f"When {en} is opened"),
        "method": _method(operations=_NOT_KEPT),
        "basis": LegalBasis.CONSENT,
        "consent": ConsentForm.GENERAL,
        "retention": _A_MONTH,
        "minors_under_14": MinorsRule.NOT_COLLECTED,
        "assessment": AssessmentId("assessed"),
        "started": date(2026, 1, 1),
        "if_withdrawn": _WITHDRAWN,
    }
    return ProcessingActivity(
        activity=ActivityId(name), purpose=Text(zh, en), items=items, **(given | changes)
    )


ACTIVITIES = (
    _asked(
        "security-logs",
        "防范网络攻击并留存日志",
        "Ward off attacks and keep logs",
        needed("PI-NETID-IP"),
        needed("PI-ONLINE-LOG"),
        service=ServiceId("browsing"),
        purpose_kind=PurposeKind.SECURITY,
        method=_method(Provider.USE, trigger=Trigger.SERVER),
        basis=LegalBasis.STATUTORY_DUTY,
        basis_detail=Text("网络安全法要求留存日志", "Logs are due by the Cybersecurity Law"),
        consent=None,
        retention=Retention(
            keep=Keep(Period(months=6)),
            from_=RetentionStart.COLLECTED,
            then=RetentionEnd.DELETE,
            duty="TD-K3",
        ),
        stores=(TableRef("files.logs"),),
        if_withdrawn=None,
    ),
    _asked(
        "open-account",
        "用手机号开立账号",
        "Open an account by phone number",
        needed("PI-BASIC-PHONE"),
        service=ServiceId("buying"),
        purpose_kind=PurposeKind.ACCOUNT,
        method=_method(),
        basis=LegalBasis.CONTRACT,
        basis_detail=Text("用户协议第二条", "Terms of use, section 2"),
        consent=None,
        stores=(TableRef("main.accounts"),),
        recipients=(RecipientId("messages"),),
        if_withdrawn=None,
    ),
    _asked(
        "place-order",
        "下单、付款并送货",
        "Order, pay and deliver",
        needed("PI-BASIC-NAME"),
        needed("PI-BASIC-PHONE"),
        needed("PI-BASIC-ADDR", sensitive=False),
        needed("PI-PROP-PAYINFO"),
        service=ServiceId("buying"),
        method=_method(),
        basis=LegalBasis.CONTRACT,
        basis_detail=Text("买卖合同", "The contract of sale"),
        consent=None,
        retention=_THREE_YEARS,
        stores=(TableRef("main.orders"),),
        recipients=(RecipientId("courier"),),
        if_withdrawn=None,
    ),
    _asked(
        "nearby-stores",
        "推荐附近门店",
        "Show stores nearby",
        explained(optional("PI-LOC-PRECISE")),
        optional("PI-LOC-COARSE"),
        method=_method(Provider.DEVICE, at_most=Frequency(1, Per.MINUTE), operations=_NOT_KEPT),
        permissions=Permissions(android=("ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION")),
        recipients=(RecipientId("maps"),),
    ),
    _asked(
        "picks-for-you",
        "按浏览记录挑选商品",
        "Pick goods by what was looked at",
        optional("PI-ONLINE-BROWSE", sensitive=False),
        purpose_kind=PurposeKind.PERSONALISATION,
        method=_method(Provider.USE, operations=_NOT_KEPT),
        automated=AutomatedDecisionMaking(
            kind=AutomatedKind.RECOMMENDATION,
            factors=(Text("最近浏览的品类", "Kinds of goods looked at"),),
            personal_factors=(CategoryId("PI-ONLINE-BROWSE"),),
            off_switch=SwitchId("picks-switch"),
            explanation=Text("浏览过的品类排在前面", "Kinds looked at come first"),
        ),
        also_in_force=(
            AlsoInForce(matter="general", fingerprint="0" * 64, until=date(2027, 1, 1)),
        ),
    ),
    _asked(
        "adverts",
        "按兴趣展示广告",
        "Show adverts by interest",
        optional("PI-DEVICE-OAID"),
        purpose_kind=PurposeKind.ADVERTISING,
        method=_method(Provider.DEVICE, operations=_NOT_KEPT),
        automated=AutomatedDecisionMaking(
            kind=AutomatedKind.ADVERTISING,
            factors=(Text("广告标识对应的兴趣", "Interests behind the advertising id"),),
            off_switch=SwitchId("adverts-switch"),
        ),
    ),
    _asked(
        "crash-reports",
        "查找崩溃原因",
        "Find what made the app crash",
        optional("PI-DEVICE-MODEL"),
        purpose_kind=PurposeKind.IMPROVEMENT,
        method=_method(Provider.DEVICE, operations=_NOT_KEPT),
        recipients=(RecipientId("crashes"),),
    ),
    _asked(
        "winners",
        "公布中奖名单",
        "Publish the winners",
        optional("PI-BASIC-NAME"),
        optional("PI-BASIC-PHONE"),
        purpose_kind=PurposeKind.PUBLICATION,
        method=_method(operations=(Operation.COLLECT, Operation.DISCLOSE)),
        disclosure=PublicDisclosure(
            where=Text("活动页面", "The campaign page"),
            categories=(CategoryId("PI-BASIC-NAME"), CategoryId("PI-BASIC-PHONE")),
            masks=(
                Mask(category=CategoryId("PI-BASIC-NAME"), rule=Text("只留姓氏", "Surname only")),
                Mask(category=CategoryId("PI-BASIC-PHONE"), rule=Text("只留末四位", "Last four")),
            ),
            why=Text("让抽奖可以核对", "So that the draw can be checked"),
            shown_for=Keep(Period(days=30)),
        ),
    ),
    _asked(
        "joint-draw",
        "与品牌联合抽奖",
        "Draw prizes with a brand",
        optional("PI-BASIC-PHONE"),
        purpose_kind=PurposeKind.MARKETING,
        recipients=(RecipientId("brand"),),
    ),
    _asked(
        "face-login",
        "用人脸登录",
        "Sign in by face",
        explained(optional("PI-BIO-FACE")),
        purpose_kind=PurposeKind.SECURITY,
        method=_method(Provider.DEVICE),
        consent=None,
        permissions=Permissions(android=("CAMERA",)),
        stores=(TableRef("files.faces"),),
        face=FaceRecognition(
            purpose=Text("登录", "Signing in"),
            alternatives=(Text("短信验证码", "A code by message"),),
            template=FaceTemplate.SERVER,
        ),
        capture=(
            Capture(
                sensor=Sensor.CAMERA,
                moment=CaptureMoment.WHILE_VISIBLE,
                indicator=Text("取景框", "A frame on the screen"),
                starts_with=Text("点击“人脸登录”", "Tapping sign in by face"),
            ),
        ),
    ),
    _asked(
        "voice-search",
        "说话搜索商品",
        "Search by voice",
        explained(optional("PI-COMM-AUDIO")),
        method=_method(Provider.DEVICE, operations=_NOT_KEPT),
        consent=None,
        permissions=Permissions(android=("RECORD_AUDIO",)),
        capture=(
            Capture(
                sensor=Sensor.MICROPHONE,
                moment=CaptureMoment.WHILE_USED,
                indicator=Text("录音动画", "A moving sign"),
                starts_with=Text("按住话筒", "Holding the microphone"),
            ),
        ),
    ),
    _asked(
        "children-club",
        "开立儿童档案",
        "Open a child's profile",
        explained(optional("PI-AGE-U14")),
        consent=None,
        minors_under_14=MinorsRule.GUARDIAN_CONSENT,
    ),
    _asked(
        "pay-later",
        "审核分期付款",
        "Decide on paying later",
        explained(optional("PI-PROP-CREDIT")),
        consent=ConsentForm.WRITTEN,
        automated=AutomatedDecisionMaking(
            kind=AutomatedKind.CREDIT,
            factors=(Text("信用记录", "Credit records"),),
            personal_factors=(CategoryId("PI-PROP-CREDIT"),),
            major_effect=True,
            explanation=Text("告知主要因素", "The main factors are told"),
            human_review=Text("三个工作日内人工复核", "A person reviews it in three working days"),
        ),
    ),
    _asked(
        "coupons",
        "发放优惠券",
        "Give out coupons",
        optional("PI-BASIC-PHONE"),
        purpose_kind=PurposeKind.MARKETING,
        automated=AutomatedDecisionMaking(
            kind=AutomatedKind.PRICING,
            factors=(Text("活动日期和库存", "Date and stock"),),
            sets_terms=True,
            fairness=Text("同一时刻人人相同，每月抽查", "The same for all, checked monthly"),
        ),
    ),
    _asked(
        "store-camera",
        "维护门店公共安全",
        "Keep the store safe",
        needed("PI-DEVICE-CAMERA", sensitive=False),
        purpose_kind=PurposeKind.SECURITY,
        method=_method(Provider.DEVICE, trigger=Trigger.SCHEDULED, operations=_NOT_KEPT),
        basis=LegalBasis.STATUTORY_DUTY,
        basis_detail=Text("公共安全视频管理条例", "Rules on public security video"),
        consent=None,
        public_image=PublicImage(place=Text("门店入口", "The entrance"), sign=True),
        if_withdrawn=None,
    ),
    _asked(
        "ride-along",
        "骑手实时位置共享",
        "Share a rider's place",
        explained(needed("PI-LOC-TRACK")),
        purpose_kind=PurposeKind.DELIVERY,
        method=_method(
            Provider.DEVICE,
            trigger=Trigger.CONTINUOUS,
            at_most=Frequency(1, Per.MINUTE),
            background=True,
            operations=_NOT_KEPT,
            description=Text("锁屏时仍要报告位置", "The place is told with the screen off"),
        ),
        consent=None,
        permissions=Permissions(android=("ACCESS_BACKGROUND_LOCATION",)),
    ),
    _asked(
        "public-shops",
        "展示公开的商户信息",
        "Show merchants' public facts",
        needed("PI-BASIC-NAME"),
        method=_method(Provider.PUBLIC, trigger=Trigger.SERVER, operations=_NOT_KEPT),
        basis=LegalBasis.ALREADY_PUBLIC,
        basis_detail=Text("企业信用公示系统", "The public company register"),
        consent=None,
        if_withdrawn=None,
    ),
)
