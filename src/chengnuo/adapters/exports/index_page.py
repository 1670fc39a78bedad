"""The first page of a copy: what is in it, what every column is for, and what is not in it.

Chinese first, English below it, on one page; no script, nothing from elsewhere, fit to be printed.
"""

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from chengnuo.adapters.exports.page_parts import TAG, frame, said, table
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.saying import both
from chengnuo.domain.rights.explaining import NOT_DECLARED
from chengnuo.domain.rights.export_contents import ExportIndex, TableIndexed

_TITLE = Text("您的个人信息副本", "A copy of your personal information")
_ABOUT = Text(
    "本文件依照《个人信息保护法》第四十五条提供，列出我们在各存储位置中找到的、与您有关的个人信息，"
    "以及每一项的处理目的、来源、接收方和保存期限。它是处理者按登记簿和查找结果给出的说明，"
    "不构成法律意见。",
    "This file is given under Article 45 of the Personal Information Protection Law. It lists the"
    " personal information about you that we found in our stores, and for each piece its purposes,"
    " sources, recipients and retention. It is what the handler says from its register and its"
    " search; it is not legal advice.",
)
_MASKED = Text(
    "敏感个人信息已遮盖；再次确认身份后可以取得未遮盖的副本。",
    "Sensitive personal information is masked; prove once more who you are to get it unmasked.",
)
_KEEP_SAFE = Text(
    "文件含有您的个人信息，请妥善保管，不要转发给他人。",
    "The file holds your personal information: keep it safe and do not pass it on.",
)
_FACTS = (
    Text("处理者", "Handler"),
    Text("联系方式", "Contact"),
    Text("请求编号", "Request"),
    Text("生成时间（协调世界时）", "Made at (UTC)"),
    Text("登记簿版本", "Register version"),
    Text("法规目录版本", "Law catalogue"),
    Text("本卷", "This part"),
)
_PART = Text("第 {number} 卷，共 {of} 卷", "part {number} of {of}")
_PARTS = Text("全部各卷", "All parts")
_TABLES = Text("本卷中的数据", "What this part holds")
_COUNTS = Text(
    "共 {rows} 行；其中 {withheld} 个值属于他人，未提供。存放位置：{store}，{place}。",
    "{rows} rows in all; {withheld} values are somebody else's and not given. Kept in {store}:"
    " {place}.",
)
_FILES = Text("文件：", "Files: ")
_NONE_HERE = Text("（在其他卷中）", "(in other parts)")
_NO_ROWS = Text("没有找到与您有关的行。", "No row about you was found.")
_COLUMNS = (
    Text("信息", "Information"),
    Text("列", "Column"),
    Text("目的", "Purpose"),
    Text("合法性基础", "Legal basis"),
    Text("来源", "Source"),
    Text("接收方", "Recipients"),
    Text("保存期限", "Retention"),
    Text("注销或者删除后依法保留", "Kept by law after deletion"),
)
_SENSITIVE = Text("（敏感）", " (sensitive)")
_NOBODY = Text("不提供给他人", "nobody else")
_NOT_KEPT = Text("否", "no")
_NOT_PERSONAL = Text("不含个人信息", "holds nothing personal")
_LEFT_OUT = Text("不在副本中的内容及理由", "What is not in the copy, and why")
_LEFT_COLUMNS = (Text("内容", "What"), Text("理由", "Why"), Text("数量", "How many"))
_UNKNOWN = Text("未知", "not known")
_NOTHING_LEFT_OUT = Text("没有。", "Nothing.")


def index_page(
    index: ExportIndex, number: int, names: Sequence[str], files: Mapping[int, Sequence[str]]
) -> Iterator[bytes]:
    """Yield the page.

    Args:
        index: What it says.
        number: Number of this part.
        names: Names of all parts.
        files: Files of this part by the number of their table in the index.

    """

    def body() -> Iterator[str]:
        for lang in Lang:
            yield f'<article class="doc" lang="{TAG[lang]}">\n'
            yield from _article(index, lang, number, names, files)
            yield "</article>\n"

    title = f"{_TITLE.zh} · {both(index.handler).zh}"
    for piece in frame(title, Lang.ZH, "", body()):
        yield piece.encode("utf-8", "replace")


