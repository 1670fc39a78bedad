"""A fideslang organization as the handler and its app.

fideslang knows one contact for the organization, one for protection and one representative;
names of persons in them are not carried, for a register names offices. Everything else that the
handler and the app have to say is marked to be completed.
"""

from collections.abc import Sequence

from chengnuo.adapters.formats.fideslang_names import kebab
from chengnuo.adapters.formats.fideslang_words import bilingual
from chengnuo.adapters.formats.ledger import Entry, Ledger, Spot, text_of
from chengnuo.base.text import Text
from chengnuo.domain.register.app import (
    App,
    Audience,
    FirstRun,
    MinorsAudience,
    Platforms,
    RulesAccess,
)
from chengnuo.domain.register.draft import UNKNOWN_DAY, to_complete
from chengnuo.domain.register.handler import (
    Complaints,
    Contacts,
    Handler,
    ProtectionOfficer,
    Representative,
)
from chengnuo.domain.register.ids import AppId, HandlerId
from chengnuo.domain.register.kinds import RowRef

_NO_PERSON = Text(
    "登记簿只记载岗位与联系方式，不记载个人姓名",
    "a register names offices and how to reach them, not persons",
)
_ONE_HANDLER = Text(
    "一份登记簿只代表一个个人信息处理者；请为其他组织各建一份",
    "a register speaks for one handler; make one more for each other organization",
)
_LAW_ANSWER_DAYS = 15
_LAW_TAPS = 4
_LAW_MENU_LEVEL = 2
_DEFAULT_KEY = "default_organization"


def draft_handler(organizations: Sequence[Entry], ledger: Ledger, roots: Sequence[Spot]) -> Handler:
    """Return the handler of the first organization; note the others as lost.

    Args:
        organizations: Organizations of the manifest, perhaps none.
        ledger: Where it is noted what became of each thing.
        roots: The files, for questions where there is no organization to ask them at.

    """
    for other in organizations[1:]:
        ledger.lost(other.spot, _ONE_HANDLER)
    entry = organizations[0] if organizations else None
    at = entry.spot if entry else roots[0]
    key = entry.word("fides_key") if entry else None
    ref = RowRef("handler", kebab(text_of(key) if key else _DEFAULT_KEY))
    if entry and key:
        ledger.carried(key, ref, "handler")
    for field, said in _QUESTIONS:
        ledger.ask(at, ref, field, said)
    contacts = _contacts(entry.entry("controller") if entry else None, ref, "contacts", ledger)
    return Handler(
        handler=HandlerId(ref.id),
        name=_name(entry, ref, ledger),
        address=_address(entry, ref, ledger),
        contacts=contacts,
        complaints=Complaints(
            path=to_complete(Text("投诉入口", "the way to complain")),
            contacts=contacts,
            working_days=_LAW_ANSWER_DAYS,
        ),
        protection_officer=_officer(entry, ref, ledger),
        representative=_representative(entry, ref, ledger),
        security=_security(entry, ref, ledger),
    )


_QUESTIONS = (
    ("credit_code", Text("统一社会信用代码是多少？", "what is the unified social credit code?")),
    ("country", Text("是否设立在境内？已暂填 CN", "established in the mainland? CN for now")),
    (
        "complaints",
        Text(
            "投诉入口与承诺的答复期限（已暂填 15 个工作日）",
            "the way to complain and the promised time to an answer (15 working days for now)",
        ),
    ),
    ("individuals", Text("大约处理多少人的信息？", "how many people's information is handled?")),
)


def _name(entry: Entry | None, ref: RowRef, ledger: Ledger) -> Text:
    found = entry.word("name") if entry else None
    if found is None:
        return to_complete(Text("处理者的登记名称", "the handler's registered name"))
    name = bilingual(text_of(found), Text("处理者的登记名称", "the handler's registered name"))
    ledger.carried(found, ref, "name")
    return name


def _address(entry: Entry | None, ref: RowRef, ledger: Ledger) -> Text:
    contact = entry.entry("controller") if entry else None
    found = contact.word("address") if contact else None
    if found is None:
        return to_complete(Text("登记地址", "the registered address"))
    ledger.carried(found, ref, "address")
    return bilingual(text_of(found), Text("登记地址", "the registered address"))


