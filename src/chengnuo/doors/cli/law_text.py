"""Entries of the law catalogue as text for a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from typing import cast

import msgspec

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.law.app_type import AppType
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.category import PICategory
from chengnuo.law.duty import AskedForm, Duty, SkippedArticle
from chengnuo.law.figure import Figure
from chengnuo.law.lookup import Entry
from chengnuo.law.term import Term
from chengnuo.law.wording import ASKED_FORMS, KINDS, PARTIES, TEST_KINDS, figure_in_words

_HEADS = {
    "summary": Text("摘要", "Summary (摘要)"),
    "binds": Text("义务主体", "Binds"),
    "consent": Text("同意形式", "Consent"),
    "conditions": Text("适用情形", "Applies"),
    "exceptions": Text("例外与说明", "Exceptions and notes"),
    "parts": Text("分项", "Parts"),
    "columns": Text("清单列", "Columns"),
    "figures": Text("期限与阈值", "Deadlines and thresholds"),
    "check": Text("如何核验", "How it is verified"),
    "proof": Text("留存证据", "Proof"),
    "related": Text("关联", "Related"),
    "carried": Text("产品承载", "Carried by"),
    "note": Text("注意", "Note"),
    "group": Text("分组", "Group"),
    "examples": Text("示例", "Examples"),
    "basis": Text("依据", "Basis"),
    "android": Text("安卓权限", "Android permissions"),
    "function": Text("基本功能", "Basic function"),
    "necessary": Text("必要个人信息", "Necessary personal information"),
    "clock": Text("起算", "Runs from"),
    "applies_to": Text("适用对象", "Applies to"),
    "source": Text("来源", "Source"),
    "identifiers": Text("标识符", "Identifiers"),
}

_NOTHING_NEEDED = Text("基本功能无须个人信息", "the basic function needs no personal information")
_REQUIRED = Text("必填", "required")
_OPTIONAL = Text("可选", "optional")


def row_as_text(entry: Entry, lang: Lang) -> str:
    """Return an entry as one line, without its id."""
    match entry:
        case Duty():
            return f"[{entry.standing.label.in_lang(lang)}] {entry.title.in_lang(lang)}"
        case Figure():
            label = entry.standing.label.in_lang(lang)
            words = figure_in_words(entry, lang)
            return f"[{label}] {entry.text.in_lang(lang)}{_colon(lang)}{words}"
        case PICategory():
            return f"{entry.text.in_lang(lang)} ({entry.treat_as.text.in_lang(lang)})"
        case AppType():
            return f"{entry.text.in_lang(lang)}{_colon(lang)}{entry.basic_function.in_lang(lang)}"
        case SkippedArticle():
            return entry.reason.in_lang(lang)
        case Term():
            return f"{entry.text.zh} · {entry.text.in_lang(Lang.EN)}"


def entry_as_text(entry: Entry, catalogue: Catalogue, lang: Lang) -> str:
    """Return an entry in full, one head a line, its lists below it."""
    return "\n".join(_lines(entry, catalogue, lang))


def entry_as_tree(entry: Entry, catalogue: Catalogue) -> dict[str, Tree]:
    """Return an entry as JSON: its fields, and the citation and label where it has them."""
    tree = cast("dict[str, Tree]", msgspec.to_builtins(entry))
    if isinstance(entry, Duty | Figure):
        label = entry.standing.label
        cited = catalogue.citation if isinstance(entry, Duty) else catalogue.figure_citation
        tree["standing"] = entry.standing.value
        tree["label"] = {"zh": label.zh, "en": label.en}
        tree["citation"] = {lang.value: cited(entry.id, lang) for lang in Lang}
    if isinstance(entry, Figure):
        tree["words"] = {lang.value: figure_in_words(entry, lang) for lang in Lang}
    return tree


def _lines(entry: Entry, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    match entry:
        case Duty():
            return _duty(entry, catalogue, lang)
        case Figure():
            return _figure(entry, catalogue, lang)
        case PICategory():
            return _category(entry, catalogue, lang)
        case AppType():
            return _app_type(entry, catalogue, lang)
        case SkippedArticle():
            return _skipped(entry, catalogue, lang)
        case Term():
            return _term(entry, lang)


def _duty(duty: Duty, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    instrument = catalogue.instruments[duty.instrument]
    yield f"{duty.id}  {duty.title.in_lang(lang)}"
    yield _joined(
        lang,
        duty.standing.label,
        KINDS[duty.kind],
        Text(catalogue.citation(duty.id, lang)),
        instrument.title,
        duty.confidence.text,
    )
    if duty.parent is not None:
        yield f"↑ {duty.parent}  {catalogue.duty(duty.parent).title.in_lang(lang)}"
    yield _line("summary", duty.summary, lang)
    if duty.binds:
        said = ("、" if lang is Lang.ZH else ", ").join(
            PARTIES[e].in_lang(lang) for e in duty.binds
        )
        yield _line("binds", Text(said), lang)
    if duty.consent is not AskedForm.NONE:
        yield _line("consent", ASKED_FORMS[duty.consent], lang)
    yield from _listed("conditions", [each.in_lang(lang) for each in duty.conditions], lang)
    yield from _listed("exceptions", [each.in_lang(lang) for each in duty.exceptions], lang)
    yield from _listed("parts", [_named(catalogue.duty(e), lang) for e in duty.parts], lang)
    columns = [
        f"{each.text.in_lang(lang)} "
        f"({(_REQUIRED if each.required else _OPTIONAL).in_lang(lang)}; {each.basis.in_lang(lang)})"
        for each in duty.columns
    ]
    yield from _listed("columns", columns, lang)
    figures = [f"{each}  {row_as_text(catalogue.figure(each), lang)}" for each in duty.figures]
    yield from _listed("figures", figures, lang)
    kind = TEST_KINDS[duty.check.kind].in_lang(lang)
    yield f"{_HEADS['check'].in_lang(lang)} ({kind}){_colon(lang)}{duty.check.text.in_lang(lang)}"
    yield from _listed("proof", [each.in_lang(lang) for each in duty.proof], lang)
    yield from _listed("related", [_named(catalogue.duty(e), lang) for e in duty.related], lang)
    carried = [_named(each, lang) for each in catalogue.carried_by(duty.id)]
    yield from _listed("carried", carried, lang)
    if duty.note is not None:
        yield _line("note", duty.note, lang)


def _figure(figure: Figure, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    instrument = catalogue.instruments[figure.instrument]
    yield f"{figure.id}  {figure.text.in_lang(lang)}"
    yield figure_in_words(figure, lang)
    yield _joined(
        lang,
        figure.standing.label,
        figure.force.text,
        Text(catalogue.figure_citation(figure.id, lang)),
        instrument.title,
        figure.status.text,
        figure.confidence.text,
    )
    yield _line("applies_to", figure.applies_to, lang)
    if figure.clock_start is not None:
        yield _line("clock", figure.clock_start, lang)
    if figure.note is not None:
        yield _line("note", figure.note, lang)


def _category(category: PICategory, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    yield f"{category.id}  {category.text.in_lang(lang)}"
    yield category.treat_as.text.in_lang(lang)
    yield _line("group", catalogue.groups[category.group].text, lang)
    if category.examples:
        yield _line("examples", Text("、".join(category.examples)), lang)
    if category.basis is not None:
        yield _line("basis", category.basis, lang)
    if category.android_permissions:
        yield _line("android", Text(", ".join(category.android_permissions)), lang)
    if category.note is not None:
        yield _line("note", category.note, lang)


def _app_type(app_type: AppType, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    yield f"{app_type.id}  {app_type.text.in_lang(lang)}"
    yield _line("function", app_type.basic_function, lang)
    if app_type.none_needed:
        yield _NOTHING_NEEDED.in_lang(lang)
    rows = []
    for row in app_type.necessary:
        when = f" ({row.when.in_lang(lang)})" if row.when is not None else ""
        names = ", ".join(catalogue.category(each).id for each in row.categories)
        rows.append(f"{row.text.in_lang(lang)}{when}  {names}")
    yield from _listed("necessary", rows, lang)


def _skipped(article: SkippedArticle, catalogue: Catalogue, lang: Lang) -> Iterator[str]:
    cited = catalogue.instruments[article.instrument].citation(article.article, None, lang)
    none = Text("不设处理者的义务", "lays no duty on a handler").in_lang(lang)
    yield f"{article.id}  {cited}"
    yield f"{none}{_colon(lang)}{article.reason.in_lang(lang)}"


def _term(term: Term, lang: Lang) -> Iterator[str]:
    yield f"{term.id}  {term.text.zh} · {term.text.in_lang(Lang.EN)}"
    yield _line("identifiers", Text(", ".join(term.identifiers)), lang)
    yield _line("source", term.source, lang)


def _named(duty: Duty, lang: Lang) -> str:
    return f"{duty.id}  {duty.title.in_lang(lang)}"


def _line(head: str, text: Text, lang: Lang) -> str:
    return f"{_HEADS[head].in_lang(lang)}{_colon(lang)}{text.in_lang(lang)}"


def _listed(head: str, items: Sequence[str], lang: Lang) -> Iterator[str]:
    if items:
        yield _HEADS[head].in_lang(lang)
        yield from (f"  · {item}" for item in items)


def _joined(lang: Lang, *texts: Text) -> str:
    return " · ".join(text.in_lang(lang) for text in texts)


def _colon(lang: Lang) -> str:
    return "：" if lang is Lang.ZH else ": "
