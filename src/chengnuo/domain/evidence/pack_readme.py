"""The head of an evidence file: what is in it, how to verify it, what the log cannot show.

Written for somebody who has never heard of us: a court, an auditor, the individual.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.proof import Erased
from chengnuo.domain.evidence.receipt_words import KIND_WORDS, NOT_SHOWN, instant_text

MOST_LISTED = 500
"""Records listed in words; the proof holds all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """What the head of an evidence file says.

    Attributes:
        subject: What the file is about, in words.
        personal: Whether it is about one individual's chain.
        origin: Name of the log.
        size: Records under the checkpoint.
        as_of: Instant of the last of them, microseconds since 1970.
        start: First instant of the period.
        end: Last instant of the period.
        proved: Records that the proof shows, whatever their instant.
        listed: Position and leaf of each record of the period, newest first.
        shown: How many payloads of these are disclosed.
        receipts: How many receipts there are.
        notices: How many notices there are.
        registers: Versions of which the public part is there.
        missing: Versions that records name and the archive does not hold.
        erased: Payloads that were erased.
        partial: Whether the individual has records that cannot be found from this chain.
        elsewhere: Kinds that also bear on the subject and stand in the chains of individuals.

    """

    subject: Text
    personal: bool
    origin: str
    size: int
    as_of: int
    start: int
    end: int
    proved: int
    listed: Sequence[tuple[int, Leaf]]
    shown: int
    receipts: int
    notices: int = 0
    registers: Sequence[str] = ()
    missing: Sequence[str] = ()
    erased: Sequence[Erased]
    partial: bool = False
    elsewhere: Sequence[Kind] = ()


_NOTHING = Text("", "")
_BEYOND = (
    Text(
        "检查点之后的事；本文件只说到检查点为止。",
        "What came after the checkpoint; this file speaks up to it only.",
    ),
    Text(
        "密钥已销毁的内容：记录仍在、仍可证明，内容无人能够恢复。",
        "The content of payloads whose key is destroyed: the records stand and are proved, their"
        " content nobody can bring back.",
    ),
)
_BATCHES = Text(
    "批次记录只说明人数和根哈希，不说明有哪些人。",
    "Records of batches say how many individuals and a root hash, not who.",
)
_PARTIAL = Text(
    "是否还有别的记录：不能证明完整。此人更早的一条链的密钥，或者曾与此账户合并的另一账户的密钥，"
    "已依法销毁，那些记录无人能再找到。",
    "Whether there are other records: completeness is not proved. The key of an earlier chain of"
    " the individual was destroyed, or that of an account merged with this one, so that nobody"
    " finds all of those records.",
)


_TITLE = Text("# 证据文件：{subject}", "# Evidence file: {subject}")
_PERIOD = (
    Text("期间：{start} 至 {end}（协调世界时）。", "Period: {start} to {end} (UTC)."),
    Text(
        "日志 `{origin}`，检查点共 {size} 条，最后一条的时间是 {as_of}。",
        "Log `{origin}`, a checkpoint of {size} records, the last of them at {as_of}.",
    ),
)
_CONTENTS = Text("## 内容", "## What is in it")
_COMPLETE = Text(
    "- `proof.json`：完整性证明，关于此人的全部 {proved} 条记录，一条不少；其中期间内 {listed} 条，"
    "公开内容 {shown} 条。",
    "- `proof.json`: proof of completeness, all {proved} records about the individual, none left"
    " out; {listed} of them in the period, {shown} with their content.",
)
_INCLUDED = Text(
    "- `proof.json`：包含证明，期间内 {listed} 条记录确在日志之中，公开内容 {shown} 条。",
    "- `proof.json`: proof of inclusion, {listed} records of the period are in the log, {shown}"
    " with their content.",
)
_RECEIPTS = Text(
    "- `receipts/`（{receipts}）：凭证，每份可以单独核验。",
    "- `receipts/` ({receipts}): receipts, each of which verifies by itself.",
)
_NOTICES = Text(
    "- `notices/`（{notices}）：当时的告知文本，文件名就是其 SHA-256；`.txt` 供阅读。",
    "- `notices/` ({notices}): notices as they were, named by their SHA-256; the `.txt` is for"
    " reading.",
)
_REGISTERS = Text(
    "- `notices/registers/`（{registers}）：登记簿版本的公开部分，文件名是版本号。",
    "- `notices/registers/` ({registers}): the public part of register versions, named by version.",
)
_MANIFEST = Text(
    "- `manifest.json`：每个文件的 SHA-256。", "- `manifest.json`: the SHA-256 of every file."
)
_MISSING = Text(
    "- 存档中没有登记簿版本 `{version}`。",
    "- Register version `{version}` is not in the archive.",
)
_ELSEWHERE = Text(
    "- 另有记录在各人的链中（{kinds}），须逐人索取，本文件不含。",
    "- Not in this file: records in the chains of individuals ({kinds}), to be asked for person by"
    " person.",
)
_VERIFY = Text("## 如何核验", "## How to verify it")
_COMMAND = "```sh\nchengnuo-verify FILE.zip --key VKEY\n```"
_ABOUT_COMMAND = Text(
    "程序单独发布，不联网，不需要任何密钥。VKEY 是处理者公布的日志公钥；不给公钥时，只能说明文件"
    "前后一致，不能说明它出自哪一本日志。退出状态 0 表示成立，1 表示拒绝。",
    "The program is published by itself; it needs no network and no secret. VKEY is the log's"
    " public key as the handler has published it; without it the file is only shown to agree with"
    " itself, not whose log it comes from. Exit status 0 means proved, 1 refused.",
)
_RECORDS = Text("## 期间内的记录", "## Records of the period")
_COLUMNS = Text("|序号|时间|种类|所涉条目|", "|Index|When|Kind|Rows|")
_MORE = Text("另有 {more} 条见 `proof.json`。", "{more} more are in `proof.json`.")
_ERASED = Text("## 已删除的内容", "## Erased content")
_ERASURE = Text(
    "- 第 {first} 至 {last} 号记录之间属于此人的内容，于 {on} 依 {under} 删除；记录和证明仍在。",
    "- The content of this individual's records from {first} to {last} was erased on {on} under"
    " {under}; the records and proofs remain.",
)
_CANNOT = Text("## 日志不能说明的事", "## What the log cannot show")


