"""Words that several evidence commands say: kinds, instants, keys, what an opening did."""

from datetime import datetime, timedelta, timezone

import click

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.log_keys import LogKeys
from chengnuo.domain.evidence.receipt_words import KIND_WORDS
from chengnuo.ports.log_status import LogStatus

_BEIJING = timezone(timedelta(hours=8), "UTC+08:00")
KEEPS = Text(
    "注意：上层密钥由环境变量中的主密钥封装。主密钥不变，删除之前的旧备份就仍能打开已删除的内容；"
    "要避免这一点，请改用 [evidence] 的 master_key_file，文件放在数据目录之外，且不进备份。",
    "note: the key above the keys of individuals is wrapped under the master key of the"
    " environment. While that stays the same, a backup from before a deletion still opens what was"
    " deleted; a master_key_file in [evidence], outside the data folder and its backups, does not",
)
"""Said where a destroyed epoch key is not gone for one with an old copy of its place."""


def kind_words(kind: str, lang: Lang) -> str:
    """Return what a kind is called; an unknown one keeps its own name."""
    known = {one.value: text for one, text in KIND_WORDS.items()}
    return known[kind].in_lang(lang) if kind in known else kind


def clock(at: datetime) -> str:
    """Return an instant as people in mainland China read a clock, to the second."""
    return at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M:%S UTC+08:00")


def clock_us(us: int) -> str:
    """Return microseconds since 1970 likewise."""
    return clock(from_us(us))


def count_of(number: int, one: str, many: str = "") -> str:
    """Return a number with its English noun.

    >>> count_of(1, "record"), count_of(2, "batch", "batches")
    ('1 record', '2 batches')

    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def key_lines(keys: LogKeys, lang: Lang) -> list[str]:
    """Return a line for each public key in force."""
    word = Text("公钥（vkey）：", "public key (vkey): ").in_lang(lang)
    return [f"{word}{key.vkey}" for key in keys.in_force]


def say_recovered(status: LogStatus, lang: Lang) -> None:
    """Say on stderr what the opening set aside at the end of the log, if anything."""
    if not status.recovered:
        return
    said = Text(
        f"打开时发现末尾有未写完的内容，已另存：{status.recovered}。已确认的记录没有丢失。",
        f"opening found an unfinished end and set it aside: {status.recovered};"
        " nothing that was acknowledged is lost",
    )
    click.echo(said.in_lang(lang), err=True)
