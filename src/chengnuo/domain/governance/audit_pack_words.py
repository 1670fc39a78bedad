"""What the head of an audit pack says: what is in it, what it cannot show, how to verify it."""

from chengnuo.base.instant import from_us
from chengnuo.base.text import Lang, Text
from chengnuo.domain.evidence.receipt_words import NOT_SHOWN
from chengnuo.domain.governance.audit_pack import PackFacts
from chengnuo.law.civil import BEIJING

TITLE = Text("个人信息保护合规审计包", "Audit pack of personal information protection")
_HEAD = (
    Text("个人信息处理者：{handler}", "Personal information handler: {handler}"),
    Text(
        "期间：{period}；本包说到 {end} 为止（均为北京时间）。",
        "Period: {period}; the pack speaks up to {end} (Beijing time).",
    ),
    Text(
        "日志 {origin}：期间内共 {records} 条记录，全部在 leaves.jsonl 中，一条不少。",
        "Log {origin}: {records} records of the period, all of them in leaves.jsonl.",
    ),
)
_CONTENTS = Text("## 内容", "## What is in it")
_PAPERS = Text(
    "- `papers/`（{count}）：期间内各次合规审计的底稿（XLSX、JSON）。审计人员写下的文字照录。",
    "- `papers/` ({count}): working papers of the audits of the period (XLSX, JSON), with what"
    " auditors wrote in words.",
)
_PART = Text(
    "- `parts/{id}.json`、`.xlsx`：{title}，{rows} 行",
    "- `parts/{id}.json`, `.xlsx`: {title}; rows: {rows}",
)
_EMPTY = Text(
    "- `parts/{id}.json`、`.xlsx`：{title}，没有。{looked}",
    "- `parts/{id}.json`, `.xlsx`: {title}, none. {looked}",
)
_FILES = (
    Text(
        "- `head.json`：本包是谁的、哪段期间、哪本日志，由哪些程序生成。",
        "- `head.json`: whose pack it is, of which period and log, made by which programs.",
    ),
    Text(
        "- `report.zh.pdf`、`report.en.pdf`：各部分的表，每部分最多 200 行。",
        "- `report.zh.pdf`, `report.en.pdf`: the tables of all parts, 200 rows of each at most.",
    ),
    Text(
        "- `rules/`（{versions}）：期间内有效过的每个登记簿版本，连同当时的两份清单和处理规则。",
        "- `rules/` ({versions}): each version of the register that was in force, with the two"
        " lists and the processing rules of then.",
    ),
    Text(
        "- `attestations/`：安装包、SDK、价格审计等的声明，每份可以单独核验。",
        "- `attestations/`: attestations of packages, SDKs and audits of prices; each verifies by"
        " itself.",
    ),
    Text(
        "- `leaves.jsonl`：期间内日志的全部记录（叶）。`checkpoints/`：留存的检查点。",
        "- `leaves.jsonl`: all records that the log has of the period, as leaves."
        " `checkpoints/`: those that were kept.",
    ),
    Text(
        "- `proof.json`：期间首尾的记录、以及从期间之外引用的记录的包含证明。",
        "- `proof.json`: proof of inclusion of the first and last record, and of those cited from"
        " outside of the period.",
    ),
    Text(
        "- `attestation.json`：全部文件及其 SHA-256 的签名列表，并写明期间和各类记录数。",
        "- `attestation.json`: the signed list of all files with their SHA-256, the period, and how"
        " many records there are of each kind.",
    ),
)
_VERIFY = Text("## 如何核验", "## How to verify it")
_COMMAND = (
    "```sh\nchengnuo-verify pack.zip --key VKEY\nchengnuo audit check pack.zip --key VKEY\n```"
)
_ABOUT_COMMAND = Text(
    "程序单独发布，不联网，不需要任何密钥；也可以在浏览器里打开 verify.html，把本包拖进去。VKEY 是"
    "处理者公布的日志公钥；不给公钥时，只能说明文件前后一致，不能说明它出自哪一本日志。"
    "核对的是：每个文件与签名列表相符；期间内的记录一条不少、次序不变；各部分所引的记录确在日志中；"
    "检查点彼此一致；自称完整的部分没有漏掉任何一条该种类的记录。"
    "第二条命令另由 JSON 重新生成各个表、报告和说明，逐字节比对，说出第一处不同。",
    "The program is published by itself; it needs no network and no secret. Or open verify.html in"
    " a browser and drop the pack on it. VKEY is the log's public key as the handler has published"
    " it; without it the pack is only shown to agree with itself, not whose log it comes from."
    " Checked are: each file against the signed list; that no record of the period is left out or"
    " moved; that each record that a part cites is in the log; that the checkpoints agree with each"
    " other;"
    " that a part which says it is complete leaves out no record of its kinds. The second command"
    " also makes sheets, reports and this page anew of the JSON, compares them to the byte, and"
    " names the first place that differs.",
)
_COMPLETE = Text(
    "证明完整的记录种类：{kinds}。其他种类只证明条数，不证明各部分引用了每一条。",
    "Kinds proved complete: {kinds}. Of others the number is proved, not that a part cites each.",
)
_CANNOT = Text("## 本包不能说明的事", "## What the pack cannot show")
_BEYOND = (
    Text(
        "检查点之后的事；制作时期间尚未结束的，其余部分也不在内。",
        "What came after the checkpoint; if the period was not over then, the rest of it.",
    ),
    Text(
        "卷宗里用文字写下的内容、当事人和经办人：为不含个人信息而略去，须向处理者查阅原卷。",
        "What was written in words in dossiers, whom they are about and who acted: left out so that"
        " the pack holds no personal information; the dossiers themselves are with the handler.",
    ),
    Text(
        "各部分的行由程序从处理者的库中取出：核验只证明所引的记录在日志中，不证明行里的每个字。",
        "The rows of the parts are taken from the handler's own stores by program: what is proved"
        " is that the records cited are in the log, not each word of a row.",
    ),
    Text(
        "有没有漏掉发现：发现由程序算出，日志里没有；可请处理者出示登记簿，"
        "自行运行 chengnuo register check。",
        "Whether a finding was left out: findings are worked out by program and are not in the log;"
        " have the register shown, and run chengnuo register check.",
    ),
    Text(
        "链标识是化名：只有掌握密钥的处理者能说明它属于谁；密钥销毁后，任何人都不能。",
        "Tags of chains are pseudonyms: whose they are only the handler can show, and once the key"
        " is destroyed nobody can.",
    ),
    Text("这是证据，不是法律意见。", "This is evidence, not legal advice."),
)


