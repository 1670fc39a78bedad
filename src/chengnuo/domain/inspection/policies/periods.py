"""Lengths of time as policies write them: 3 年, 六个月, 30 days, 15 个工作日."""

import re
from collections.abc import Iterator

from chengnuo.domain.register.retention import RetentionEnd, RetentionStart

_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"两": 2}
_ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_LARGE = {"thirty": 30, "sixty": 60, "ninety": 90}
_IN_ENGLISH = "|".join((*_ENGLISH, *_LARGE))
_COUNT = rf"((?<!\d)\d{{1,5}}|[零一二两三四五六七八九十百]{{1,5}}|\b(?:{_IN_ENGLISH})\b)"
_UNIT = re.compile(
    rf"{_COUNT}\s*+(?:[（(]\s*+\d{{1,4}}\s*+[）)])?\s*+(?:个)?\s*+"
    r"(周?年(?![内度中末初\d])|年内|月|周(?!岁)|星期|天|日(?!期|常)|小时|分钟"
    r"|(?:calendar )?(?:years?|months?|weeks?|days?|hours?|minutes?)\b)",
    re.IGNORECASE,
)
_WORKING = re.compile(
    rf"{_COUNT}\s*+(?:[（(]\s*+\d{{1,3}}\s*+[）)])?\s*+(?:个)?\s*+"
    r"(?:工作日|(?:working|business) days?)",
    re.IGNORECASE,
)
_LETTERS = {
    "年": "Y",
    "月": "M",
    "周": "W",
    "星": "W",
    "天": "D",
    "日": "D",
    "小": "TH",
    "分": "TM",
}
_LATIN = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "TH", "minute": "TM"}
_STARTS: tuple[tuple[RetentionStart, re.Pattern[str]], ...] = (
    (
        RetentionStart.ACCOUNT_CANCELLED,
        re.compile(r"注销|cancel|delet\w+ (?:of )?(?:your|the) account"),
    ),
    (RetentionStart.CONSENT_WITHDRAWN, re.compile(r"撤回|withdraw")),
    (RetentionStart.TRANSACTION_DONE, re.compile(r"交易(?:完成|结束)|订单完成|transaction")),
    (RetentionStart.PURPOSE_ACHIEVED, re.compile(r"目的|purpose is")),
    (RetentionStart.LAST_USED, re.compile(r"最后一次|last use")),
    (RetentionStart.COLLECTED, re.compile(r"收集|采集|产生|collect")),
)
_ANONYMISED = re.compile(r"匿名|anonymi")


def number_in(words: str) -> int:
    """Return a number in figures or words.

    >>> [number_in(one) for one in ("15", "十五", "三十", "一百二十", "six")]
    [15, 15, 30, 120, 6]

    """
    if words.isascii():
        plain = words.lower()
        if plain.isdigit():
            return int(plain)
        return _LARGE.get(plain) or _ENGLISH.index(plain)
    total, digit = 0, 0
    for sign in words:
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def periods_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names a length of time, with that length as an ISO 8601 duration."""
    for found in _UNIT.finditer(text):
        count, unit = number_in(found.group(1)), found.group(2).lower()
        if unit[0].isascii():
            letter = _LATIN[unit.removeprefix("calendar ").removesuffix("s")]
        else:
            letter = _LETTERS[unit.removeprefix("周")[:1] or "周"]
        if count:
            time, letter = ("T", letter[1:]) if letter[0] == "T" else ("", letter)
            yield found.start(), found.end(), f"P{time}{count}{letter}"


def working_days_in(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where a text names working days, with how many."""
    for found in _WORKING.finditer(text):
        yield found.start(), found.end(), number_in(found.group(1))


def start_of(text: str) -> RetentionStart | None:
    """Return the event from which a period runs, where a text names one."""
    return next((start for start, words in _STARTS if words.search(text)), None)


def end_of(text: str) -> RetentionEnd:
    """Return what happens at the end of a period."""
    return RetentionEnd.ANONYMISE if _ANONYMISED.search(text) else RetentionEnd.DELETE
