"""Data uses of fideslang and the kinds of purpose of the register, both ways.

Keys and names are those of the default taxonomy (fideslang 3.1.4); the Chinese is ours. A key
that is not in the table is read by its beginning, a custom one by its parents.
"""

from collections.abc import Mapping

from chengnuo.base.text import Text
from chengnuo.domain.register.purpose import PurposeKind

_KINDS: dict[str, PurposeKind] = {
    "advertising": PurposeKind.ADVERTISING,
    "analytics": PurposeKind.ANALYTICS,
    "collect": PurposeKind.SERVICE,
    "employment": PurposeKind.SERVICE,
    "essential": PurposeKind.SERVICE,
    "essential.fraud_detection": PurposeKind.RISK_CONTROL,
    "essential.legal_obligation": PurposeKind.LEGAL_DUTY,
    "essential.service.authentication": PurposeKind.ACCOUNT,
    "essential.service.operations.improve": PurposeKind.IMPROVEMENT,
    "essential.service.operations.support": PurposeKind.CUSTOMER_SERVICE,
    "essential.service.payment_processing": PurposeKind.PAYMENT,
    "essential.service.security": PurposeKind.SECURITY,
    "finance": PurposeKind.PAYMENT,
    "functional": PurposeKind.SERVICE,
    "functional.service.improve": PurposeKind.IMPROVEMENT,
    "improve": PurposeKind.IMPROVEMENT,
    "marketing": PurposeKind.MARKETING,
    "marketing.advertising": PurposeKind.ADVERTISING,
    "operations": PurposeKind.SERVICE,
    "personalize": PurposeKind.PERSONALISATION,
    "provide": PurposeKind.SERVICE,
    "sales": PurposeKind.MARKETING,
    "third_party_sharing.legal_obligation": PurposeKind.LEGAL_DUTY,
    "third_party_sharing.payment_processing": PurposeKind.PAYMENT,
    "third_party_sharing.personalized_advertising": PurposeKind.ADVERTISING,
    "train_ai_system": PurposeKind.RESEARCH,
}

