"""What five answers add to a draft, and the draft that they give alone.

A draft from a package or a policy leaves open who handles, what the app is and where its ways are.
Answers fill in what it marks, never what a policy said already. The ways to rules, lists and rights
are put where the privacy centre is usually hung; that is a proposal, so the remark that asks for it
stays. Without package and policy the app's types give the rows: the law names for each what its
basic function may call necessary.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.deciding import topic_of
from chengnuo.domain.inspection.answers import Answers
from chengnuo.domain.inspection.draft import Draft, put_together
from chengnuo.domain.inspection.draft_answers_ways import (
    WAYS_ASKED,
    cancellation_proposed,
    rights_proposed,
    with_ways,
)
from chengnuo.domain.inspection.draft_app import APP, APP_QUESTIONS, draft_handler, undecided_app
from chengnuo.domain.inspection.draft_decisions import Decision, Drafted, Step, decide
from chengnuo.domain.inspection.draft_groups import BASIC
from chengnuo.domain.inspection.draft_type_activities import (
    ACCOUNT,
    PHONE,
    account_activity,
    activities_of_types,
    service_of,
)
from chengnuo.domain.register.activity import PIItem
from chengnuo.domain.register.app import App, Audience, FirstRun, MinorsAudience, Service
from chengnuo.domain.register.draft import UNKNOWN_COUNT, is_to_complete, to_complete
from chengnuo.domain.register.handler import Contacts, Handler
from chengnuo.domain.register.ids import ServiceId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.law.catalogue import Catalogue

OPEN = ServiceId("open")
"""What people can use without an account."""


def draft_from_answers(answers: Answers, law: Catalogue) -> Draft:
    """Return the register that answers give without package and policy.

    Args:
        answers: What was answered.
        law: The law; it says what the basic function of each type may call necessary.

    """
    activities = activities_of_types(answers.types, law)
    if answers.accounts and not any(_signs_up(one.row.items) for one in activities):
        home = service_of(answers.types[0]) if answers.types else BASIC
        added = (*activities, account_activity(home))
        activities = tuple(sorted(added, key=lambda one: one.row.activity))
    ref = RowRef("app", APP)
    app = Drafted(
        row=undecided_app(FirstRun()), decisions=decide(ref, *APP_QUESTIONS, _FIRST_RUN, _MORE)
    )
    services = () if answers.types else (_unnamed_service(),)
    drafted = put_together(draft_handler(), app, services, activities, ())
    return with_answers(drafted, answers, law)


def with_answers(draft: Draft, answers: Answers, law: Catalogue) -> Draft:
    """Return a draft with what was answered filled in where nothing is known.

    Args:
        draft: The draft from a package, from policies, or from answers.
        answers: What was answered.
        law: The law.

    """
    register = draft.register
    app = _app(register.apps[0], answers, law)
    services = sorted(_services(register.services, app, answers, law), key=lambda one: one.service)
    filled = replace(
        register,
        handler=_handler(register.handler, answers, law),
        apps=(app,),
        services=tuple(services),
    )
    return _cited(_asked_anew(replace(draft, register=filled), answers), law)


def _handler(handler: Handler, answers: Answers, law: Catalogue) -> Handler:
    if answers.name is not None and is_to_complete(handler.name):
        handler = replace(handler, name=Text(answers.name))
    if answers.credit_code is not None and handler.credit_code is None:
        handler = replace(handler, credit_code=answers.credit_code)
    contacts = _reached(handler.contacts, answers)
    complaints = handler.complaints
    reached = complaints.contacts
    if reached == Contacts():
        reached = _reached(reached, answers)
    days = complaints.working_days
    complaints = replace(
        complaints,
        path=_COMPLAIN if is_to_complete(complaints.path) else complaints.path,
        contacts=reached,
        working_days=law.number("TD-R2") if days == UNKNOWN_COUNT else days,
    )
    return replace(handler, contacts=contacts, complaints=complaints)


_COMPLAIN = Text("我 → 设置 → 隐私中心 → 投诉", "Me → Settings → Privacy centre → Complaints")


def _reached(contacts: Contacts, answers: Answers) -> Contacts:
    return replace(
        contacts,
        phone=contacts.phone or answers.phone,
        email=contacts.email or answers.email,
    )


def _app(app: App, answers: Answers, law: Catalogue) -> App:
    if answers.app is not None and is_to_complete(app.name):
        app = replace(app, name=Text(answers.app))
    if answers.types and not app.app_types:
        app = replace(app, app_types=answers.types, other_type=None)
    elif answers.other_type is not None and not app.app_types:
        app = replace(app, other_type=Text(answers.other_type))
    if answers.minors_under_14 is not None:
        app = replace(app, audience=_audience(answers.minors_under_14))
    app = with_ways(app, law, minors=app.audience.minors_under_14)
    if not app.rights:
        app = replace(app, rights=rights_proposed(law, accounts=bool(answers.accounts)))
    if answers.accounts and app.cancellation is None:
        app = replace(app, cancellation=cancellation_proposed())
    return app


def _audience(minors: MinorsAudience) -> Audience:
    if minors is MinorsAudience.NOT_INTENDED:
        return Audience(minors_under_14=minors)
    return Audience(
        minors_under_14=minors,
        age_check=to_complete(Text("怎样得知年龄", "how the age is learnt")),
        unknown_age=to_complete(
            Text("年龄未知时怎样处理", "what is done while the age is unknown")
        ),
    )


def _services(
    services: tuple[Service, ...], app: App, answers: Answers, law: Catalogue
) -> Iterator[Service]:
    """Yield the services: the basic one is that of the app's first type, others are added."""
    left = list(app.app_types)
    for one in services:
        if one.basic and one.app_type is None and left and is_to_complete(one.name):
            first = left.pop(0)
            yield replace(one, name=law.app_type(first).basic_function, app_type=first)
        else:
            yield one
    known = {one.app_type for one in services}
    for one_type in left:
        if one_type not in known:
            yield Service(
                service=service_of(one_type),
                app=app.app,
                name=law.app_type(one_type).basic_function,
                basic=True,
                app_type=one_type,
            )
    if answers.without_account is not None and OPEN not in {one.service for one in services}:
        yield Service(service=OPEN, app=app.app, name=Text(answers.without_account), basic=True)


