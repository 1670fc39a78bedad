"""What is well of the program itself: Python, packages, paper, the law and the calendar it knows.

Pure: the looks and the instant are given.
"""

from collections.abc import Collection
from datetime import date, datetime

from chengnuo.base.text import Lang, Text
from chengnuo.law.civil import civil_date
from chengnuo.ports.installation import Layer, ProgramLook
from chengnuo.usecases.operations.checks import Check, Subject, note, todo, well

_LAYERS = {
    Layer.RIGHTS: Text("不得取得新权限", "giving up new rights"),
    Layer.FILES: Text("文件限制（Landlock）", "rules on files (Landlock)"),
    Layer.CALLS: Text("系统调用限制（seccomp）", "a filter of calls (seccomp)"),
}
_DECEMBER = 12
_MONTHS_NOTED = 6
_MONTHS_OLD = 12


def python_check(look: ProgramLook) -> Check:
    """Say whether this Python can run the program."""
    if look.python_fits:
        return well(Subject.PYTHON, f"{look.python}。", look.python)
    return todo(
        Subject.PYTHON,
        Text(
            f"{look.python}，需要 {look.python_wanted}。",
            f"{look.python}, but {look.python_wanted} is needed",
        ),
        Text(
            "换用合适的 Python，新建虚拟环境后重新安装。",
            "take a Python that fits, and install anew in a new environment",
        ),
    )


def packages_check(look: ProgramLook) -> Check:
    """Say whether every package that the program needs is there in a version that fits."""
    wrong = [one for one in look.packages if not one.fits]
    if not wrong:
        count = len(look.packages)
        return well(Subject.PACKAGES, f"{count} 个都合适。", f"all {count} fit")
    zh = "、".join(f"{one.name} {one.found or '没有'}（需要 {one.wanted}）" for one in wrong)
    en = ", ".join(f"{one.name} {one.found or 'missing'} (needs {one.wanted})" for one in wrong)
    return todo(
        Subject.PACKAGES,
        Text(f"不合适：{zh}。", f"these do not fit: {en}"),
        Text("在同一环境里重新安装 chengnuo。", "install chengnuo anew in the same environment"),
    )


def extras_check(look: ProgramLook) -> Check:
    """Say which optional parts are there, and whether a setting needs one that is not."""
    needed = [one for one in look.extras if one.missing and one.needed_by]
    if needed:
        zh = "；".join(f"{one.name}（{'、'.join(one.needed_by)} 需要）" for one in needed)
        en = "; ".join(f"{one.name} (needed by {', '.join(one.needed_by)})" for one in needed)
        names = ",".join(one.name for one in needed)
        return todo(
            Subject.EXTRAS,
            Text(f"设置需要而没有的：{zh}。", f"missing, but needed: {en}"),
            Text(f"安装 chengnuo[{names}]。", f"install chengnuo[{names}]"),
        )
    there = ", ".join(one.name for one in look.extras if not one.missing)
    absent = ", ".join(one.name for one in look.extras if one.missing)
    if not absent:
        return well(Subject.EXTRAS, f"{there}。", there)
    return note(
        Subject.EXTRAS,
        Text(
            f"有 {there or '无'}；没有 {absent}。",
            f"there: {there or 'none'}; not there: {absent}",
        ),
    )


def child_check(layers: Collection[Layer]) -> Check:
    """Say what holds the process that reads hostile files, beside bounds of memory and time."""
    missing = [layer for layer in Layer if layer not in layers]
    if not missing:
        return well(
            Subject.CHILD,
            "读取外来文件的子进程只能读该文件，不能联网、写文件或启动程序。",
            "what reads files of others reads these alone, reaches no network, writes nothing,"
            " runs nothing",
        )
    zh = "、".join(_LAYERS[layer].zh for layer in missing)
    en = ", ".join(_LAYERS[layer].in_lang(Lang.EN) for layer in missing)
    return note(
        Subject.CHILD,
        Text(
            f"读取外来文件的子进程缺少：{zh}；内存和时间仍有限制。",
            f"what reads files of others is not held by: {en}; memory and time are bounded",
        ),
        Text(
            "在 Linux 5.13 以上的 x86-64 或 64 位 ARM 上运行，并启用 Landlock 与 seccomp。",
            "run on Linux 5.13 or later, x86-64 or 64-bit ARM, with Landlock and seccomp on",
        ),
    )


def calendar_check(last: date, at: datetime) -> Check:
    """Say whether the working days of this year and the next are known.

    Args:
        last: Last day that the calendar knows.
        at: Instant asked at. Next year's days are published in November as a rule, so from
            December on they must be there.

    """
    today = civil_date(at)
    if last.year > today.year:
        return well(
            Subject.CALENDAR,
            f"工作日历到 {last.year} 年。",
            f"working days are known to {last.year}",
        )
    says = Text(f"只到 {last.year} 年。", f"known to {last.year} only")
    if last.year == today.year and today.month < _DECEMBER:
        advice = Text(
            "国务院办公厅一般在 11 月公布下一年的安排，届时更新程序。",
            "next year's are published in November as a rule; update the program then",
        )
        return note(Subject.CALENDAR, says, advice)
    return todo(
        Subject.CALENDAR,
        says,
        Text(
            "更新程序或 chinesecalendar 包；在此之前，跨年的工作日期限按普通星期计算。",
            "update the program or the package chinesecalendar; until then working days beyond"
            " are counted as plain weeks",
        ),
    )


def law_check(version: str, month: str, at: datetime) -> Check:
    """Say how old the law data is.

    Args:
        version: Its version in words.
        month: Month that its facts are of, as `2026-09`.
        at: Instant asked at.

    """
    today = civil_date(at)
    year, number = (int(part) for part in month.split("-")[:2])
    age = (today.year - year) * 12 + today.month - number
    if age < 0:
        return todo(
            Subject.LAW,
            Text(
                f"是 {month} 的，本机时钟还没到那时。",
                f"of {month}, which the clock of this machine has not reached",
            ),
            Text("校准本机时钟。", "set the clock of this machine"),
        )
    says = Text(
        f"{version}，已有 {age} 个月。",
        f"{version}, {age} month{'' if age == 1 else 's'} old",
    )
    if age >= _MONTHS_OLD:
        return todo(Subject.LAW, says, Text("更新程序。", "update the program"))
    if age >= _MONTHS_NOTED:
        return note(
            Subject.LAW,
            says,
            Text("看看程序有没有新版本。", "see whether there is a newer version of the program"),
        )
    return well(Subject.LAW, says.zh, says.en or says.zh)
