"""Handler, app and services of a draft: what a package says of them, and what is asked.

A package names its application id and shows a few facts of the first run. Who is behind it, what
it is for and where its rules stand is for a person to say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.finding.package_drift import known_abroad
from chengnuo.domain.inspection.draft_decisions import Drafted, Step, decide
from chengnuo.domain.inspection.draft_groups import BASIC, EXTENDED
from chengnuo.domain.inspection.draft_seen import SeenForDraft, source, where
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.seen import BlindSpot, ScreenSeen
from chengnuo.domain.register.app import (
    App,
    Audience,
    FirstRun,
    MinorsAudience,
    Platforms,
    RulesAccess,
    Service,
)
from chengnuo.domain.register.draft import UNKNOWN_COUNT, UNKNOWN_DAY, to_complete
from chengnuo.domain.register.handler import Complaints, Contacts, Handler
from chengnuo.domain.register.ids import AppId, HandlerId, ServiceId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.ids import AppTypeId

APP = AppId("app")
_HANDLER = HandlerId("handler")
_TYPES_SHOWN = 3
_PERMISSIONS_FOR_A_TYPE = 2
_MOST_LISTED = 40
_WAY = to_complete(Text("应用内的入口路径", "the way there inside the app"))


def draft_handler() -> Drafted[Handler]:
    """Return the handler; a package does not say who it is."""
    handler = Handler(
        handler=_HANDLER,
        name=to_complete(Text("处理者的登记名称", "the handler's registered name")),
        address=to_complete(Text("登记地址", "the registered address")),
        contacts=Contacts(),
        complaints=Complaints(
            path=to_complete(Text("投诉入口", "the way to complain")),
            contacts=Contacts(),
            working_days=UNKNOWN_COUNT,
        ),
    )
    asked = Text(
        "谁是处理者、怎样联系；投诉多久答复（暂填 999 个工作日）；境外处理者另改 `country`",
        "who it is and how to reach it; time to an answer (999 working days for now); a handler "
        "abroad changes `country` too",
    )
    ref = RowRef("handler", _HANDLER)
    fields = "name credit_code address contacts complaints"
    return Drafted(row=handler, decisions=decide(ref, (Step.HANDLER, fields, asked)))


def draft_app(seen: SeenForDraft, left: Iterable[str]) -> Drafted[App]:
    """Return the app.

    Args:
        seen: What was seen.
        left: Full names of the permissions that no activity explains.

    """
    look = seen.look
    first_run = FirstRun(
        pre_ticked=bool(look.seen(Subject.SCREEN, ScreenSeen.PRE_TICKED_CONSENT)),
        leaves_on_refusal=bool(look.seen(Subject.SCREEN, ScreenSeen.REFUSAL_EXITS)),
        collects_before=any(one.moment.is_before_consent for one in look.readings),
    )
    app = undecided_app(first_run, plain(look.inspection.package.app_id) or None)
    asked = (*APP_QUESTIONS, _UNSEEN, *_left_over(seen, left))
    ref = RowRef("app", APP)
    return Drafted(row=app, sources=tuple(_app_sources(seen)), decisions=decide(ref, *asked))


def undecided_app(first_run: FirstRun, android: str | None = None) -> App:
    """Return an app of which the first run is known, or held for the worst, and no more."""
    return App(
        app=APP,
        name=to_complete(Text("应用在商店中的名称", "the app's name in the store")),
        platforms=Platforms(android=android),
        other_type=to_complete(Text("应用类型", "what the app is")),
        audience=Audience(minors_under_14=MinorsAudience.POSSIBLE),
        access=RulesAccess(
            rules_path=_WAY,
            rules_taps=UNKNOWN_COUNT,
            collection_list_path=_WAY,
            sharing_list_path=_WAY,
            lists_menu_level=UNKNOWN_COUNT,
        ),
        first_run=first_run,
        rules_updated=UNKNOWN_DAY,
        rules_effective=UNKNOWN_DAY,
    )


def _app_sources(seen: SeenForDraft) -> Iterator[Text]:
    look, facts = seen.look, seen.look.inspection.package
    name = f"{plain(facts.app_id)} {plain(facts.version_name)} ({facts.version_code})".lstrip()
    yield source(
        Text(
            f"安装包 {name}，SHA-256 {facts.sha256}，知识版本 {look.inspection.knowledge}",
            f"package {name}, SHA-256 {facts.sha256}, knowledge {look.inspection.knowledge}",
        )
    )
    screens = {"pre_ticked": ScreenSeen.PRE_TICKED_CONSENT, "leaves_on_refusal": _EXITS}
    for field, screen in screens.items():
        for one in look.seen(Subject.SCREEN, screen)[:1]:
            at, text = where(one), screen.text
            yield source(
                Text(f"first_run.{field}：{text.zh}，{at}", f"first_run.{field}: {text.en}, {at}")
            )
    types = tuple(_likely_types(seen))
    if types:
        said = "、".join(f"{id_} {text.zh}" for id_, text in types)
        english = ", ".join(f"{id_} {text.en}" for id_, text in types)
        yield Text(
            f"应用类型的猜测（只看权限，仅供参考）：{said}",
            f"a guess of its type, by permissions alone: {english}",
        )
    idle = tuple(look.words.owner(one.owner) for one in seen.idle_kits)
    if idle:
        yield Text(
            f"包内还有这些 SDK，未见也不知其读取个人信息，未列为接收方：{listed(idle).zh}",
            f"SDKs of which nothing says that they get information, so no recipients: "
            f"{listed(idle).en}",
        )


_EXITS = ScreenSeen.REFUSAL_EXITS


def _likely_types(seen: SeenForDraft) -> Iterator[tuple[AppTypeId, Text]]:
    """Yield the app types in which permissions of several groups are common, likeliest first."""
    rows = (seen.look.words.permission(name) for name in sorted(seen.look.permissions))
    groups: dict[str, set[AppTypeId]] = {}
    for row in rows:
        if row is not None and row.asks:
            groups.setdefault(row.group or row.id, set()).update(row.app_types)
    times = Counter(one for types in groups.values() for one in sorted(types))
    likely = sorted(times, key=lambda one: (-times[one], one))
    for one in likely[:_TYPES_SHOWN]:
        if times[one] >= _PERMISSIONS_FOR_A_TYPE:
            yield one, seen.look.catalogue.app_type(one).text


def listed(names: Sequence[Text]) -> Text:
    """Return a list of names, cut where it is long."""
    shown, more = names[:_MOST_LISTED], len(names) > _MOST_LISTED
    return Text(
        "、".join(one.zh for one in shown) + (f" 等 {len(names)} 项" if more else ""),
        ", ".join(one.en or one.zh for one in shown) + (f", {len(names)} in all" if more else ""),
    )


APP_QUESTIONS = (
    (
        Step.APP,
        "name app_types other_type audience",
        Text(
            "名称；39 类常见应用写 `app_types` 并删去 `other_type`；"
            "是否面向不满十四周岁（暂按可能）",
            "its name; one of the 39 common types goes to `app_types` instead of `other_type`; is "
            "it for children under fourteen (possible, for now)",
        ),
    ),
    (
        Step.WAYS,
        "access first_run rights cancellation",
        Text(
            "规则与清单的入口（次数与层级暂填 999）、首次运行怎样询问、各项权利与注销的途径",
            "ways to rules and lists (taps and level 999 for now), how the first run asks, the way "
            "to each right and to cancelling",
        ),
    ),
    (
        Step.WAYS,
        "rules_updated rules_effective",
        Text("规则的更新与生效日期（暂填 1970-01-01）", "days of the rules (1970-01-01 for now)"),
    ),
)
_UNSEEN = (
    Step.UNSEEN,
    "",
    Text(
        "补充代码看不到的处理活动：个人填写的、服务器取得的、网页中的、线下的",
        "add what code does not show: what people type in, what servers, web pages and others get",
    ),
)


def _left_over(seen: SeenForDraft, left: Iterable[str]) -> Iterator[tuple[Step, str, Text]]:
    look = seen.look
    if blind := _blind(seen):
        said = listed(blind)
        yield (
            Step.UNSEEN,
            "",
            Text(
                f"草稿不完整，以下无法读取：{said.zh}",
                f"the draft is incomplete; not to be looked into: {said.en}",
            ),
        )
    if hosts := tuple(Text(plain(each[0].what)) for _, each in known_abroad(look)):
        said = listed(hosts)
        yield (
            Step.UNSEEN,
            "",
            Text(
                f"是否向这些境外域名发送信息，是则登记接收方：{said.zh}",
                f"does information go to these hosts abroad? if so, add a recipient: {said.en}",
            ),
        )
    rows = (look.words.permission(name) for name in left)
    if names := tuple(
        Text(f"{row.id}（{row.purpose.zh}）", f"{row.id} ({row.purpose.en})")
        for row in rows
        if row is not None
    ):
        said = listed(names)
        yield (
            Step.PERMISSIONS,
            "",
            Text(
                f"没有见到代码用这些权限，请去掉，或写入用它的活动：{said.zh}",
                f"no code was seen to use these permissions: drop them, or add them to the "
                f"activity that does: {said.en}",
            ),
        )


def _blind(seen: SeenForDraft) -> tuple[Text, ...]:
    """Return what keeps a draft from being complete."""
    look = seen.look
    spots = (BlindSpot.PACKED, BlindSpot.CROSS_PLATFORM, BlindSpot.DYNAMIC_LOAD)
    found = [one.text for one in spots if look.seen(Subject.BLIND_SPOT, one)]
    unread = [Text(plain(one.where), plain(one.where)) for one in look.inspection.unread]
    unfinished = [Text(one, one) for one in look.inspection.not_finished]
    return (*found, *unread, *unfinished)


def draft_services(used: frozenset[ServiceId]) -> tuple[Drafted[Service], ...]:
    """Return the services that activities were put to.

    Args:
        used: Their ids.

    """
    asked = Text(
        "按用户眼中的服务命名、拆分；离不开的活动写入 `requires`",
        "name or split it as people see services; what it cannot run without goes to `requires`",
    )
    names = {
        BASIC: Text("基本业务功能的名称", "name of the basic function"),
        EXTENDED: Text("扩展业务功能的名称", "name of the extended function"),
    }
    return tuple(
        Drafted(
            row=Service(service=id_, app=APP, name=to_complete(name), basic=id_ == BASIC),
            decisions=decide(RowRef("service", id_), (Step.APP, "name requires", asked)),
        )
        for id_, name in names.items()
        if id_ in used
    )
