"""Rules about how rules and lists are reached, and how an app and its services are described."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, each_row, figures, hit
from chengnuo.domain.register.app import App, Platforms, Service


def _apps(facts: Facts) -> tuple[App, ...]:
    return facts.register.apps


def _services(facts: Facts) -> tuple[Service, ...]:
    return facts.register.services


def _rules_too_deep(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-C8")
    for app in facts.register.apps:
        if app.access.rules_taps > limit:
            yield hit(app, "access.rules_taps", app.access.rules_taps, limit=limit)


def _lists_too_deep(facts: Facts) -> Iterator[Hit]:
    limit = facts.number("TD-C10")
    for app in facts.register.apps:
        if app.access.lists_menu_level > limit:
            yield hit(app, "access.lists_menu_level", app.access.lists_menu_level, limit=limit)


def _type_without_basic_service(facts: Facts) -> Iterator[Hit]:
    for app in facts.register.apps:
        served = {each.app_type for each in facts.services_of(app.app) if each.basic}
        for index, app_type in enumerate(app.app_types):
            if app_type not in served:
                name = facts.catalogue.app_type(app_type).text
                yield hit(app, f"app_types[{index}]", app_type, key=app_type, name=name)


def _service_of_other_type(facts: Facts) -> Iterator[Hit]:
    for service in facts.register.services:
        app = facts.register.app_by_id[service.app]
        if service.app_type is not None and service.app_type not in app.app_types:
            yield hit(service, "app_type", service.app_type, app=app.app)


def _no_basic_service(facts: Facts) -> Iterator[Hit]:
    with_basic = {service.app for service in facts.register.services if service.basic}
    return (hit(app) for app in facts.register.apps if app.app not in with_basic)


def _requires_other_app(facts: Facts) -> Iterator[Hit]:
    for service in facts.register.services:
        for index, requirement in enumerate(service.requires):
            for activity_id in requirement.any_of:
                activity = facts.register.activity_by_id[activity_id]
                if facts.service_of(activity).app != service.app:
                    where = f"requires[{index}]"
                    yield hit(service, where, activity_id, key=activity_id, app=service.app)


RULES: tuple[Rule, ...] = (
    Rule(
        id="rules-too-deep",
        duties=duties("191-1.3", "PIPL-17", "duty-5"),
        figures=figures("TD-C8"),
        severity=Severity.HIGH,
        title=Text("处理规则藏得太深", "Processing rules too deep"),
        message=Text(
            "{row} 从主界面点 {value} 次才能看到处理规则；多于 {limit} 次即属难以访问。",
            "In {row} the processing rules are {value} taps from the main screen; more than "
            "{limit} count as hard to reach.",
        ),
        fix=Text(
            "把入口提到“我 → 设置 → 隐私”一类位置，不超过 {limit} 次点击。",
            "Move the way to it up, to {limit} taps at the most.",
        ),
        check=_rules_too_deep,
    ),
    Rule(
        id="lists-too-deep",
        duties=duties("action524-2.1", "action524-2.2", "NDSR-21"),
        figures=figures("TD-C10"),
        severity=Severity.MEDIUM,
        title=Text("双清单不在二级菜单", "Lists below the second menu level"),
        message=Text(
            "{row} 的两份清单在第 {value} 级菜单；应在第 {limit} 级以内。",
            "In {row} the two lists stand on menu level {value}; they belong on level {limit}.",
        ),
        fix=Text(
            "把两份清单的入口放到第 {limit} 级菜单。",
            "Move both lists to menu level {limit} or above.",
        ),
        check=_lists_too_deep,
    ),
    Rule(
        id="lists-on-one-page",
        duties=duties("action524-2.1", "action524-2.2"),
        severity=Severity.LOW,
        title=Text("两份清单共用一个入口", "Both lists on one page"),
        message=Text(
            "{row} 的收集清单与共享清单路径相同（{value}）；两份清单应各有页面。",
            "In {row} the collection list and the sharing list have the same path ({value}); each "
            "is to have a page of its own.",
        ),
        fix=Text("为两份清单各设一个页面和路径。", "Give each list its own page and path."),
        check=each_row(
            _apps,
            "access.sharing_list_path",
            lambda app: app.access.collection_list_path.zh == app.access.sharing_list_path.zh,
            lambda app: app.access.sharing_list_path,
        ),
    ),
    Rule(
        id="rules-not-saveable",
        duties=duties("PIPL-17", "duty-5"),
        severity=Severity.MEDIUM,
        title=Text("处理规则不便保存", "Processing rules cannot be saved"),
        message=Text(
            "{row} 的处理规则不能保存或打印（`saveable: false`）。",
            "The processing rules of {row} cannot be saved or printed (`saveable: false`).",
        ),
        fix=Text("提供下载、打印或 PDF。", "Offer a download, a print view or a PDF."),
        check=each_row(_apps, "access.saveable", lambda app: not app.access.saveable),
    ),
    Rule(
        id="rules-effective-before-updated",
        duties=duties("PIPL-17", "191-2.2"),
        severity=Severity.MEDIUM,
        title=Text("规则先生效后公布", "Rules in force before they were changed"),
        message=Text(
            "{row} 的处理规则生效日 {value} 早于最近一次修改；修改的部分等于事后告知。",
            "The rules of {row} apply from {value}, before they were last changed; the change was "
            "told after the fact.",
        ),
        fix=Text(
            "让生效日不早于修改日，并在生效前提示变更。",
            "Let them apply from the day of the change on, or later, and tell people before.",
        ),
        check=each_row(
            _apps,
            "rules_effective",
            lambda app: app.rules_effective < app.rules_updated,
            lambda app: app.rules_effective,
        ),
    ),
    Rule(
        id="app-without-platform",
        duties=duties("PIPL-17"),
        severity=Severity.NOTE,
        title=Text("未登记应用标识", "App without an id on any platform"),
        message=Text(
            "{row} 没有登记任何平台上的包名或地址，之后无法与安装包比对。",
            "{row} has no package name or address on any platform; it cannot be compared with a "
            "package later.",
        ),
        fix=Text("在 `platforms` 写包名或网址。", "Write them under `platforms`."),
        check=each_row(_apps, "platforms", lambda app: app.platforms == Platforms()),
    ),
    Rule(
        id="app-type-missing",
        duties=duties("NPI", "191-4.1", "pledge-2"),
        severity=Severity.MEDIUM,
        title=Text("未说明应用类型", "App type not stated"),
        message=Text(
            "{row} 既没有选 39 类中的类型，也没有写 `other_type`，无法判断哪些信息必要。",
            "{row} names none of the 39 types and no `other_type`; what is necessary cannot be "
            "judged.",
        ),
        fix=Text(
            "在 `app_types` 选类型；都不合适时在 `other_type` 说明是什么应用。",
            "Choose from `app_types`, or say under `other_type` what the app is.",
        ),
        check=each_row(
            _apps, "app_types", lambda app: not app.app_types and app.other_type is None
        ),
    ),
    Rule(
        id="app-type-without-basic-service",
        duties=duties("NPI", "PIPL-16"),
        severity=Severity.LOW,
        title=Text("应用类型没有对应的基本服务", "App type without its basic service"),
        message=Text(
            "{row} 属于“{name}”（`{value}`），却没有一项基本服务标明是它的基本功能。",
            "{row} is of type {name} (`{value}`), but no basic service is marked as its basic "
            "function.",
        ),
        fix=Text(
            "在对应的基本服务上写 `app_type: {value}`，或删去不属于的类型。",
            "Write `app_type: {value}` on the basic service, or take the type away.",
        ),
        check=_type_without_basic_service,
    ),
    Rule(
        id="service-app-type-not-of-app",
        duties=duties("NPI", "191-4.1"),
        severity=Severity.LOW,
        title=Text("服务的类型不在应用类型中", "Service of a type the app has not"),
        message=Text(
            "{row} 写了 `app_type: {value}`，但应用 `{app}` 的 `app_types` 中没有它。",
            "{row} says `app_type: {value}`, which is not among the types of app `{app}`.",
        ),
        fix=Text("让两处一致。", "Make the two agree."),
        check=_service_of_other_type,
    ),
    Rule(
        id="app-without-basic-service",
        duties=duties("PIPL-16", "191-4.2", "duty-4"),
        severity=Severity.MEDIUM,
        title=Text("没有基本服务", "No basic service"),
        message=Text(
            "{row} 没有一项服务标为 `basic: true`，“拒绝不影响基本服务”无从证明。",
            "{row} has no service with `basic: true`; that refusing leaves the basic services "
            "cannot be shown.",
        ),
        fix=Text(
            "按普通人对这个应用的期待，标出基本服务及其 `requires`。",
            "Mark what people expect of the app as basic, with what it requires.",
        ),
        check=_no_basic_service,
    ),
    Rule(
        id="account-without-reason",
        duties=duties("191-4.1", "PIPL-6", "NPI"),
        severity=Severity.MEDIUM,
        title=Text("要求登录却没有理由", "Account demanded without a reason"),
        message=Text(
            "{row} 只能登录后使用，却没有写为什么需要账号。",
            "{row} can only be used signed in, but does not say why.",
        ),
        fix=Text(
            "在 `account_reason` 写明理由；说不出理由就允许免登录使用。",
            "Say why under `account_reason`, or let it be used without signing in.",
        ),
        check=each_row(
            _services,
            "account_reason",
            lambda service: service.requires_account and service.account_reason is None,
        ),
    ),
    Rule(
        id="service-requires-other-app",
        duties=duties("191-4.1"),
        severity=Severity.MEDIUM,
        title=Text("服务依赖别的应用的活动", "Service rests on another app's activity"),
        message=Text(
            "{row} 属于应用 `{app}`，却依赖另一个应用的处理活动 `{value}`。",
            "{row} belongs to app `{app}` but requires activity `{value}` of another app.",
        ),
        fix=Text(
            "把依赖改为本应用的活动，或把该活动登记到本应用的服务下。",
            "Require an activity of the same app.",
        ),
        check=_requires_other_app,
    ),
)
