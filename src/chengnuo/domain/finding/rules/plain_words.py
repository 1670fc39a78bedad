"""Rules about plain words: purposes that are definite, lists without umbrella words."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from chengnuo.base.text import Text
from chengnuo.domain.finding.facts import Facts
from chengnuo.domain.finding.finding import Severity
from chengnuo.domain.finding.rule import Hit, Rule, duties, hit
from chengnuo.domain.finding.wording import is_vague_purpose, umbrella_word
from chengnuo.domain.register.draft import left_to_complete
from chengnuo.domain.register.kinds import rows
from chengnuo.domain.register.shapes import Field, fields_of, shape_of

_TOO_SHORT = 4
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_NAMES_NOBODY = (
    "合作伙伴",
    "合作方",
    "第三方",
    "关联公司",
    "关联方",
    "服务商",
    "供应商",
    "其他公司",
    "有关机构",
)


def _umbrella_in_items(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for index, item in enumerate(activity.items):
            word = umbrella_word(item.detail.zh) if item.detail else None
            if word is not None:
                where = f"items[{index}].detail"
                yield hit(activity, where, item.detail, key=item.category, word=word)


def _umbrella_in_purpose(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        for where, text in (("purpose", activity.purpose), ("scene", activity.scene)):
            word = umbrella_word(text.zh)
            if word is not None:
                yield hit(activity, where, text, word=word)
    for recipient in facts.register.recipients:
        word = umbrella_word(recipient.purpose.zh)
        if word is not None:
            yield hit(recipient, "purpose", recipient.purpose, word=word)


def _vague_purpose(facts: Facts) -> Iterator[Hit]:
    for activity in facts.register.activities:
        if is_vague_purpose(activity.purpose.zh):
            yield hit(activity, "purpose", activity.purpose)
    for recipient in facts.register.recipients:
        if is_vague_purpose(recipient.purpose.zh):
            yield hit(recipient, "purpose", recipient.purpose)


def _nobody_named(facts: Facts) -> Iterator[Hit]:
    for recipient in facts.register.recipients:
        company = recipient.company.zh
        if len(company) < _TOO_SHORT or company.startswith(_NAMES_NOBODY):
            yield hit(recipient, "company", company)


@cache
def _text_fields(model: type) -> tuple[tuple[Field, bool, bool], ...]:
    """The fields that may hold texts: with each, whether it is a list, and whether of rows."""
    found = []
    for field in fields_of(model):
        shape = shape_of(field.hint)
        member = shape_of(shape.member) if shape.is_list else shape
        if member.bare is Text or (member.is_row and dataclasses.is_dataclass(member.bare)):
            found.append((field, shape.is_list, member.bare is not Text))
    return tuple(found)


def _only_chinese(row: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401 (any model type)
    for field, is_list, is_row in _text_fields(row.__class__):
        value = getattr(row, field.name)
        members = enumerate(value) if is_list else ((None, value),)
        for index, member in members:
            if member is None:
                continue
            path = f"{where}{field.key}" + ("" if index is None else f"[{index}]")
            if is_row:
                yield from _only_chinese(member, f"{path}.")
            elif member.en is None and _CHINESE.search(member.zh):
                yield path


def _english_missing(facts: Facts) -> Iterator[Hit]:
    for row in rows(facts.register).values():
        missing = list(_only_chinese(row))
        if missing:
            yield hit(row, missing[0], count=len(missing))


def _left_to_complete(facts: Facts) -> Iterator[Hit]:
    of_register = rows(facts.register)
    for row, field, what in left_to_complete(facts.register):
        yield hit(of_register[row], field, what.zh, key=field)


RULES: tuple[Rule, ...] = (
    Rule(
        id="draft-text-left",
        duties=duties("PIPL-7", "PIPL-17", "duty-5"),
        severity=Severity.HIGH,
        title=Text("草稿文字未补全", "Draft text left"),
        message=Text(
            "{row} 仍是草稿：“{value}”待补。公开的规则必须真实、准确、完整。",
            "{row} is still a draft: {value} has to be written. What is published must be true, "
            "accurate and complete.",
        ),
        fix=Text(
            "写上真实内容，去掉“待补：”。", "Write what is true, without the mark of a draft."
        ),
        check=_left_to_complete,
    ),
    Rule(
        id="umbrella-word-in-item",
        duties=duties("191-2.1", "action524-2.1", "NDSR-21"),
        severity=Severity.MEDIUM,
        title=Text("用“等”一类的话概括字段", "Umbrella word in a list of fields"),
        message=Text(
            "{row} 的字段写作“{value}”，其中“{word}”没有说清是什么；应逐项列明。",
            "{row} describes its fields as {value}; `{word}` does not say which. They are to be "
            "listed one by one.",
        ),
        fix=Text(
            "删去概括的话，把每个字段写出来；写不完就拆成几项。",
            "Leave the umbrella word out and name every field.",
        ),
        check=_umbrella_in_items,
    ),
    Rule(
        id="umbrella-word-in-purpose",
        duties=duties("191-2.1", "PIPL-6", "PIPL-17"),
        severity=Severity.MEDIUM,
        title=Text("目的或场景里有概括的话", "Umbrella word in a purpose or scene"),
        message=Text(
            "{row} 写作“{value}”，其中“{word}”使目的不明确。",
            "{row} says {value}; `{word}` leaves the purpose open.",
        ),
        fix=Text(
            "只写一个明确的目的；还有别的目的就另立一项。",
            "Name one definite purpose; give another purpose a row of its own.",
        ),
        check=_umbrella_in_purpose,
    ),
    Rule(
        id="vague-purpose",
        duties=duties("PIPL-6", "PIPL-17", "191-2.3"),
        severity=Severity.HIGH,
        title=Text("目的空泛", "Vague purpose"),
        message=Text(
            "{row} 的目的只写了“{value}”，看不出要做什么。",
            "The purpose of {row} is only {value}; it does not say what is done.",
        ),
        fix=Text(
            "写明用这些信息具体做什么，让普通人一看就懂。",
            "Say what is really done with the information, so that anyone understands.",
        ),
        check=_vague_purpose,
    ),
    Rule(
        id="recipient-names-nobody",
        duties=duties("PIPL-23", "191-2.1", "action524-2.2"),
        severity=Severity.HIGH,
        title=Text("接收方没有写明是谁", "Recipient names nobody"),
        message=Text(
            "{row} 的主体写作“{value}”，没有说明是哪一家。",
            "{row} names {value} as the company, which says nobody in particular.",
        ),
        fix=Text("写法人全称，一家一行。", "Write the full name of the entity, one row each."),
        check=_nobody_named,
    ),
    Rule(
        id="english-missing",
        duties=duties("duty-5"),
        severity=Severity.NOTE,
        title=Text("缺英文文本", "English text missing"),
        message=Text(
            "{row} 有 {count} 处只有中文，英文页面会显示中文。",
            "{row} has {count} texts in Chinese only; English pages will show Chinese.",
        ),
        fix=Text(
            "需要英文页面时，写成 `{{zh: …, en: …}}`。",
            "Where English pages are wanted, write `{{zh: …, en: …}}`.",
        ),
        check=_english_missing,
    ),
)
