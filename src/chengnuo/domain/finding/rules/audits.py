"""Rules about compliance audits (PIPL Art. 54; measures of 2025)."""

from collections.abc import Iterator
from datetime import MAXYEAR, date

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, figures, hit

_FEBRUARY_28 = 28


def years_after(day: date, years: int) -> date:
    """Return the same civil day some years later.

    29 February becomes the 28th; what would lie beyond the last year of a calendar stays in it.
    """
    year = min(day.year + years, MAXYEAR)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=_FEBRUARY_28)


def _is_large(facts: Facts) -> bool:
    people = facts.register.handler.individuals
    return people is not None and people > facts.number("TD-U2")


def _last(facts: Facts) -> date | None:
    audits = facts.register.handler.audits
    return audits.last if audits is not None else None


def _overdue(facts: Facts) -> Iterator[Hit]:
    years = facts.number("TD-U1")
    last = _last(facts)
    if _is_large(facts) and (last is None or years_after(last, years) < facts.today):
        shown = last or Text("没有记录", "never")
        people = f"{facts.register.handler.individuals or 0:,}"
        words: dict[str, Word] = {"years": years, "people": people, "last": shown}
        yield hit(facts.register.handler, "audits.last", shown, words=words)


def _not_planned(facts: Facts) -> Iterator[Hit]:
    audits = facts.register.handler.audits
    if not _is_large(facts) and (audits is None or (audits.last is None and audits.next is None)):
        yield hit(facts.register.handler, "audits")


def _plan_passed(facts: Facts) -> Iterator[Hit]:
    audits = facts.register.handler.audits
    if audits is not None and audits.next is not None and audits.next < facts.today:
        yield hit(facts.register.handler, "audits.next", audits.next)


def _minors_overdue(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    last = handler.audits.minors_last if handler.audits is not None else None
    if handler.knows_minors and (last is None or years_after(last, 1) < facts.today):
        shown = last or Text("没有记录", "never")
        yield hit(handler, "audits.minors_last", shown, last=shown)


def _platform_without_audit(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.large_platform and _last(facts) is None:
        yield hit(handler, "large_platform", "true")


def _platform_without_officer(facts: Facts) -> Iterator[Hit]:
    handler = facts.register.handler
    if handler.large_platform and handler.protection_officer is None:
        yield hit(handler, "large_platform", "true")


RULES: tuple[Rule, ...] = (
    Rule(
        id="audit-overdue",
        duties=duties("PIPL-54", "AUDIT-2025", "duty-14"),
        figures=figures("TD-U1", "TD-U2"),
        severity=Severity.HIGH,
        title=Text("合规审计逾期", "Audit overdue"),
        message=Text(
            "{row} 处理约 {people} 人的信息，每 {years} 年至少审计一次；上次审计：{last}。",
            "{row} handles information of about {people} people and is to be audited every "
            "{years} years; last audit: {last}.",
        ),
        fix=Text("完成审计，更新 `audits.last`。", "Have it done, and update `audits.last`."),
        check=_overdue,
    ),
    Rule(
        id="audit-not-planned",
        duties=duties("PIPL-54", "NDSR-27", "duty-14"),
        severity=Severity.MEDIUM,
        title=Text("没有合规审计安排", "No audit planned"),
        message=Text(
            "{row} 既没有做过合规审计，也没有安排；定期审计的义务没有人数门槛。",
            "{row} neither was audited nor plans to be; the duty has no threshold.",
        ),
        fix=Text(
            "定一个合理的周期，写 `audits.next`。", "Set a reasonable interval in `audits.next`."
        ),
        check=_not_planned,
    ),
    Rule(
        id="audit-plan-passed",
        duties=duties("PIPL-54", "NDSR-27"),
        severity=Severity.MEDIUM,
        title=Text("计划的审计日期已过", "Planned audit not done"),
        message=Text(
            "{row} 计划在 {value} 前完成审计，日期已过。",
            "{row} planned to be audited by {value}, which has passed.",
        ),
        fix=Text("完成后更新 `last` 和 `next`。", "Have it done, and update `last` and `next`."),
        check=_plan_passed,
    ),
    Rule(
        id="minors-audit-overdue",
        duties=duties("MINOR-37", "PIPL-54", "duty-11"),
        figures=figures("TD-A6"),
        severity=Severity.HIGH,
        title=Text("未成年人年度审计逾期", "Yearly audit on minors overdue"),
        message=Text(
            "{row} 处理未成年人信息，每年须审计一次；上次审计：{last}。",
            "{row} handles minors' information and is to be audited on it every year; last "
            "audit: {last}.",
        ),
        fix=Text(
            "完成审计并报告，更新 `audits.minors_last`。",
            "Have it done and reported, and update `audits.minors_last`.",
        ),
        check=_minors_overdue,
    ),
    Rule(
        id="large-platform-without-audit",
        duties=duties("PIPL-58", "PIPL-54"),
        severity=Severity.HIGH,
        title=Text("重要平台没有审计记录", "Large platform never audited"),
        message=Text(
            "{row} 登记为重要平台（`large_platform: {value}`），却没有任何审计记录。",
            "{row} is a large platform but was never audited.",
        ),
        fix=Text(
            "完成审计；另请落实独立监督机构、平台规则和社会责任报告。",
            "Have it done; see also to the independent body, platform rules and yearly report.",
        ),
        check=_platform_without_audit,
    ),
    Rule(
        id="large-platform-without-officer",
        duties=duties("PIPL-58", "PIPL-52"),
        severity=Severity.HIGH,
        title=Text("重要平台没有负责人", "Large platform without an officer"),
        message=Text(
            "{row} 登记为重要平台（`large_platform: {value}`），却没有个人信息保护负责人。",
            "{row} is a large platform but has no person in charge of protection.",
        ),
        fix=Text("指定负责人，写进 `protection_officer`。", "Appoint one."),
        check=_platform_without_officer,
    ),
)