def _cited(draft: Draft, law: Catalogue) -> Draft:
    """Return a draft whose lines that ask name the articles that ask for it."""
    remarks = dict(draft.remarks)
    for one in draft.decisions:
        topics = (topic_of(one.row.kind, field) for field in one.field.split() or ("",))
        duties = tuple(dict.fromkeys(duty for topic in topics for duty in topic.duties[:1]))
        asks = to_complete(one.text)
        cited = Text(
            f"{asks.zh}（{'、'.join(law.citation(each, Lang.ZH) for each in duties)}）",
            f"{asks.en} ({', '.join(law.citation(each, Lang.EN) for each in duties)})",
        )
        remarks[one.row] = tuple(cited if line == asks else line for line in remarks[one.row])
    return replace(draft, remarks=remarks)


def _unnamed_service() -> Drafted[Service]:
    row = Service(
        service=BASIC,
        app=APP,
        name=to_complete(Text("基本业务功能的名称", "name of the basic function")),
        basic=True,
    )
    asked = Text(
        "人们要这个应用做什么：用他们的话写，一个功能一行",
        "what people want of the app: in their words, one service each",
    )
    return Drafted(
        row=row, decisions=decide(RowRef("service", BASIC), (Step.APP, "name requires", asked))
    )


def _signs_up(items: Iterable[PIItem]) -> bool:
    return any(item.category in {PHONE, ACCOUNT} for item in items)


