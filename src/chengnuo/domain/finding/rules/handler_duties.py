"""Rules about the handler itself: officer, representative, ways to reach it, safety."""

from collections.abc import Iterator

from chengnuo.base.text import Text
from chengnuo.domain.finding.credit_code import is_credit_code
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, figures, hit
from chengnuo.domain.register.handler import MAINLAND, Contacts


def is_reachable(contacts: Contacts) -> bool:
    """Tell whether any way to reach somebody is given."""
    return any((contacts.phone, contacts.email, contacts.url, contacts.post))


def _needs_officer(facts: Facts) -> bool:
    people = facts.register.handler.individuals
    return people is not None and people >= facts.number("TD-U3")


def _officer_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.protection_officer is None and _needs_officer(facts):
        limit = facts.number("TD-U3")
        yield hit(handler, "individuals", handler.individuals, limit=f"{limit:,}")


def _officer_not_filed(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    officer = handler.protection_officer
    if officer is not None and officer.filed is None and _needs_officer(facts):
        yield hit(handler, "protection_officer", officer.title, days=facts.number("TD-U4"))


def _officer_without_contact(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    officer = handler.protection_officer
    if officer is not None and not is_reachable(officer.contacts):
        yield hit(handler, "protection_officer.contacts", officer.title)


def _representative_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.country != MAINLAND and handler.representative is None:
        yield hit(handler, "country", handler.country)


def _representative_not_filed(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    representative = handler.representative
    if representative is not None and representative.filed is None:
        yield hit(handler, "representative", representative.name)


def _credit_code_wrong(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.credit_code is not None and not is_credit_code(handler.credit_code):
        yield hit(handler, "credit_code", handler.credit_code)


def _handler_without_contact(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if not is_reachable(handler.contacts):
        yield hit(handler, "contacts")


def _hotline_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.contacts.phone is None and handler.complaints.contacts.phone is None:
        yield hit(handler, "contacts.phone")


def _complaints_too_slow(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    limit = facts.number("TD-R2")
    if handler.complaints.working_days > limit:
        days = handler.complaints.working_days
        yield hit(handler, "complaints.working_days", days, limit=limit)


def _complaints_only_in_app(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if not is_reachable(handler.complaints.contacts):
        yield hit(handler, "complaints.contacts", handler.complaints.path)


def _head_count_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.individuals is None:
        yield hit(handler, "individuals")


def _security_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.security is None:
        yield hit(handler, "security")


def _incident_plan_missing(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.incident_plan is None:
        yield hit(handler, "incident_plan")


RULES: tuple[Rule, ...] = (
    Rule(
        id="officer-missing",
        duties=duties("PIPL-52"),
        figures=figures("TD-U3"),
        severity=Severity.HIGH,
        title=Text("未指定个人信息保护负责人", "No person in charge of protection"),
        message=Text(
            "{row} 处理约 {value} 人的个人信息，达到 {limit} 人即须指定个人信息保护负责人，"
            "登记簿中没有。",
            "{row} handles information of about {value} people; from {limit} on a person in charge "
            "of protection is due, and none is registered.",
        ),
        fix=Text(
            "指定负责人，在 `protection_officer` 写明职务和公开的联系方式，"
            "并向所在地网信部门报送。",
            "Appoint one, write title and public contact under `protection_officer`, and file it.",
        ),
        check=_officer_missing,
    ),
    Rule(
        id="officer-not-filed",
        duties=duties("PIPL-52"),
        figures=figures("TD-U3", "TD-U4"),
        severity=Severity.HIGH,
        title=Text("负责人信息未报送", "Person in charge not filed"),
        message=Text(
            "{row} 的个人信息保护负责人（{value}）没有报送日期；应在 {days} 个工作日内报送。",
            "The person in charge of {row} ({value}) has no day of filing; it is due within {days} "
            "working days.",
        ),
        fix=Text(
            "向网信部门报送负责人姓名和联系方式，把报送日期写入 `protection_officer.filed`。",
            "File name and contact, and write the day into `protection_officer.filed`.",
        ),
        check=_officer_not_filed,
    ),
    Rule(
        id="officer-without-contact",
        duties=duties("PIPL-52"),
        severity=Severity.HIGH,
        title=Text("负责人联系方式未公开", "No public contact of the person in charge"),
        message=Text(
            "{row} 的个人信息保护负责人（{value}）没有任何联系方式。",
            "The person in charge of {row} ({value}) has no contact at all.",
        ),
        fix=Text(
            "在 `protection_officer.contacts` 写至少一种会有人答复的联系方式。",
            "Give at least one contact that is answered, under `protection_officer.contacts`.",
        ),
        check=_officer_without_contact,
    ),
    Rule(
        id="representative-missing",
        duties=duties("PIPL-53"),
        severity=Severity.HIGH,
        title=Text("境外处理者未设境内代表", "Handler abroad without a representative"),
        message=Text(
            "{row} 设在 `{value}`，须在境内设专门机构或指定代表，登记簿中没有。",
            "{row} is established in `{value}` and needs an agency or representative in the "
            "mainland; none is registered.",
        ),
        fix=Text(
            "设立机构或指定代表，写入 `representative`，并报送其名称和联系方式。",
            "Name one under `representative` and file its name and contact.",
        ),
        check=_representative_missing,
    ),
    Rule(
        id="representative-not-filed",
        duties=duties("PIPL-53"),
        severity=Severity.MEDIUM,
        title=Text("境内代表未报送", "Representative not filed"),
        message=Text(
            "{row} 的境内代表（{value}）没有报送日期。",
            "The representative of {row} ({value}) has no day of filing.",
        ),
        fix=Text(
            "报送后把日期写入 `representative.filed`。",
            "File it and write the day into `representative.filed`.",
        ),
        check=_representative_not_filed,
    ),
    Rule(
        id="credit-code-wrong",
        duties=duties("PIPL-17"),
        severity=Severity.MEDIUM,
        title=Text("统一社会信用代码有误", "Wrong unified social credit code"),
        message=Text(
            "{row} 的统一社会信用代码 `{value}` 与 GB 32100 的校验位不符，或长度、字符不对。",
            "Credit code `{value}` of {row} does not fit the check digit of GB 32100, or has a "
            "wrong length or character.",
        ),
        fix=Text(
            "照营业执照重新填写 18 位代码。", "Copy the 18 characters from the licence again."
        ),
        check=_credit_code_wrong,
    ),
    Rule(
        id="handler-without-contact",
        duties=duties("PIPL-17"),
        severity=Severity.HIGH,
        title=Text("没有联系方式", "No contact"),
        message=Text(
            "{row} 没有登记任何联系方式；处理规则须写明处理者的联系方式。",
            "{row} has no contact; the processing rules have to name one.",
        ),
        fix=Text(
            "在 `contacts` 写电话、邮箱或网页中的至少一种。",
            "Give a phone, an e-mail address or a page under `contacts`.",
        ),
        check=_handler_without_contact,
    ),
    Rule(
        id="hotline-missing",
        duties=duties("action524-4.3", "26-11"),
        severity=Severity.LOW,
        title=Text("没有客服热线", "No hotline"),
        message=Text(
            "{row} 没有可以打通的电话；客服热线应在应用显著位置公示。",
            "{row} has no telephone; a hotline is to be shown in a prominent place of the app.",
        ),
        fix=Text(
            "开通热线，写入 `contacts.phone` 或 `complaints.contacts.phone`。",
            "Set one up and write it into `contacts.phone` or `complaints.contacts.phone`.",
        ),
        check=_hotline_missing,
    ),
    Rule(
        id="complaints-too-slow",
        duties=duties("191-6.5", "pledge-8"),
        figures=figures("TD-R2"),
        severity=Severity.HIGH,
        title=Text("投诉答复时限过长", "Complaints answered too late"),
        message=Text(
            "{row} 承诺 {value} 个工作日答复投诉；承诺时限不得超过 {limit} 个工作日。",
            "{row} promises to answer complaints within {value} working days; the promise may not "
            "exceed {limit}.",
        ),
        fix=Text(
            "把 `complaints.working_days` 改到 {limit} 以内，并按此安排人手。",
            "Set `complaints.working_days` to {limit} or less, and staff for it.",
        ),
        check=_complaints_too_slow,
    ),
    Rule(
        id="complaints-only-in-app",
        duties=duties("191-6.5", "pledge-8"),
        severity=Severity.LOW,
        title=Text("投诉渠道只在应用内", "Complaints only inside the app"),
        message=Text(
            "{row} 的投诉只能走应用内路径“{value}”；登录不了或已卸载的人无从投诉。",
            "Complaints to {row} can only be made in the app ({value}); people who cannot sign in "
            "have no way.",
        ),
        fix=Text(
            "在 `complaints.contacts` 补一个应用外的渠道。",
            "Add a channel outside the app under `complaints.contacts`.",
        ),
        check=_complaints_only_in_app,
    ),
    Rule(
        id="head-count-missing",
        duties=duties("PIPL-52", "PIPL-54"),
        severity=Severity.LOW,
        title=Text("未登记处理人数", "No head-count"),
        message=Text(
            "{row} 没有登记处理多少人的个人信息；负责人、审计和出境的门槛都要看人数。",
            "{row} does not say of how many people it handles information; the thresholds for an "
            "officer, audits and cross-border provision depend on it.",
        ),
        fix=Text("在 `individuals` 写大约人数。", "Write about how many into `individuals`."),
        check=_head_count_missing,
    ),
    Rule(
        id="security-missing",
        duties=duties("PIPL-51", "pledge-10"),
        severity=Severity.MEDIUM,
        title=Text("未说明安全措施", "Security measures not stated"),
        message=Text(
            "{row} 没有写采取了哪些安全措施。",
            "{row} does not say which security measures it takes.",
        ),
        fix=Text(
            "在 `security` 用几句话写明加密、权限、留痕等真实措施。",
            "Say in a few sentences under `security` what is really done.",
        ),
        check=_security_missing,
    ),
    Rule(
        id="incident-plan-missing",
        duties=duties("PIPL-51", "PIPL-57"),
        severity=Severity.MEDIUM,
        title=Text("没有应急预案", "No incident plan"),
        message=Text(
            "{row} 没有登记个人信息安全事件应急预案。",
            "{row} has no plan for incidents.",
        ),
        fix=Text(
            "制定预案，在 `incident_plan` 写明谁负责、怎样通知个人和主管部门。",
            "Make one; say under `incident_plan` who acts and how people and authorities are told.",
        ),
        check=_incident_plan_missing,
    ),
)
