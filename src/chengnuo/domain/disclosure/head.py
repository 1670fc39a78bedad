"""The head of a document in words: who, which app, from when, derived from which register."""

from datetime import date

from chengnuo.base.digest import short
from chengnuo.base.text import Text
from chengnuo.domain.disclosure.document import Facts

CONTENTS = Text("目录", "Contents")
NOTHING = Text("—", "—")
_VERSION = Text("登记簿版本", "Register version")
SENSITIVE_MARK = Text(
    "加粗并带下划线的为敏感个人信息。",
    "What is bold and underlined is sensitive personal information.",
)

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(day: date) -> Text:
    """Return a civil day as people write it.

    >>> day_in_words(date(2026, 10, 8))
    Text(zh='2026年10月8日', en='8 October 2026')

    """
    return Text(
        f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    )


def facts_in_words(facts: Facts) -> tuple[tuple[Text, Text], ...]:
    """Return the facts as labels and values, in the order in which they stand."""
    version = short(facts.register)
    if facts.letter:
        return (
            (Text("个人信息处理者", "Personal information handler"), facts.handler),
            (Text("编号", "Number"), Text(facts.letter, facts.letter)),
            (Text("日期", "Date"), day_in_words(facts.updated)),
            *(((_VERSION, Text(version, version)),) if facts.register else ()),
        )
    return (
        (Text("应用", "App"), facts.app),
        (Text("个人信息处理者", "Personal information handler"), facts.handler),
        (Text("更新日期", "Updated on"), day_in_words(facts.updated)),
        (Text("生效日期", "In effect from"), day_in_words(facts.effective)),
        (_VERSION, Text(version, version)),
    )
