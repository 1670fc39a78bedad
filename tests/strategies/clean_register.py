"""A small register in which every rule has something to look at and none finds a fault.

Tests change one thing in it and see what happens. Everything in it is invented.
"""

from datetime import date

from tests.strategies.clean_activities import ACTIVITIES
from tests.strategies.clean_models import MODELS
from tests.strategies.clean_parties import AGREEMENTS, RECIPIENTS, STORES, WAIVERS

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.finding.credit_code import check_character
from chengnuo.domain.register.app import (
    App,
    Audience,
    Cancellation,
    FirstRun,
    MinorsAudience,
    Platforms,
    Requirement,
    RightPath,
    RulesAccess,
    Service,
    UnknownAge,
)
from chengnuo.domain.register.governance import (
    AssessmentGround,
    ImpactAssessment,
    Risk,
    Switch,
    SwitchKind,
)
from chengnuo.domain.register.handler import (
    Audits,
    Complaints,
    Contacts,
    Handler,
    ProtectionOfficer,
)
from chengnuo.domain.register.ids import (
    ActivityId,
    AppId,
    AssessmentId,
    HandlerId,
    ServiceId,
    SwitchId,
)
from chengnuo.domain.register.model import Register
from chengnuo.law.ids import AppTypeId
from chengnuo.law.rights import Right

TODAY = date(2026, 11, 23)

_BODY = "91440300MA5FAMPX7"
_REACHED = Contacts(phone="0755-0000-0000", email="privacy@shop.example")

HANDLER = Handler(
    handler=HandlerId("shop"),
    name=Text("深圳示例商贸有限公司", "Shenzhen Example Trading Co., Ltd."),
    credit_code=_BODY + check_character(_BODY),
    address=Text("深圳市示例路 1 号", "1 Example Road, Shenzhen"),
    contacts=_REACHED,
    complaints=Complaints(
        path=Text("我 → 设置 → 投诉", "Me → Settings → Complaints"),
        contacts=_REACHED,
        working_days=10,
    ),
    protection_officer=ProtectionOfficer(
        title=Text("个人信息保护负责人", "Person in charge of protection"),
        contacts=_REACHED,
        filed=date(2025, 8, 20),
    ),
    individuals=1_200_000,
    knows_minors=True,
    audits=Audits(last=date(2026, 1, 15), next=date(2027, 12, 31), minors_last=date(2026, 1, 20)),
    security=Text("传输和存储都加密，按岗位授权并留痕。", "Encrypted, access by post and logged."),
    incident_plan=Text("值班负责人一小时内启动预案。", "The duty officer acts within the hour."),
)


def _way(right: Right) -> RightPath:
    return RightPath(
        right=right,
        path=Text("我 → 设置 → 个人信息", "Me → Settings → Personal information"),
        taps=4,
        working_days=15,
    )


APP = App(
    app=AppId("shop-app"),
    name=Text("示例商城", "Example shop"),
    platforms=Platforms(android="com.example.shop"),
    app_types=(AppTypeId("NPI-06"),),
    audience=Audience(
        minors_under_14=MinorsAudience.POSSIBLE,
        age_check=Text("首次登录时填写出生年份", "Birth year at the first sign-in"),
        unknown_age=Text("按未成年人对待", "Treated as a minor"),
        unknown_age_as=UnknownAge.ADULT,
        low_risk=Text("建号须手机号", "An account needs a phone"),
    ),
    access=RulesAccess(
        rules_path=Text("我 → 设置 → 隐私", "Me → Settings → Privacy"),
        rules_taps=4,
        collection_list_path=Text("我 → 收集清单", "Me → What is collected"),
        sharing_list_path=Text("我 → 共享清单", "Me → What is shared"),
        lists_menu_level=2,
        minors_rules_path=Text("我 → 设置 → 儿童隐私", "Me → Settings → Children"),
    ),
    first_run=FirstRun(asks_again_after=Period(hours=48)),
    rights=tuple(_way(right) for right in Right),
    cancellation=Cancellation(cooling_off=Period(days=7)),
    rules_updated=date(2026, 10, 1),
    rules_effective=date(2026, 10, 8),
)


def _service(name: str, zh: str, en: str, *requires: str, basic: bool = False) -> Service:
    return Service(
        service=ServiceId(name),
        app=APP.app,
        name=Text(zh, en),
        basic=basic,
        requires=tuple(Requirement(any_of=(ActivityId(one),)) for one in requires),
    )


SERVICES = (
    _service("browsing", "浏览商品", "Browsing", "security-logs", basic=True),
    Service(
        service=ServiceId("buying"),
        app=APP.app,
        name=Text("购买商品", "Buying"),
        basic=True,
        app_type=AppTypeId("NPI-06"),
        requires=(
            Requirement(any_of=(ActivityId("open-account"),)),
            Requirement(any_of=(ActivityId("place-order"),)),
        ),
        requires_account=True,
        account_reason=Text("订单要记在账号下", "Orders are kept under the account"),
    ),
    _service("extras", "更多服务", "More"),
)

_EVERY_GROUND = tuple(AssessmentGround)

ASSESSMENTS = (
    ImpactAssessment(
        assessment=AssessmentId("assessed"),
        title=Text("上线前影响评估", "Assessment before launch"),
        done=date(2025, 12, 1),
        valid_until=date(2027, 12, 1),
        grounds=_EVERY_GROUND,
        lawful=Text("目的明确，范围最小。", "A definite purpose and the least scope."),
        impact=Text("泄露可能带来骚扰。", "A leak could lead to nuisance."),
        measures=Text(
            "加密并最小授权，与风险相适应。", "Encryption and least access fit the risk."
        ),
        risk=Risk.LOW,
    ),
)

SWITCHES = (
    Switch(
        switch=SwitchId("picks-switch"),
        app=APP.app,
        name=Text("为你推荐", "Picks for you"),
        kind=SwitchKind.RECOMMENDATION,
        path=Text("我 → 个性化", "Me → Personalisation"),
        taps=2,
        default_on=False,
        effect=Text("按销量展示", "Shown by sales"),
        clears_labels=True,
    ),
    Switch(
        switch=SwitchId("adverts-switch"),
        app=APP.app,
        name=Text("个性化广告", "Personalised adverts"),
        kind=SwitchKind.ADVERTISING,
        path=Text("我 → 个性化", "Me → Personalisation"),
        taps=2,
        default_on=False,
        effect=Text("广告不再按兴趣展示", "Adverts are no longer chosen by interest"),
        clears_labels=True,
    ),
)


def clean_register() -> Register:
    """Return the register, rows sorted by id as a reading returns them."""
    return Register(
        handler=HANDLER,
        apps=(APP,),
        services=tuple(sorted(SERVICES, key=lambda row: row.service)),
        activities=tuple(sorted(ACTIVITIES, key=lambda row: row.activity)),
        recipients=tuple(sorted(RECIPIENTS, key=lambda row: row.recipient)),
        stores=tuple(sorted(STORES, key=lambda row: row.store)),
        agreements=tuple(sorted(AGREEMENTS, key=lambda row: row.agreement)),
        assessments=ASSESSMENTS,
        models=MODELS,
        switches=tuple(sorted(SWITCHES, key=lambda row: row.switch)),
        sdk_waivers=WAIVERS,
    )
