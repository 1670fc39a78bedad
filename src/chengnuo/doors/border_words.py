"""What goes abroad in words: sorts, reasons, routes and tasks, for the command line and pages."""

from chengnuo.base.text import Lang, Text
from chengnuo.domain.borders.counting import Sort
from chengnuo.domain.borders.route import Line, Reason, Why
from chengnuo.domain.borders.tasks import Task

SORTS = {
    Sort.GENERAL: Text("一般信息", "general information"),
    Sort.SENSITIVE: Text("敏感信息", "sensitive information"),
}
NOBODY_YET = Text(
    "这一年还没有出境记录。后端在提供之前先问 /v1/provisions，准许的即记入；"
    "不向境外提供的，登记簿中没有境外接收方即可。",
    "Nothing is recorded for this year. Back ends ask /v1/provisions before they provide, and what "
    "may go is recorded. If nothing goes abroad, the register needs no recipient abroad.",
)

_REASONS = {
    Why.CRITICAL: Text("关键信息基础设施运营者", "operates critical information infrastructure"),
    Why.IMPORTANT: Text("含重要数据", "important data go abroad"),
}


def people_words(people: int, lang: Lang) -> str:
    """Return a number of people."""
    return f"{people:,} 人" if lang is Lang.ZH else f"{people:,} {_people(people)}"


def reason_words(reason: Reason, lang: Lang) -> str:
    """Return why a route is asked for, with the figure it rests on."""
    figure = "" if reason.figure is None else str(reason.figure)
    sort = Text("", "") if reason.sort is None else SORTS[reason.sort]
    count, limit = people_words(reason.people, lang), f"{reason.limit or 0:,}"
    match reason.why:
        case Why.AT_LEAST:
            said = Text(
                f"{sort.zh}累计 {count}，达到 {limit}", f"{sort.en}: {count}, {limit} or more"
            )
        case Why.ANY_SENSITIVE:
            said = Text(f"有敏感信息出境：{count}", f"sensitive information went abroad: {count}")
        case Why.BELOW:
            said = Text(
                f"{sort.zh}累计 {count}，未达到 {limit}，且没有敏感信息",
                f"{sort.en}: {count}, fewer than {limit}, and nothing sensitive",
            )
        case _:
            said = _REASONS[reason.why]
    words = said.in_lang(lang)
    if not figure:
        return words
    return f"{words}（{figure}）" if lang is Lang.ZH else f"{words} ({figure})"


def near_words(line: Line, people: int, lang: Lang) -> str:
    """Return that a line is near."""
    sort, left = SORTS[line.sort], line.limit - people
    return Text(
        f"{sort.zh}累计 {people:,} 人，离 {line.figure} 的线 {line.limit:,} 人还差 {left:,} 人；"
        f"达到后须{line.demand.text.zh}",
        f"{sort.en}: {people:,} people, {left:,} short of {line.limit:,} ({line.figure});"
        f" from there on: {line.demand.text.en}",
    ).in_lang(lang)


def task_words(task: Task, lang: Lang) -> str:
    """Return what is to be done, for whom and by when."""
    text = task.kind.text if task.demand is None else _with(task.kind.text, task.demand.text)
    parts = [text.in_lang(lang)]
    if task.recipient:
        parts.append(task.recipient)
    if task.figure:
        parts.append(task.figure)
    days = Text(f"{task.starts} 起，{task.due} 止", f"from {task.starts}, by {task.due}")
    if task.starts == task.due:
        days = Text(f"{task.due}", f"{task.due}")
    if task.provisional:
        days = Text(f"{days.zh}（暂定）", f"{days.en} (provisional)")
    parts.append(days.in_lang(lang))
    return " · ".join(parts)


def _with(first: Text, second: Text) -> Text:
    return Text(f"{first.zh}：{second.zh}", f"{first.en}: {second.en}")


def _people(count: int) -> str:
    return "person" if count == 1 else "people"
