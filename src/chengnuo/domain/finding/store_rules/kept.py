"""Rules about what lies in the wrong place, for too long, or among other words."""

from collections.abc import Iterator

from chengnuo.base.instant import from_us, to_us
from chengnuo.base.text import Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, duties
from chengnuo.domain.finding.store_rule import StoreRule, column_hit, table_hit
from chengnuo.domain.finding.stores_look import OF_BODIES, Pair, StoresLook, store_row
from chengnuo.domain.observation.stores import Oldest, Unseen
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.retention import RetentionStart
from chengnuo.engines.text.columns import Holding
from chengnuo.law.civil import after, civil_date, start_of

_HELD = frozenset({Holding.VALUES, Holding.INSIDE})


def _sensitive_misplaced(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        for one in pair.seen.columns:
            if one.holding not in _HELD or one.kind is None or one.category is None:
                continue
            if look.is_sensitive(one.category) and not look.handles(pair, one.kind, one.category):
                yield column_hit(look, pair, one)


def _overrun(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        ends = [_end(pair, activity) for activity in pair.activities]
        # One activity that keeps a row, or that cannot be reckoned, keeps all of it.
        if not ends or any(end is None for end in ends):
            continue
        oldest, over, activity = max((one for one in ends if one is not None), key=lambda e: e[1])
        if civil_date(from_us(over)) < look.seen.on:
            yield table_hit(
                pair,
                column=oldest.column,
                oldest=oldest.on,
                activity=activity.activity,
                keep=Text(
                    _words(activity, chinese=True),
                    _words(activity, chinese=False),
                ),
            )


def _end(pair: Pair, activity: ProcessingActivity) -> tuple[Oldest, int, ProcessingActivity] | None:
    """Return until when an activity may keep the oldest row; None where that is not known."""
    period = activity.retention.keep.period
    if period is None:
        return None
    told = {one.column: one for one in pair.seen.oldest}
    events = () if pair.declared is None else pair.declared.events
    named = [one.column for one in events if one.event is activity.retention.from_]
    declared = {one.column for one in events}
    if not named and activity.retention.from_ is RetentionStart.COLLECTED:
        named = [one for one in told if one not in declared]
    found = [told[one] for one in named if one in told]
    if not found:
        return None
    oldest = min(found, key=lambda one: one.on)
    return oldest, after(to_us(start_of(oldest.on)), period), activity


def _words(activity: ProcessingActivity, *, chinese: bool) -> str:
    period = activity.retention.keep.period
    return "" if period is None else period.in_words(chinese=chinese)


def _among_words(look: StoresLook) -> Iterator[Hit]:
    for pair in look.pairs:
        for one in pair.seen.columns:
            if one.holding is Holding.INSIDE and one.kind not in OF_BODIES:
                yield column_hit(look, pair, one)


def _not_seen(look: StoresLook) -> Iterator[Hit]:
    for one in look.seen.stores:
        if one.trouble is not None:
            yield Hit(
                row=store_row(look.stores[one.store]),
                words={"why": one.trouble.unseen.text, "table": ""},
            )
    for pair in look.pairs:
        if pair.seen.trouble is not None and pair.seen.trouble.unseen is not Unseen.CONTENTS:
            table = f" `{pair.seen.table}` "
            yield table_hit(pair, why=pair.seen.trouble.unseen.text, table=table)


RULES: tuple[StoreRule, ...] = (
    StoreRule(
        id="store-sensitive-misplaced",
        duties=duties("PIPL-28", "PIPL-30", "PIPL-51.2", "PIPL-55"),
        severity=Severity.HIGH,
        title=Text(
            "敏感个人信息存在不该有的地方", "Sensitive information where it does not belong"
        ),
        message=Text(
            "{row} 的列 `{value}` 里有{kind}（{rows}中 {held} 个），"
            "存入该表的活动都没有处理这种敏感个人信息。",
            "Column `{value}` of {row} holds a {kind} ({rows}: {held} values), and no activity "
            "that keeps something in that table handles this sensitive category.",
        ),
        fix=Text(
            "在活动的 `items` 登记（{category}）、告知必要性和影响并取得单独同意；"
            "不需要的，删除数据。",
            "Register it ({category}) in an activity, with its necessity and impact, and ask for "
            "separate consent; delete the data if it is not needed.",
        ),
        check=_sensitive_misplaced,
    ),
    StoreRule(
        id="store-retention-overrun",
        duties=duties("PIPL-19", "PIPL-47", "PIPL-17"),
        severity=Severity.HIGH,
        title=Text("超过登记的保存期限仍在保存", "Kept longer than the registered period"),
        message=Text(
            "{row} 的表 `{value}` 最早的行是 {oldest}（列 `{column}`），"
            "而活动 `{activity}` 登记的保存期限是{keep}。",
            "The oldest row of table `{value}` of {row} is of {oldest} (column `{column}`), but "
            "activity `{activity}` registers a period of {keep}.",
        ),
        fix=Text(
            "删除或匿名化到期的行，并开启到期清理；确需更久的，改登记和公示的期限。",
            "Delete or anonymise what is over and let the sweep do it from now on; if it is needed "
            "for longer, correct the period in register and lists.",
        ),
        check=_overrun,
    ),
    StoreRule(
        id="store-free-text-holds",
        duties=duties("PIPL-51.2", "PIPL-6", "PIPL-47"),
        severity=Severity.MEDIUM,
        title=Text("自由文本里有个人信息", "Identifiers in free text"),
        message=Text(
            "{row} 的列 `{value}` 是自由文本，其中 {held} 个值含有{kind}"
            "（{rows}，非空 {filled} 个）；"
            "按列查阅和删除找不到它们。",
            "Column `{value}` of {row} is free text, and {held} of {filled} filled values ({rows}) "
            "hold a {kind}; access and deletion by column do not find them.",
        ),
        fix=Text(
            "录入时遮盖（`chengnuo text mask`），清理已有的，或把整列登记为个人信息。",
            "Mask it where it is written (`chengnuo text mask`), clean what is there, or declare "
            "the whole column.",
        ),
        check=_among_words,
    ),
    StoreRule(
        id="store-not-looked-into",
        duties=duties("PIPL-51.2"),
        severity=Severity.NOTE,
        title=Text("没有看到的存储", "Store that was not looked into"),
        message=Text("{row}{table}：{why}。", "{row}{table}: {why}."),
        fix=Text("给连接一个只读账户，或人工核对。", "Give a read-only account, or check by hand."),
        check=_not_seen,
    ),
)
