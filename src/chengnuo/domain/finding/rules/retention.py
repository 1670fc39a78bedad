"""Rules about how long information is kept, and which duty keeps it longer (Arts. 19, 47)."""

from collections.abc import Iterator

from chengnuo.base.period import Period
from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, Word, duties, each_row, figures, hit
from chengnuo.domain.register.store import Column, Store, WhenDeleted
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.figure import Comparator, Unit
from chengnuo.law.ids import DutyId, FigureId

_LONGEST_USUAL = "TD-K4"


def _columns(facts: Facts) -> Iterator[tuple[Store, str, str, Column]]:
    """Every column of every store, with its path in the row and its name in the store."""
    for store in facts.register.stores:
        for table_index, table in enumerate(store.tables):
            for index, column in enumerate(table.columns):
                where = f"tables[{table_index}].columns[{index}]"
                yield store, where, f"{table.table}.{column.column}", column


def is_known(duty: str, catalogue: Catalogue) -> bool:
    """Tell whether an id is a duty or a figure of the catalogue."""
    return DutyId(duty) in catalogue.duties or FigureId(duty) in catalogue.figures


def least_period(duty: str, catalogue: Catalogue) -> Period | None:
    """Return the least time that a figure asks to keep something, if it is such a figure."""
    figure = catalogue.figures.get(FigureId(duty))
    if figure is None or figure.comparator is not Comparator.AT_LEAST:
        return None
    if not isinstance(figure.value, int) or figure.value <= 0:
        return None
    match figure.unit:
        case Unit.YEARS:
            return Period(years=figure.value)
        case Unit.MONTHS:
            return Period(months=figure.value)
        case Unit.CALENDAR_DAYS:
            return Period(days=figure.value)
        case _:
            return None


def _is_shorter(period: Period, least: Period | None) -> bool:
    return least is not None and period.approximate_days() < least.approximate_days()


def _too_long(facts: Facts) -> Iterator[Hit]:
    limit = Period(years=facts.number(_LONGEST_USUAL))
    for activity in facts.register.activities:
        retention = activity.retention
        period = retention.keep.period
        if period is None or retention.why is not None or retention.duty is not None:
            continue
        if period.approximate_days() > limit.approximate_days():
            yield hit(activity, "retention.keep", period, limit=limit.years)


