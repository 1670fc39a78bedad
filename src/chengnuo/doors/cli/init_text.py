"""What `chengnuo init` prints: what was written, how it stands, and what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chengnuo.base.canonical import Tree
from chengnuo.base.columns import plain
from chengnuo.base.text import Lang, Text
from chengnuo.domain.finding.finding import Severity
from chengnuo.usecases.starting import Overview

_MOST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What came of it.

    Attributes:
        folder: The folder that was begun in.
        written: How many files of the register were written; 0 where it was there already.
        beside: Names of the files written beside it.
        overview: How the register stands.

    """

    folder: Path
    written: int
    beside: Sequence[str]
    overview: Overview


def as_lines(begun: Begun, lang: Lang) -> Iterator[str]:
    """Yield the lines for people."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).in_lang(lang)

    place = plain(str(begun.folder))
    if begun.written:
        yield say(
            f"已写入登记簿 {begun.written} 个文件：{place}/register",
            f"{begun.written} files of a register written in {place}/register",
        )
    else:
        yield say(
            f"{place}/register 已有登记簿，没有改动。",
            f"there is a register in {place}/register already; nothing was changed.",
        )
    if begun.beside:
        yield say(f"另写入：{'、'.join(begun.beside)}", f"and {', '.join(begun.beside)}")
    questions, report = begun.overview.questions, begun.overview.report
    counts = report.counts()
    found = [f"{one.text.in_lang(lang)} {counts[one]}" for one in Severity if counts[one]]
    if found:
        yield say(f"检查：{'，'.join(found)}", f"check: {', '.join(found)}")
    left = len(questions.open)
    yield say(
        f"要由人决定的 {len(questions.every)} 项，已定 {questions.decided} 项。",
        f"{questions.decided} of {len(questions.every)} decisions made.",
    )
    for risk, number in questions.counts().items():
        if number:
            yield f"{number:>5}  {risk.text.in_lang(lang)}"
    for one in questions.open[:_MOST]:
        yield f"       - {one.topic.asked.in_lang(lang)} {one.row}"
    if left > _MOST:
        yield say(f"       - 还有 {left - _MOST} 项", f"       - and {left - _MOST} more")


def next_lines(folder: Path, lang: Lang) -> Iterator[str]:
    """Yield what to run next where nothing is served now."""
    place = plain(str(folder))
    yield Text("接下来：", "Next:").in_lang(lang)
    if place != ".":
        yield f"  cd {place}"
    yield "  chengnuo serve --settings chengnuo.toml"
    yield Text(
        "  打开 /console/decide，从最要紧的开始决定",
        "  open /console/decide and decide, the gravest first",
    ).in_lang(lang)
    yield "  chengnuo register publish --register register public"


def as_tree(begun: Begun) -> Tree:
    """Return it as one JSON object."""
    questions = begun.overview.questions
    return {
        "folder": str(begun.folder),
        "written": begun.written,
        "beside": list(begun.beside),
        "findings": {one.value: n for one, n in begun.overview.report.counts().items()},
        "decisions": {
            "every": len(questions.every),
            "decided": questions.decided,
            "open": [
                {
                    "row": str(one.row),
                    "question": one.topic.id,
                    "risk": one.risk.value,
                    "field": one.field,
                    "findings": [each.id for each in one.findings],
                }
                for one in questions.open
            ],
        },
    }