def head_lines(facts: PackFacts, lang: Lang) -> list[str]:
    """Return whose pack it is, of which period and log."""
    values = {
        "handler": facts.handler.in_lang(lang),
        "period": facts.period,
        "end": f"{from_us(facts.end).astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
        "origin": facts.origin,
        "records": facts.records,
    }
    return [text.in_lang(lang).format(**values) for text in _HEAD]


def cannot() -> tuple[Text, ...]:
    """Return what a pack cannot show."""
    return (*NOT_SHOWN, *_BEYOND)


def readme(facts: PackFacts, lang: Lang) -> str:
    """Return the head of a pack in one language, as Markdown."""
    lines = [f"# {TITLE.in_lang(lang)}", "", *[f"- {one}" for one in head_lines(facts, lang)], ""]
    lines += [_CONTENTS.in_lang(lang), "", _PAPERS.in_lang(lang).format(count=len(facts.papers))]
    for part in facts.parts:
        rows = len(part.rows)
        words = (_PART if rows else _EMPTY).in_lang(lang)
        looked, title = part.looked.in_lang(lang), part.title.in_lang(lang)
        lines.append(words.format(id=part.id, title=title, rows=rows, looked=looked))
    lines += [text.in_lang(lang).format(versions=len(facts.versions)) for text in _FILES]
    between = Text("、", ", ").in_lang(lang)
    complete = _COMPLETE.in_lang(lang).format(kinds=between.join(facts.complete) or "—")
    lines += [
        "",
        _VERIFY.in_lang(lang),
        "",
        _COMMAND,
        "",
        _ABOUT_COMMAND.in_lang(lang),
        "",
        complete,
    ]
    lines += ["", _CANNOT.in_lang(lang), ""]
    lines += [f"- {text.in_lang(lang)}" for text in cannot()]
    return "\n".join([*lines, ""])