def readme(facts: PackFacts, lang: Lang) -> str:
    """Return the head of an evidence file in one language, as Markdown."""
    values: dict[str, str | int] = {
        "subject": facts.subject.in_lang(lang),
        "origin": facts.origin,
        "size": facts.size,
        "as_of": instant_text(facts.as_of),
        "start": instant_text(facts.start),
        "end": instant_text(facts.end),
        "proved": facts.proved,
        "listed": len(facts.listed),
        "shown": facts.shown,
        "receipts": facts.receipts,
        "notices": facts.notices,
        "registers": len(facts.registers),
        "kinds": _kinds(facts.elsewhere, lang),
    }
    proof = _COMPLETE if facts.personal and not facts.partial else _INCLUDED
    counted = (
        (_RECEIPTS, facts.receipts),
        (_NOTICES, facts.notices),
        (_REGISTERS, len(facts.registers)),
    )
    files = [text for text, count in counted if count]
    said = [_TITLE, _NOTHING, *_PERIOD, _NOTHING, _CONTENTS, _NOTHING, proof, *files, _MANIFEST]
    lines = [text.in_lang(lang).format(**values) for text in said]
    lines += [_MISSING.in_lang(lang).format(version=version) for version in facts.missing]
    if facts.elsewhere:
        lines.append(_ELSEWHERE.in_lang(lang).format(**values))
    lines += ["", _VERIFY.in_lang(lang), "", _COMMAND, "", _ABOUT_COMMAND.in_lang(lang), ""]
    lines += _listing(facts, lang)
    lines += _erasures(facts, lang)
    lines += [_CANNOT.in_lang(lang), ""]
    about = (_BATCHES,) if not facts.personal else (_PARTIAL,) if facts.partial else ()
    cannot = (*about, *NOT_SHOWN, *_BEYOND) if facts.partial else (*NOT_SHOWN, *_BEYOND, *about)
    lines += [f"- {text.in_lang(lang)}" for text in cannot]
    return "\n".join([*lines, ""])


def _kinds(kinds: Sequence[Kind], lang: Lang) -> str:
    between = Text("、", ", ").in_lang(lang)
    return between.join(KIND_WORDS[kind].in_lang(lang) for kind in kinds)


def _listing(facts: PackFacts, lang: Lang) -> list[str]:
    lines = [_RECORDS.in_lang(lang), "", _COLUMNS.in_lang(lang), "|---|---|---|---|"]
    for position, leaf in facts.listed[:MOST_LISTED]:
        rows = " · ".join(filter(None, (leaf.item or leaf.activity, leaf.recipient)))
        kind = KIND_WORDS[Kind(leaf.kind)].in_lang(lang)
        lines.append(f"|{position}|{instant_text(leaf.at)}|{kind}|{rows.replace('|', ' ')}|")
    more = len(facts.listed) - MOST_LISTED
    if more > 0:
        lines += ["", _MORE.in_lang(lang).format(more=more)]
    return [*lines, ""]


def _erasures(facts: PackFacts, lang: Lang) -> list[str]:
    if not facts.erased:
        return []
    lines = [_ERASED.in_lang(lang), ""]
    for one in facts.erased:
        on, words = instant_text(one.on), _ERASURE.in_lang(lang)
        lines.append(words.format(first=one.first, last=one.last, on=on, under=one.under))
    return [*lines, ""]