def _article(
    index: ExportIndex,
    lang: Lang,
    number: int,
    names: Sequence[str],
    files: Mapping[int, Sequence[str]],
) -> Iterator[str]:
    level = 1 if lang is Lang.ZH else 2
    yield f"<h{level}>{_TITLE.in_lang(lang)}</h{level}>\n"
    yield f"<p>{_ABOUT.in_lang(lang)}</p>\n<p>{_KEEP_SAFE.in_lang(lang)}</p>\n"
    if index.masked:
        yield f"<p><strong>{_MASKED.in_lang(lang)}</strong></p>\n"
    yield '<dl class="doc-facts">\n'
    for label, value in zip(_FACTS, _facts(index, lang, number, len(names)), strict=True):
        yield f"<div><dt>{label.in_lang(lang)}</dt><dd>{escape(value)}</dd></div>\n"
    yield "</dl>\n"
    below = level + 1
    yield f"<h{below}>{_PARTS.in_lang(lang)}</h{below}>\n<ol>\n"
    yield from (f"<li>{escape(name)}</li>\n" for name in names)
    yield f"</ol>\n<h{below}>{_TABLES.in_lang(lang)}</h{below}>\n"
    for at, one in enumerate(index.tables):
        yield from _table(one, lang, below + 1, files.get(at, ()))
    yield f"<h{below}>{_LEFT_OUT.in_lang(lang)}</h{below}>\n"
    if not index.not_included:
        yield f"<p>{_NOTHING_LEFT_OUT.in_lang(lang)}</p>\n"
        return
    rows = (
        (
            both(one.what).in_lang(lang),
            both(one.why).in_lang(lang),
            _UNKNOWN.in_lang(lang) if one.count is None else str(one.count),
        )
        for one in index.not_included
    )
    heads = (head.in_lang(lang) for head in _LEFT_COLUMNS)
    yield from table(_LEFT_OUT.in_lang(lang), heads, rows)


def _facts(index: ExportIndex, lang: Lang, number: int, of: int) -> tuple[str, ...]:
    return (
        both(index.handler).in_lang(lang),
        said(index.contacts, lang, NOT_DECLARED),
        index.export,
        index.at.strftime("%Y-%m-%d %H:%M:%S"),
        index.register,
        index.law,
        _PART.in_lang(lang).format(number=number, of=of),
    )


def _table(one: TableIndexed, lang: Lang, level: int, files: Sequence[str]) -> Iterator[str]:
    explained = one.explained
    title = f"{both(explained.holds).in_lang(lang)} ({explained.table})"
    yield f"<section>\n<h{level}>{escape(title)}</h{level}>\n"
    counts = _COUNTS.in_lang(lang).format(
        rows=one.rows,
        withheld=one.withheld,
        store=both(explained.store_name).in_lang(lang),
        place=both(explained.place).in_lang(lang),
    )
    yield f"<p>{escape(counts)}</p>\n"
    if explained.shared is not None:
        yield f"<p>{escape(both(explained.shared).in_lang(lang))}</p>\n"
    if not one.rows:
        yield f"<p>{_NO_ROWS.in_lang(lang)}</p>\n"
    else:
        links = (f'<li><a href="{escape(file)}">{escape(file)}</a></li>' for file in files)
        listed = "".join(links) or f"<li>{_NONE_HERE.in_lang(lang)}</li>"
        yield f"<p>{_FILES.in_lang(lang)}</p>\n<ul>{listed}</ul>\n"
    heads = (head.in_lang(lang) for head in _COLUMNS)
    yield from table(title, heads, (_cells(one, at, lang) for at in range(len(explained.columns))))
    yield "</section>\n"


def _cells(one: TableIndexed, at: int, lang: Lang) -> tuple[str, ...]:
    column = one.explained.columns[at]
    if column.category is None:
        return (_NOT_PERSONAL.in_lang(lang), column.column, *[""] * 6)
    mark = _SENSITIVE.in_lang(lang) if column.sensitive else ""
    return (
        f"{column.name.in_lang(lang)}{mark}",
        column.column,
        said(column.purposes, lang, NOT_DECLARED),
        said(column.bases, lang, NOT_DECLARED),
        said(column.sources, lang, NOT_DECLARED),
        said(column.recipients, lang, _NOBODY if column.uses else NOT_DECLARED),
        said(column.periods, lang, NOT_DECLARED),
        _NOT_KEPT.in_lang(lang) if column.kept is None else both(column.kept).in_lang(lang),
    )