_NAMES: dict[str, Text] = {
    "analytics": Text("统计分析", "analytics"),
    "analytics.reporting": Text("统计分析与报表", "reporting"),
    "analytics.reporting.ad_performance": Text("广告效果统计", "measuring advertisements"),
    "analytics.reporting.campaign_insights": Text("营销活动效果统计", "measuring campaigns"),
    "analytics.reporting.content_performance": Text("内容效果统计", "measuring contents"),
    "analytics.reporting.system": Text("系统运行统计", "system activity reports"),
    "analytics.reporting.system.performance": Text("系统性能统计", "system performance reports"),
    "collect": Text("收集信息", "collecting"),
    "employment": Text("员工管理", "employment"),
    "employment.recruitment": Text("招聘", "recruitment"),
    "essential": Text("提供必需的功能", "what the service cannot do without"),
    "essential.fraud_detection": Text("识别欺诈", "fraud detection"),
    "essential.legal_obligation": Text("履行法定义务", "a duty set by law"),
    "essential.service": Text("提供所请求的服务", "providing the service"),
    "essential.service.authentication": Text("登录与身份验证", "signing in"),
    "essential.service.notifications": Text("发送服务通知", "service notices"),
    "essential.service.notifications.email": Text("通过电子邮件发送服务通知", "notices by e-mail"),
    "essential.service.notifications.sms": Text("通过短信发送服务通知", "notices by text message"),
    "essential.service.operations": Text("维持服务运行", "running the service"),
    "essential.service.operations.improve": Text("改进客服质量", "improving support"),
    "essential.service.operations.support": Text("提供客户服务", "customer support"),
    "essential.service.payment_processing": Text("处理付款", "payment"),
    "essential.service.security": Text("保障服务安全", "keeping the service secure"),
    "essential.service.upgrades": Text("升级服务", "upgrading the service"),
    "finance": Text("财务结算", "accounts and settlement"),
    "functional": Text("提供附加功能", "additional functions"),
    "functional.service": Text("提供附加服务", "additional services"),
    "functional.service.improve": Text("改进服务", "improving the service"),
    "functional.storage": Text("在设备上存取信息", "storage on the device"),
    "marketing": Text("营销推广", "marketing"),
    "marketing.advertising": Text("展示广告", "advertising"),
    "marketing.advertising.first_party": Text("展示自营广告", "own advertisements"),
    "marketing.advertising.first_party.contextual": Text(
        "按页面内容展示自营广告", "own advertisements by context"
    ),
    "marketing.advertising.first_party.targeted": Text(
        "展示自营个性化广告", "own personalised advertisements"
    ),
    "marketing.advertising.frequency_capping": Text("控制广告展示次数", "capping advertisements"),
    "marketing.advertising.negative_targeting": Text(
        "排除不适合的广告对象", "leaving people out of advertising"
    ),
    "marketing.advertising.profiling": Text("为广告建立个人画像", "profiles for advertising"),
    "marketing.advertising.serving": Text("投放广告", "serving advertisements"),
    "marketing.advertising.third_party": Text("展示第三方广告", "third-party advertisements"),
    "marketing.advertising.third_party.targeted": Text(
        "展示第三方个性化广告", "third-party personalised advertisements"
    ),
    "marketing.communications": Text("发送营销信息", "marketing messages"),
    "marketing.communications.email": Text("通过电子邮件发送营销信息", "marketing by e-mail"),
    "marketing.communications.sms": Text("通过短信发送营销信息", "marketing by text message"),
    "operations": Text("维持业务运营", "running the business"),
    "personalize": Text("提供个性化服务", "personalisation"),
    "personalize.content": Text("个性化展示内容", "personalised contents"),
    "personalize.content.limited": Text("有限的个性化展示", "limited personalisation"),
    "personalize.content.profiled": Text("按个人画像展示内容", "contents by profile"),
    "personalize.content.profiling": Text("为个性化展示建立画像", "profiles for contents"),
    "personalize.system": Text("个性化系统设置", "personalised settings"),
    "sales": Text("销售", "sales"),
    "third_party_sharing": Text("向第三方提供信息", "providing to third parties"),
    "third_party_sharing.legal_obligation": Text(
        "依法向第三方提供信息", "providing as a law demands"
    ),
    "train_ai_system": Text("训练人工智能模型", "training models"),
}

_USES: dict[PurposeKind, str] = {
    PurposeKind.SERVICE: "essential.service",
    PurposeKind.ACCOUNT: "essential.service.authentication",
    PurposeKind.PAYMENT: "essential.service.payment_processing",
    PurposeKind.DELIVERY: "essential.service",
    PurposeKind.CUSTOMER_SERVICE: "essential.service.operations.support",
    PurposeKind.SECURITY: "essential.service.security",
    PurposeKind.RISK_CONTROL: "essential.fraud_detection",
    PurposeKind.PERSONALISATION: "personalize.content",
    PurposeKind.ADVERTISING: "marketing.advertising",
    PurposeKind.MARKETING: "marketing.communications",
    PurposeKind.PUSH: "marketing.communications",
    PurposeKind.ANALYTICS: "analytics.reporting",
    PurposeKind.IMPROVEMENT: "functional.service.improve",
    PurposeKind.RESEARCH: "analytics",
    PurposeKind.PUBLICATION: "functional.service",
    PurposeKind.LEGAL_DUTY: "essential.legal_obligation",
}
_MAX_DEPTH = 32


def use_of(kind: PurposeKind) -> str:
    """Return the data use closest to a kind of purpose."""
    return _USES[kind]


def name_of(use: str) -> Text | None:
    """Return what a data use of the default taxonomy is called; None for any other."""
    return _NAMES.get(use)


def kind_of(use: str, parents: Mapping[str, str | None]) -> PurposeKind | None:
    """Return the kind of purpose of a data use, by its beginning or its parents.

    Args:
        use: Key of the data use.
        parents: Parent key of each custom data use that the manifest defines.

    Returns:
        The kind; None for a key of which not even the beginning is known.

    """
    key: str | None = use
    for _ in range(_MAX_DEPTH):
        if not key:
            return None
        if key in _KINDS:
            return _KINDS[key]
        key = parents.get(key) if key in parents else key.rpartition(".")[0]
    return None
