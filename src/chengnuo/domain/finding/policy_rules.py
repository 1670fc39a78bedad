"""Rules about what a privacy policy says beside what the register declares (191号文 2.1).

The policy and the register are two tellings of the same facts; where they differ one is wrong, and
a person has to say which. A policy is read by words: that nothing was found is no proof.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity, shortened
from chengnuo.domain.finding.package_look import recipient_row
from chengnuo.domain.finding.policy_held import PolicyHeld
from chengnuo.domain.finding.rule import Hit, RuleWords, duties
from chengnuo.domain.observation.policy import PolicyFieldKind, SummaryGap
from chengnuo.domain.register.kinds import RowRef

LONG, SHORT, _SHARE = 3_000, 1_500, 4
"""Characters from which a policy needs a summary, and that one may have; else a share of it."""
PolicyCheck: TypeAlias = Callable[[PolicyHeld], Iterable[Hit]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyRule(RuleWords):
    """One rule about a policy beside a register; `check` finds where it does not hold."""

    check: PolicyCheck


def _categories_not_said(held: PolicyHeld) -> Iterator[Hit]:
    for category, rows in held.declared.items():
        if category not in held.said:
            title = held.catalogue.category(category).text
            yield _hit(held, rows[0], category, "", category=title)


def _categories_not_declared(held: PolicyHeld) -> Iterator[Hit]:
    for category, words in held.said.items():
        if category not in held.declared:
            title = held.catalogue.category(category).text
            yield _hit(held, held.app_row, category, words, category=title)


def _recipients_not_said(held: PolicyHeld) -> Iterator[Hit]:
    for one in held.recipients:
        if one.recipient not in held.named:
            yield _hit(
                held, recipient_row(one.recipient), one.recipient, one.name.zh, name=one.name
            )


def _parties_not_declared(held: PolicyHeld) -> Iterator[Hit]:
    for one in held.not_declared:
        yield _hit(held, held.app_row, one.sdk or one.name.words, one.name.words)


def _days(kind: PolicyFieldKind, declared: Callable[[PolicyHeld], date]) -> PolicyCheck:
    def check(held: PolicyHeld) -> Iterator[Hit]:
        said, day = held.reading.day(kind), declared(held)
        if said is not None and said != day:
            yield _hit(held, held.app_row, kind, said.isoformat(), what=kind.text, day=day)

    return check


def _no_summary(held: PolicyHeld) -> Iterator[Hit]:
    reading = held.reading
    if reading.is_whole and reading.characters >= LONG and _summary(held) is None:
        yield _hit(held, held.app_row, "summary", "", characters=str(reading.characters))


def _long_summary(held: PolicyHeld) -> Iterator[Hit]:
    size, whole = _summary(held), held.reading.characters
    if size is not None and size > max(SHORT, whole // _SHARE):
        yield _hit(held, held.app_row, "summary", str(size), characters=str(whole))


def _summary(held: PolicyHeld) -> int | None:
    """Return how many characters the summary has; None without one."""
    fields = held.reading.fields
    return next((int(one.value) for one in fields if one.kind is PolicyFieldKind.SUMMARY), None)


def _summary_differs(gap: SummaryGap) -> PolicyCheck:
    def check(held: PolicyHeld) -> Iterator[Hit]:
        for one in held.reading.summary_differs:
            if one.gap is gap and one.item.category is not None:
                title = held.catalogue.category(one.item.category).text
                key = f"{one.item.category} {one.words}" if gap in _BY_WORDS else one.item.category
                yield _hit(held, held.app_row, key, one.words, category=title)

    return check


_BY_WORDS = frozenset({SummaryGap.OTHER_WAY, SummaryGap.OTHER_SCENE})


def _hit(held: PolicyHeld, row: RowRef, key: str, value: str, **words: Text | date | str) -> Hit:
    return Hit(row=row, words={"file": held.reading.file, **words}, value=shortened(value), key=key)


_FIX_ROW = Text(
    "以实际情况为准：补登记簿，或者改隐私政策。",
    "Go by the facts: add it to the register, or mend the policy.",
)
_FIX_SUMMARY = Text(
    "让摘要与全文一致；两者都可由登记簿生成（`summary-table`、`processing-rules`）。",
    "Let both say the same; the register makes either (`summary-table`, `processing-rules`).",
)
_DAY = Text(
    "{file} 写的{what}是 {value}，登记簿是 {day}。",
    "{file} says `{value}` ({what}), the register {day}.",
)

POLICY_RULES: tuple[PolicyRule, ...] = (
    PolicyRule(
        id="policy-omits-declared-category",
        duties=duties("191-2.1", "PIPL-17", "26-9"),
        severity=Severity.HIGH,
        title=Text("隐私政策没有写登记的信息种类", "Policy omits a declared category"),
        message=Text(
            "{row} 登记处理{category}，{file} 中没有找到。",
            "{row} declares {category}, which was not found in {file}.",
        ),
        fix=Text(
            "在隐私政策中写明目的、方式和范围；已不处理的，从登记簿移除。",
            "Tell in the policy what it is for and how it is handled, or drop it here.",
        ),
        check=_categories_not_said,
    ),
    PolicyRule(
        id="policy-names-undeclared-category",
        duties=duties("PIPL-17", "191-2.1"),
        severity=Severity.MEDIUM,
        title=Text("隐私政策写了未登记的信息种类", "Policy names a category not declared"),
        message=Text(
            "{file} 写有{category}（“{value}”），登记簿中没有任何活动处理它。",
            "{file} names {category} (“{value}”), which no activity of the register declares.",
        ),
        fix=_FIX_ROW,
        check=_categories_not_declared,
    ),
    PolicyRule(
        id="policy-omits-declared-recipient",
        duties=duties("PIPL-23", "191-2.1", "action524-2.2", "NDSR-21"),
        severity=Severity.HIGH,
        title=Text("隐私政策没有写登记的接收方", "Policy omits a declared recipient"),
        message=Text(
            "{row}（{name}）取得个人信息，{file} 中没有找到它。",
            "{row} ({name}) gets personal information, but was not found in {file}.",
        ),
        fix=Text(
            "写明其名称、联系方式、目的、方式和信息种类。",
            "Name it, with contact, purpose, method and categories.",
        ),
        check=_recipients_not_said,
    ),
    PolicyRule(
        id="policy-names-undeclared-recipient",
        duties=duties("PIPL-23", "action524-2.2"),
        severity=Severity.MEDIUM,
        title=Text("隐私政策写了未登记的第三方", "Policy names a third party not declared"),
        message=Text(
            "{file} 写有第三方“{value}”，登记簿的接收方中没有它。",
            "{file} names the third party “{value}”, which is no recipient of the register.",
        ),
        fix=_FIX_ROW,
        check=_parties_not_declared,
    ),
    PolicyRule(
        id="policy-other-update-day",
        duties=duties("PIPL-17", "191-2.2"),
        severity=Severity.LOW,
        title=Text("更新日期与登记簿不一致", "Update day differs from the register"),
        message=_DAY,
        fix=_FIX_ROW,
        check=_days(PolicyFieldKind.UPDATED, lambda held: held.app.rules_updated),
    ),
    PolicyRule(
        id="policy-other-effective-day",
        duties=duties("PIPL-17", "191-2.2"),
        severity=Severity.LOW,
        title=Text("生效日期与登记簿不一致", "Effective day differs from the register"),
        message=_DAY,
        fix=_FIX_ROW,
        check=_days(PolicyFieldKind.EFFECTIVE, lambda held: held.app.rules_effective),
    ),
    PolicyRule(
        id="policy-without-summary",
        duties=duties("action524-5.3", "191-1.4"),
        severity=Severity.MEDIUM,
        title=Text("隐私政策没有摘要", "Policy without a summary"),
        message=Text(
            "{file} 有 {characters} 个字符，没有找到摘要或者简明版。",
            "{file} has {characters} characters, and no summary or short form was found.",
        ),
        fix=Text(
            "在开头放一份简短的摘要，可由登记簿生成（`summary-table`）。",
            "Put a short summary at its beginning; the register makes one (`summary-table`).",
        ),
        check=_no_summary,
    ),
    PolicyRule(
        id="policy-summary-long",
        duties=duties("action524-5.3"),
        severity=Severity.LOW,
        title=Text("隐私政策的摘要过长", "Summary of the policy is long"),
        message=Text(
            "{file} 的摘要有 {value} 个字符，全文 {characters} 个；多长算长没有规定，这里按全文的"
            "四分之一。",
            "The summary of {file} has {value} characters of {characters}; no notice says how long "
            "it may be, and a quarter of the whole is taken here.",
        ),
        fix=Text(
            "只留收集什么、为什么、给谁、怎样拒绝。", "Leave what, why, to whom, how to refuse."
        ),
        check=_long_summary,
    ),
    PolicyRule(
        id="policy-summary-says-more",
        duties=duties("action524-5.3", "PIPL-17"),
        severity=Severity.MEDIUM,
        title=Text("摘要写了全文没有的信息种类", "Summary names a kind that the rules do not"),
        message=Text(
            "{file} 的摘要写有{category}（“{value}”），全文其他地方没有找到。",
            "The summary of {file} names {category} (“{value}”), which was not found in the rest.",
        ),
        fix=_FIX_SUMMARY,
        check=_summary_differs(SummaryGap.MORE),
    ),
    PolicyRule(
        id="policy-summary-omits",
        duties=duties("action524-5.3"),
        severity=Severity.LOW,
        title=Text("摘要表缺少全文写有的信息种类", "Summary table leaves out a kind of the rules"),
        message=Text(
            "{file} 的全文写有{category}（“{value}”），摘要表中没有。",
            "{file} says that {category} (“{value}”) is collected; its summary table does not.",
        ),
        fix=_FIX_SUMMARY,
        check=_summary_differs(SummaryGap.OMITS),
    ),
    PolicyRule(
        id="policy-summary-other-way",
        duties=duties("action524-5.3", "PIPL-17"),
        severity=Severity.MEDIUM,
        title=Text("摘要与全文的收集方式不一致", "Summary tells another way of collecting"),
        message=Text(
            "{file} 的摘要写{category}的收集方式是“{value}”，全文写的是别的方式。",
            "By the summary of {file}, {category} is collected so: “{value}”; the rest tells "
            "another way.",
        ),
        fix=_FIX_SUMMARY,
        check=_summary_differs(SummaryGap.OTHER_WAY),
    ),
    PolicyRule(
        id="policy-summary-other-scene",
        duties=duties("action524-5.3", "PIPL-17"),
        severity=Severity.LOW,
        title=Text("摘要的场景全文没有", "Summary names a scene that the rules do not"),
        message=Text(
            "{file} 的摘要写有场景“{value}”（{category}），全文其他地方没有这几个字。",
            "The summary of {file} names the scene “{value}” ({category}), whose words are "
            "nowhere in the rest.",
        ),
        fix=_FIX_SUMMARY,
        check=_summary_differs(SummaryGap.OTHER_SCENE),
    ),
)