_FIRST_RUN = (
    Step.WAYS,
    "first_run",
    Text(
        "首次运行怎样询问（暂按合规的做法填写）：在应用里看过再确认",
        "how the first run asks (as it should, for now): look at the app, then say it is so",
    ),
)
_MORE = (
    Step.UNSEEN,
    "",
    Text(
        "还没有写进登记簿的处理活动逐项补上：个人填写的、设备读取的、第三方 SDK 的、线下的",
        "add what is not in the register yet: what people type in, what the device gives, SDKs, "
        "paper",
    ),
)


def _asked_anew(draft: Draft, answers: Answers) -> Draft:
    """Return a draft that asks no more for what was answered, and says what was proposed."""
    answered = frozenset(_answered(answers))
    app = RowRef("app", draft.register.apps[0].app)
    decisions: list[Decision] = []
    remarks = dict(draft.remarks)
    for one in draft.decisions:
        kept = _without(one, answered)
        if one.row == app and set(one.field.split()) >= _WAYS:
            kept = replace(one, said=WAYS_ASKED[2])
        if kept != one:
            new = () if kept is None else (to_complete(kept.text),)
            remarks[one.row] = tuple(
                line
                for said in remarks[one.row]
                for line in (new if said == to_complete(one.text) else (said,))
            )
        if kept is not None:
            decisions.append(kept)
    return replace(draft, remarks=remarks, decisions=tuple(decisions))


_WAYS = frozenset(WAYS_ASKED[1].split())


def _answered(answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield the kind of row and the field of what was answered."""
    if answers.name is not None:
        yield "handler", "name"
    if answers.credit_code is not None:
        yield "handler", "credit_code"
    if answers.phone is not None or answers.email is not None:
        yield "handler", "contacts"
    if answers.app is not None:
        yield "app", "name"
    if answers.types or answers.other_type is not None:
        yield "app", "app_types"
        yield "app", "other_type"
    if answers.minors_under_14 is MinorsAudience.NOT_INTENDED:
        yield "app", "audience"


def _without(one: Decision, answered: frozenset[tuple[str, str]]) -> Decision | None:
    """Return a decision about what was not answered, in words of its own; None if none is left."""
    fields = one.field.split()
    left = [field for field in fields if (one.row.kind, field) not in answered]
    words = [_LEFT[one.row.kind, field] for field in left if (one.row.kind, field) in _LEFT]
    if fields and not left:
        return None
    if len(words) < len(left):
        return one if left == fields else replace(one, field=" ".join(left))
    if not left:
        return one
    said = Text("；".join(each.zh for each in words), "; ".join(each.en or "" for each in words))
    return replace(one, field=" ".join(left), said=said)


_LEFT = {
    ("handler", "name"): Text("登记名称", "the registered name"),
    ("handler", "credit_code"): Text("统一社会信用代码", "the unified social credit code"),
    ("handler", "address"): Text("登记地址", "the registered address"),
    ("handler", "contacts"): Text("隐私事务的联系方式", "how to reach you about privacy"),
    ("handler", "complaints"): Text(
        "投诉的入口、渠道和答复时限（暂按隐私中心与法定上限填写）；境外处理者另改 `country`",
        "where complaints go and when they are answered (the privacy centre and the longest time "
        "allowed, for now); a handler abroad changes `country` too",
    ),
    ("app", "name"): Text("应用名称", "the name of the app"),
    ("app", "app_types"): Text(
        "应用类型：39 类常见应用写 `app_types` 并删去 `other_type`",
        "its type: one of the 39 common ones goes to `app_types` instead of `other_type`",
    ),
    ("app", "other_type"): Text("都不属于的，在 `other_type` 写明", "else `other_type` says it"),
    ("app", "audience"): Text(
        "是否面向不满十四周岁；怎样得知年龄、年龄未知时怎样处理",
        "is it for children under fourteen; how the age is learnt, and what is done until then",
    ),
}
