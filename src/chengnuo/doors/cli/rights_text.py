"""Plans and requests for reading on a terminal: stores, steps, rows, what is kept and why.

Whose information it is stands nowhere in it.
"""

import sys

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text as Line

from chengnuo.base.digest import short
from chengnuo.base.text import Lang, Text
from chengnuo.domain.rights.machine import NEXT
from chengnuo.domain.rights.plan import (
    Belongs,
    ColumnFate,
    Kept,
    Plan,
    Problem,
    RowFate,
    Step,
    StorePlan,
)
from chengnuo.domain.rights.stage_words import STAGE_WORDS
from chengnuo.usecases.rights.seen import RequestLine, RequestSeen, TaskSeen

_FATES: dict[RowFate, Text] = {
    RowFate.READ: Text("读取", "read"),
    RowFate.DELETE: Text("删除", "delete"),
    RowFate.CHANGE: Text("修改", "change"),
    RowFate.KEEP: Text("保留", "keep"),
}
_BELONGS: dict[Belongs, Text] = {
    Belongs.ALONE: Text("仅本人", "theirs alone"),
    Belongs.REFERENCED: Text("被他人的行引用", "others' rows refer to it"),
    Belongs.SHARED: Text("与他人共有", "shared with others"),
}
_COLUMN_FATES: dict[ColumnFate, Text] = {
    ColumnFate.READ: Text("读取", "read"),
    ColumnFate.WITHHELD: Text("属他人，不提供", "withheld"),
    ColumnFate.NULL: Text("置空", "null"),
    ColumnFate.MASK: Text("遮蔽", "mask"),
    ColumnFate.ANONYMISE: Text("匿名化", "anonymise"),
    ColumnFate.SET: Text("更正", "set"),
    ColumnFate.KEEP: Text("保留", "keep"),
}


_WIDTH_OF_FILES = 120


