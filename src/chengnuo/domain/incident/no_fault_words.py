"""What a no-fault file says to a court: what it shows, what it cannot, how to verify it."""

from collections.abc import Iterator, Sequence

from chengnuo.base.text import Lang, Text

TITLE = Text("无过错举证文件", "No-fault file")
WHAT = Text(
    "个人信息保护法第六十九条：处理个人信息侵害个人信息权益造成损害，个人信息处理者不能证明自己没有"
    "过错的，应当承担损害赔偿等侵权责任。本文件汇集处理者就一个人、一段期间能够出示的记录，供法院"
    "判断；是否无过错由法院认定，本文件不是法律意见。",
    "PIPL Article 69: a handler that infringes rights in personal information and cannot show that"
    " it is not at fault is liable. This file gathers what the handler can show about one"
    " individual and one period, for a court to judge. Whether there is no fault the court decides;"
    " this is no legal advice.",
)
_FILES: tuple[tuple[str, Text], ...] = (
    (
        "trace.json",
        Text(
            "谁看过、谁得到过，各自的记录；不能排除的批次、接收方和存储；记录不能说明的事。",
            "Who saw or received something, each with its record; batches, recipients and stores"
            " that are not ruled out; what no record can show.",
        ),
    ),
    (
        "proof.json, receipts/, notices/",
        Text(
            "此人的全部记录及证明，期间内的内容；同意、告知和处理规则当时的文本，登记簿当时的公开"
            "部分。",
            "All records of the individual with their proof, contents of the period; consents,"
            " notices and rules as they were, the public part of the register as it was.",
        ),
    ),
    (
        "measures.json",
        Text(
            "期间结束前登记的安全措施、核查、评估、监督和审计，每一步都有记录。",
            "Safeguards, checks, assessments, supervision and audits entered before the end of the"
            " period; each step is a record.",
        ),
    ),
    (
        "controls.json",
        Text(
            "制作本文件时控制措施的结果和登记簿检查的发现，不利的也在内。",
            "Results of the controls, and findings on the register, when this file was made;"
            " unfavourable ones are among them.",
        ),
    ),
    (
        "proofs/",
        Text("批次和安全措施的记录的证明。", "Proofs of the records of batches and measures."),
    ),
    (
        "summary.*",
        Text("供阅读的摘要。", "A summary to be read."),
    ),
    (
        "manifest.json, seal.json",
        Text(
            "每个文件的 SHA-256；以及日志中封存该目录的记录，因此改动任何一个字节都会被发现。",
            "The SHA-256 of every file, and the record in the log that seals this manifest, so that"
            " a change of any byte is found.",
        ),
    ),
)
_CANNOT: tuple[Text, ...] = (
    Text(
        "所列的批次和措施是否就是全部；每一项都证明在日志中，但不证明没有别的。",
        "Whether the batches and measures listed are all there were; each is proved to be in the"
        " log, not that there is no other.",
    ),
    Text(
        "没有被记录的事：绕过本系统打开存储、备份或者日志的人。",
        "What was never recorded: whoever opened a store, a backup or a log past this system.",
    ),
    Text(
        "接收方得到之后做了什么，除非另有监督记录。",
        "What a recipient did afterwards, beyond what supervision recorded.",
    ),
    Text(
        "登记的措施是否真的有效；日志只说明何时由谁登记了什么。",
        "Whether a measure that was entered really worked; the log shows who entered what when.",
    ),
    Text(
        "日志的标签属于哪个人：由处理者用账户标识和证明密钥说明。",
        "Whose the tag of the log is: the handler shows it with the account id and the proof key.",
    ),
)
_HOW = Text(
    "用 chengnuo-verify 文件.zip --key 公钥 核验，不联网，也不需要处理者；公钥请从别处取得。网页"
    " verify.html 同样可以核验。",
    "Verify it with chengnuo-verify FILE.zip --key VKEY, without network or handler; take the key"
    " from elsewhere. The page verify.html does the same.",
)


def readme(lang: Lang, cannot: Sequence[Text]) -> str:
    """Return what a court reads first, in Markdown."""
    return "\n".join(_readme(lang, cannot)) + "\n"


def _readme(lang: Lang, cannot: Sequence[Text]) -> Iterator[str]:
    yield f"# {TITLE.in_lang(lang)}\n\n{WHAT.in_lang(lang)}\n"
    yield f"## {Text('其中有什么', 'What is in it').in_lang(lang)}\n"
    yield from (
        f"- `{name}`：{text.zh}" if lang is Lang.ZH else f"- `{name}`: {text.en}"
        for name, text in _FILES
    )
    yield f"\n## {CANNOT_HEAD.in_lang(lang)}\n"
    yield from (f"- {one.in_lang(lang)}" for one in dict.fromkeys((*_CANNOT, *cannot)))
    yield f"\n## {Text('怎样核验', 'How to verify it').in_lang(lang)}\n\n{_HOW.in_lang(lang)}"


CANNOT_HEAD = Text("它不能说明什么", "What it cannot show")
SHOWS_HEAD = Text("谁看过或者得到过", "Who saw or received something")
OPEN_HEAD = Text("不能排除的", "Not ruled out")
MEASURES_HEAD = Text("安全措施和核查", "Safeguards and checks")
CONTROLS_HEAD = Text("控制措施的结果", "Results of the controls")
NOBODY = Text("期间内没有这样的记录。", "No such record in the period.")
NONE = Text("没有登记。", "None was entered.")