def _unknown_duty(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        duty = activity.retention.duty
        if duty is not None and not is_known(duty, facts.catalogue):
            yield hit(activity, "retention.duty", duty)


def _shorter_than_duty(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        duty, period = activity.retention.duty, activity.retention.keep.period
        if duty is None or period is None:
            continue
        least = least_period(duty, facts.catalogue)
        if least is not None and _is_shorter(period, least):
            yield hit(activity, "retention.keep", period, duty=duty, least=str(least))


def _column_unknown_duty(facts: Facts) -> Iterator[Hit]:
    for store, where, name, column in _columns(facts):
        if column.keep is not None and not is_known(column.keep.duty, facts.catalogue):
            yield hit(store, f"{where}.keep.duty", column.keep.duty, key=name, column=column.column)


def _column_shorter_than_duty(facts: Facts) -> Iterator[Hit]:
    for store, where, name, column in _columns(facts):
        if column.keep is None:
            continue
        least = least_period(column.keep.duty, facts.catalogue)
        if least is not None and _is_shorter(column.keep.keep, least):
            words: dict[str, Word] = {
                "column": column.column,
                "duty": column.keep.duty,
                "least": str(least),
            }
            yield hit(store, f"{where}.keep.keep", column.keep.keep, key=name, words=words)


def _kept_without_duty(facts: Facts) -> Iterator[Hit]:
    for store, where, name, column in _columns(facts):
        if column.when_deleted is WhenDeleted.KEEP and column.keep is None:
            yield hit(store, f"{where}.keep", column.column, key=name)


def _duty_not_kept(facts: Facts) -> Iterator[Hit]:
    for store, where, name, column in _columns(facts):
        if column.keep is not None and column.when_deleted is not WhenDeleted.KEEP:
            words: dict[str, Word] = {"column": column.column, "duty": column.keep.duty}
            yield hit(store, f"{where}.when_deleted", column.when_deleted, key=name, words=words)


RULES: tuple[Rule, ...] = (
    Rule(
        id="retention-forever",
        duties=duties("PIPL-19", "PIPL-47", "PIPL-17"),
        severity=Severity.HIGH,
        title=Text("永久保存", "Kept for ever"),
        message=Text(
            "{row} 的保存期限是 `{value}`；保存期限应为实现目的所必要的最短时间。",
            "{row} keeps information `{value}`; it is to be kept no longer than the purpose needs.",
        ),
        fix=Text(
            "写一个期限和起算点；确须长期使用的，到期匿名化。",
            "Set a period and its start; anonymise where it is needed for longer.",
        ),
        check=each_row(
            lambda facts: facts.register.activities,
            "retention.keep",
            lambda activity: activity.retention.keep.period is None,
            lambda activity: activity.retention.keep,
        ),
    ),
    Rule(
        id="retention-long-without-reason",
        duties=duties("PIPL-19"),
        figures=figures(_LONGEST_USUAL),
        severity=Severity.MEDIUM,
        title=Text("保存很久却没有理由", "Kept long without a reason"),
        message=Text(
            "{row} 保存 {value}，比常见法定保存期（{limit} 年）还长，"
            "却没有写理由（`why` 或 `duty`）。",
            "{row} keeps information for {value}, longer than the usual statutory {limit} years, "
            "without a reason.",
        ),
        fix=Text("缩短期限，或写明理由和依据的义务。", "Shorten it, or give the reason and duty."),
        check=_too_long,
    ),
    Rule(
        id="retention-duty-unknown",
        duties=duties("PIPL-19"),
        severity=Severity.MEDIUM,
        title=Text("保存依据的义务不存在", "Retention by an unknown duty"),
        message=Text(
            "{row} 的保存期限依据 `{value}`，法规目录里没有这个标识。",
            "{row} keeps by duty `{value}`, which is not in the law catalogue.",
        ),
        fix=Text(
            "用 `chengnuo law list` 查标识，如 `TD-K4`。",
            "Look the id up with `chengnuo law list`, such as `TD-K4`.",
        ),
        check=_unknown_duty,
    ),
    Rule(
        id="retention-shorter-than-duty",
        duties=duties("PIPL-19", "PIPL-47"),
        severity=Severity.HIGH,
        title=Text("保存短于法定期限", "Kept shorter than the duty asks"),
        message=Text(
            "{row} 只保存 {value}，而所依据的 `{duty}` 要求至少 {least}。",
            "{row} keeps information for {value}, but duty `{duty}` asks for at least {least}.",
        ),
        fix=Text(
            "延长到法定期限，或改正依据。", "Keep it for as long as asked, or correct the duty."
        ),
        check=_shorter_than_duty,
    ),
    Rule(
        id="kept-column-without-duty",
        duties=duties("PIPL-47", "191-6.4", "duty-13"),
        severity=Severity.HIGH,
        title=Text("删除时保留却没有义务", "Kept on deletion without a duty"),
        message=Text(
            "{row} 的列 `{value}` 在删除时保留（`when_deleted: keep`），却没有写依据什么义务、"
            "到何时。",
            "Column `{value}` of {row} is kept on deletion without a duty and an end.",
        ),
        fix=Text(
            "写 `keep: {{duty: …, keep: …, from: …}}`；没有义务就改为删除。",
            "Write `keep: {{duty: …, keep: …, from: …}}`, or delete it.",
        ),
        check=_kept_without_duty,
    ),
    Rule(
        id="keep-duty-unknown",
        duties=duties("PIPL-47", "duty-13"),
        severity=Severity.MEDIUM,
        title=Text("保留依据的义务不存在", "Column kept by an unknown duty"),
        message=Text(
            "{row} 的列 `{column}` 依据 `{value}` 保留，法规目录里没有这个标识。",
            "Column `{column}` of {row} is kept by `{value}`, which is not in the law catalogue.",
        ),
        fix=Text(
            "用 `chengnuo law list` 查标识，如 `TD-K4`。",
            "Look the id up with `chengnuo law list`, such as `TD-K4`.",
        ),
        check=_column_unknown_duty,
    ),
    Rule(
        id="keep-shorter-than-duty",
        duties=duties("PIPL-47", "PIPL-19"),
        severity=Severity.HIGH,
        title=Text("列的保留短于法定期限", "Column kept shorter than the duty asks"),
        message=Text(
            "{row} 的列 `{column}` 只保留 {value}，而 `{duty}` 要求至少 {least}。",
            "Column `{column}` of {row} is kept for {value}, but `{duty}` asks for at least "
            "{least}.",
        ),
        fix=Text("延长到法定期限。", "Keep it for as long as asked."),
        check=_column_shorter_than_duty,
    ),
    Rule(
        id="keep-duty-not-followed",
        duties=duties("PIPL-47"),
        severity=Severity.MEDIUM,
        title=Text("写了保留义务却照样删除", "Duty to keep, yet deleted"),
        message=Text(
            "{row} 的列 `{column}` 写了保留义务 `{duty}`，删除时却是 `{value}`。",
            "Column `{column}` of {row} names duty `{duty}` but is deleted by `{value}`.",
        ),
        fix=Text("改为 `when_deleted: keep`，或删去 `keep`。", "Make the two agree."),
        check=_duty_not_kept,
    ),
)