def _contacts(entry: Entry | None, ref: RowRef, field: str, ledger: Ledger) -> Contacts:
    if entry is None:
        return Contacts()
    phone, email, name = entry.word("phone"), entry.word("email"), entry.word("name")
    for key, spot in (("phone", phone), ("email", email)):
        if spot is not None:
            ledger.carried(spot, ref, f"{field}.{key}")
    if name is not None:
        ledger.lost(name, _NO_PERSON)
    return Contacts(
        phone=None if phone is None else text_of(phone),
        email=None if email is None else text_of(email),
    )


def _officer(entry: Entry | None, ref: RowRef, ledger: Ledger) -> ProtectionOfficer | None:
    found = entry.entry("data_protection_officer") if entry else None
    if found is None:
        return None
    contacts = _contacts(found, ref, "protection_officer.contacts", ledger)
    address = found.word("address")
    if address is not None:
        what = Text("联系地址", "postal address")
        contacts = Contacts(
            phone=contacts.phone, email=contacts.email, post=bilingual(text_of(address), what)
        )
        ledger.carried(address, ref, "protection_officer.contacts.post")
    title = to_complete(Text("个人信息保护负责人的职务", "title of the protection officer"))
    return ProtectionOfficer(title=title, contacts=contacts)


def _representative(entry: Entry | None, ref: RowRef, ledger: Ledger) -> Representative | None:
    found = entry.entry("representative") if entry else None
    if found is None:
        return None
    ledger.ask(
        found.spot,
        ref,
        "representative",
        Text(
            "境内专门机构或代表只适用于境外处理者；原清单中的代表是否就是？",
            "only a handler abroad has a mainland representative; is this one it?",
        ),
    )
    contacts = _contacts(found, ref, "representative.contacts", ledger)
    address = found.word("address")
    if address is not None:
        what = Text("联系地址", "postal address")
        contacts = Contacts(
            phone=contacts.phone, email=contacts.email, post=bilingual(text_of(address), what)
        )
        ledger.carried(address, ref, "representative.contacts.post")
    name = to_complete(Text("境内专门机构或代表的名称", "name of the mainland representative"))
    return Representative(name=name, contacts=contacts)


def _security(entry: Entry | None, ref: RowRef, ledger: Ledger) -> Text | None:
    found = entry.word("security_policy") if entry else None
    if found is None:
        return None
    said = text_of(found)
    ledger.changed(
        found, ref, "security", Text("作为安全措施的说明地址", "as where security is described")
    )
    return Text(f"安全措施说明见 {said}", f"Security is described at {said}")


def draft_app(handler: Handler, at: Spot, ledger: Ledger, *, children: bool) -> App:
    """Return an app for the handler's systems; fideslang does not know apps.

    Args:
        handler: The handler; the app gets its id and name until it has its own.
        at: Where the questions are asked.
        ledger: Where they are noted.
        children: Whether anything in the manifest speaks of children.

    """
    ref = RowRef("app", kebab(handler.handler))
    for field, said in _APP_QUESTIONS:
        ledger.ask(at, ref, field, said)
    way = to_complete(Text("入口路径", "the way there"))
    return App(
        app=AppId(ref.id),
        name=handler.name,
        platforms=Platforms(),
        other_type=to_complete(Text("应用类型", "what the app is")),
        audience=Audience(
            minors_under_14=MinorsAudience.POSSIBLE if children else MinorsAudience.NOT_INTENDED
        ),
        access=RulesAccess(
            rules_path=way,
            rules_taps=_LAW_TAPS,
            collection_list_path=way,
            sharing_list_path=way,
            lists_menu_level=_LAW_MENU_LEVEL,
        ),
        first_run=FirstRun(),
        rules_updated=UNKNOWN_DAY,
        rules_effective=UNKNOWN_DAY,
    )


_APP_QUESTIONS = (
    ("name", Text("应用名称与各平台的包名", "the app's name and its id on each platform")),
    ("app_types", Text("属于 39 类常见应用中的哪些？", "which of the 39 common types is it?")),
    ("audience", Text("是否面向不满十四周岁的未成年人？", "is it for minors under fourteen?")),
    (
        "access",
        Text(
            "处理规则与两份清单的入口；点击次数与菜单层级已暂填法定上限",
            "the ways to rules and lists; taps and menu level are the limits of the law for now",
        ),
    ),
    ("first_run", Text("首次运行提示如何询问？", "how does the first-run notice ask?")),
    ("rights", Text("各项权利的行使途径", "the way to exercise each right")),
    (
        "rules_updated",
        Text(
            "处理规则的更新与生效日期（暂填 1970-01-01）",
            "when the rules were changed and apply from (1970-01-01 for now)",
        ),
    ),
)
