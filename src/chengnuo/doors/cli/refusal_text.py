"""Errors in words for the command line: Chinese first, every problem on a line of its own."""

from chengnuo.base.canonical import Tree
from chengnuo.base.errors import ChengnuoError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.register.problems import Problem, ProblemCode, RegisterRefusedError
from chengnuo.doors.error_texts import ERRORS

PROBLEMS: dict[ProblemCode, Text] = {
    ProblemCode.BROKEN_YAML: Text("YAML 无法读取", "the YAML cannot be read"),
    ProblemCode.NOT_UTF8: Text("文件不是 UTF-8 编码", "the file is not UTF-8"),
    ProblemCode.CONTROL_CHARACTER: Text("含有控制字符", "there is a control character"),
    ProblemCode.TOO_LARGE: Text("超出大小限制", "it is too large"),
    ProblemCode.TOO_DEEP: Text("嵌套过深", "it is nested too deeply"),
    ProblemCode.ALIAS: Text("使用了锚点或别名", "there is an anchor or alias"),
    ProblemCode.EMPTY_FILE: Text("文件为空", "the file is empty"),
    ProblemCode.NO_REGISTER: Text("没有找到登记簿文件", "no register file was found"),
    ProblemCode.UNREADABLE: Text("文件无法打开", "the file cannot be opened"),
    ProblemCode.UNKNOWN_KIND: Text("不认识的内容", "this is no kind of row"),
    ProblemCode.UNKNOWN_KEY: Text("不认识的键", "unknown key"),
    ProblemCode.MISSING_KEY: Text("缺少键", "missing key"),
    ProblemCode.DUPLICATE_KEY: Text("键重复", "duplicate key"),
    ProblemCode.WRONG_TYPE: Text("类型不对", "wrong type"),
    ProblemCode.WRONG_VALUE: Text("值不对", "wrong value"),
    ProblemCode.DUPLICATE_ID: Text("标识重复", "duplicate id"),
    ProblemCode.DANGLING_ID: Text("引用的标识不存在", "the id that is used is not there"),
    ProblemCode.EXPIRED_WAIVER: Text("豁免已过期", "the waiver has expired"),
}


def problem_as_text(problem: Problem, lang: Lang) -> str:
    """Return a problem as one line: place, field, what is wrong, the value, what was expected."""
    what = PROBLEMS[problem.code].in_lang(lang)
    where = f"{problem.where}: " if problem.where else ""
    expected = problem.expected.in_lang(lang)
    if lang is Lang.ZH:
        return f"{problem.place}: {where}{what} `{problem.given}`；应为{expected}"
    return f"{problem.place}: {where}{what} `{problem.given}`; expected {expected}"


def refusal_as_text(error: ChengnuoError, lang: Lang) -> str:
    """Return an error as it is printed: in Chinese what it means, then the detail on its own line.

    The detail is English, whatever the language: it names files, settings and values. What to do
    instead, where a command has noted it, stands on lines of its own.
    """
    if not isinstance(error, RegisterRefusedError):
        notes = "".join(f"\n  {note}" for note in getattr(error, "__notes__", ()))
        if lang is Lang.EN:
            return f"error [{error.code}]: {error}{notes}"
        meaning = ERRORS[error.code].in_lang(lang) if error.code in ERRORS else "操作没有完成。"
        return f"错误 [{error.code}]：{meaning}{notes}\n  详情：{error}"
    lines = [problem_as_text(problem, lang) for problem in error.problems]
    count = len(lines)
    if lang is Lang.ZH:
        lines.append(f"登记簿未通过读取：{count} 处问题。")
    else:
        lines.append(f"the register was refused: {count} problem{'s' if count > 1 else ''}")
    return "\n".join(lines)


def refusal_as_tree(error: ChengnuoError, lang: Lang) -> Tree:
    """Return an error as one JSON object."""
    tree: dict[str, Tree] = {"error": error.code, "message": str(error)}
    if notes := getattr(error, "__notes__", ()):
        tree["advice"] = list(notes)
    if isinstance(error, RegisterRefusedError):
        tree["problems"] = [
            {
                "code": problem.code.value,
                "file": problem.place.file,
                "line": problem.place.line,
                "where": problem.where,
                "given": problem.given,
                "expected": problem.expected.in_lang(lang),
            }
            for problem in error.problems
        ]
    return tree