def show(what: RenderableType) -> None:
    """Print something to stdout, as wide as the terminal; a file has no width of its own."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    console = Console(file=sys.stdout, width=width)
    console.print(what, highlight=False, markup=False)


def plan_text(plan: Plan, lang: Lang) -> RenderableType:
    """Return a plan: each store with its steps and what stands against it, then what follows."""
    parts: list[RenderableType] = [_head(plan, lang)]
    for store in plan.stores:
        parts.append(_store_title(store, lang))
        if store.steps or not store.is_blocked:  # of a blocked one nothing may be known
            parts.append(_steps(store, lang))
        parts += [Line(_problem(one, lang)) for one in store.problems]
        parts.append(Line(""))
    for kept in plan.kept:
        parts.append(Line(_KEPT.in_lang(lang) + kept_words(kept, lang)))
    for outside in plan.outside:
        said = f"{outside.kind} {', '.join(outside.categories)}".strip()
        parts.append(Line(f"{_TOLD.in_lang(lang)}{outside.name.in_lang(lang)} · {said}"))
    for refusal in plan.refusals:
        articles = ", ".join(refusal.articles)
        what, why = refusal.what.in_lang(lang), refusal.why.in_lang(lang)
        parts.append(Line(f"{_REFUSED.in_lang(lang)}{what} [{articles}] {why}"))
    parts.append(Line(_sum(plan, lang)))
    return Group(*parts)


def queue_text(lines: tuple[RequestLine, ...], lang: Lang) -> RenderableType:
    """Return requests as a table, those with the fewest days left first."""
    if not lines:
        return Line(_NOTHING.in_lang(lang))
    table = Table(box=None, pad_edge=False)
    for head in _QUEUE_HEADS:
        table.add_column(head.in_lang(lang), no_wrap=head is _QUEUE_HEADS[-1], overflow="fold")
    for one in lines:
        due = f"{one.due.on}{'~' if one.due.provisional else ''}"
        stage = STAGE_WORDS[one.stage].in_lang(lang) + (f" ({one.stopped})" if one.stopped else "")
        table.add_row(str(one.days_left), due, stage, one.right, one.by.value, one.id)
    return table


def request_text(seen: RequestSeen, lang: Lang) -> RenderableType:
    """Return one request: where it stands, who acts, what was done in each store."""
    request, following = seen.request, NEXT.get(seen.stage)
    parts: list[RenderableType] = [
        Line(f"{request.id} · {request.right.value} · {STAGE_WORDS[seen.stage].in_lang(lang)}"),
        Line(_days(seen, lang).in_lang(lang)),
    ]
    if following is not None:
        parts.append(Line(f"→ {following.owner.value}: {following.action.in_lang(lang)}"))
    if seen.stopped is not None:
        what, action = seen.stopped.what.in_lang(lang), seen.stopped.action.in_lang(lang)
        parts.append(Line(f"✗ {seen.stopped.code}: {what} {action}"))
    for one in seen.results:
        counts = f"{one.found} / {one.deleted} / {one.changed} / {one.kept}"
        residue = "" if one.residue is None else f" · {_LEFT.in_lang(lang)}{one.residue}"
        parts.append(Line(f"  {one.store:<20}{one.state.value:<10}{counts}{residue}"))
    parts += [
        Line(f"  {one.name.in_lang(lang)} · {one.state.value} · {one.id}") for one in seen.outside
    ]
    if seen.plan is not None and not seen.results:
        parts += [Line(""), plan_text(seen.plan, lang)]
    if seen.reply is not None:
        parts += [Line(""), Line(seen.reply.letter.in_lang(lang))]
    return Group(*parts)


def tasks_text(tasks: tuple[TaskSeen, ...], lang: Lang) -> RenderableType:
    """Return what has to be done by hand."""
    if not tasks:
        return Line(_NO_TASKS.in_lang(lang))
    return Group(
        *(
            Line(f"{'✓' if one.done_at else '·'} {one.id}  {one.store}  {one.what.in_lang(lang)}")
            for one in tasks
        )
    )


def kept_words(kept: Kept, lang: Lang) -> str:
    """Return under which duty something is kept, and until when."""
    if kept.until is None:
        return f"{kept.duty} · {_UNTIL_EVENT.in_lang(lang)}"
    until = kept.until.date().isoformat()
    return f"{kept.duty} · {Text(f'至 {until}', f'until {until}').in_lang(lang)}"


def _head(plan: Plan, lang: Lang) -> Line:
    at = plan.at.isoformat(timespec="seconds")
    return Line(
        Text(
            f"方案 · {plan.request.right.value} · {at} · 登记簿 {short(plan.register)}",
            f"plan · {plan.request.right.value} · {at} · register {short(plan.register)}",
        ).in_lang(lang)
    )


def _store_title(store: StorePlan, lang: Lang) -> Line:
    said = f"{store.store} · {store.name.in_lang(lang)}"
    if store.by_hand:
        said += f" · {_BY_HAND.in_lang(lang)}"
    if store.is_blocked:
        said += f" · {_BLOCKED.in_lang(lang)}"
    return Line(said, style="bold")


def _steps(store: StorePlan, lang: Lang) -> RenderableType:
    if not store.steps:
        return Line("  " + _NO_ROWS.in_lang(lang))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("#", justify="right")
    for head, right in _STEP_HEADS:
        table.add_column(head.in_lang(lang), justify="right" if right else "left", overflow="fold")
    for number, step in enumerate(store.steps, 1):
        table.add_row(
            str(number),
            step.table,
            str(step.rows),
            _FATES[step.fate].in_lang(lang),
            _BELONGS[step.belongs].in_lang(lang),
            _columns(step, lang),
        )
    return table


def _columns(step: Step, lang: Lang) -> str:
    """Return what happens to the columns, those with one fate and one reason together."""
    groups: dict[tuple[ColumnFate, Kept | None], list[str]] = {}
    for one in step.columns:
        groups.setdefault((one.fate, one.kept), []).append(one.column)
    parts: list[str] = []
    for (fate, kept), columns in groups.items():
        said = f"{_COLUMN_FATES[fate].in_lang(lang)}: {', '.join(columns)}"
        parts.append(said if kept is None else f"{said} [{kept_words(kept, lang)}]")
    if step.why is not None:
        parts.append(step.why.in_lang(lang))
    return "\n".join(parts)


def _problem(one: Problem, lang: Lang) -> str:
    place = ".".join(part for part in (one.table, one.column) if part)
    mark = "✗" if one.blocks else "!"
    kind = " ".join(part for part in (one.kind.value, place) if part)
    return f"  {mark} {kind}: {one.what.in_lang(lang)}"


def _sum(plan: Plan, lang: Lang) -> str:
    stores = len(plan.stores)
    said = Text(
        f"{stores} 处存储，共 {plan.rows} 行。没有改动任何数据。",
        f"{plan.rows} rows in {stores} stores. Nothing was changed.",
    ).in_lang(lang)
    return said + (_CANNOT.in_lang(lang) if plan.is_blocked else "")


def _days(seen: RequestSeen, lang: Lang) -> Text:
    if seen.stage.is_final:
        return Text(
            f"收到于 {seen.request.received:%Y-%m-%d}", f"received {seen.request.received:%Y-%m-%d}"
        )
    mark = _PROVISIONAL.in_lang(lang) if seen.due.provisional else ""
    return Text(
        f"最迟 {seen.due.on}{mark}，还剩 {seen.days_left} 个工作日",
        f"due {seen.due.on}{mark}, {seen.days_left} working days left",
    )


_QUEUE_HEADS = (
    Text("剩余工作日", "days left"),
    Text("最迟", "due"),
    Text("状态", "stage"),
    Text("权利", "right"),
    Text("提出者", "by"),
    Text("编号", "request"),
)
_STEP_HEADS = (
    (Text("表", "table"), False),
    (Text("行", "rows"), True),
    (Text("处理", "fate"), False),
    (Text("归属", "belongs"), False),
    (Text("字段与原因", "columns and why"), False),
)
_KEPT = Text("保留：", "kept: ")
_TOLD = Text("须通知：", "to be told: ")
_REFUSED = Text("不予办理：", "refused: ")
_UNTIL_EVENT = Text("起算事由尚未发生", "its period has not begun")
_BY_HAND = Text("人工办理", "by hand")
_BLOCKED = Text("受阻，不能开始", "blocked, cannot begin")
_CANNOT = Text(" 有存储受阻：排除后才能执行。", " A store is blocked: mend that before it can run.")
_NO_ROWS = Text("没有该个人的数据。", "nothing of this individual")
_NOTHING = Text("没有待办的请求。", "no open requests")
_NO_TASKS = Text("没有需要人工办理的事项。", "nothing has to be done by hand")
_LEFT = Text("残留：", "left over: ")
_PROVISIONAL = Text("（暂定）", " (provisional)")
