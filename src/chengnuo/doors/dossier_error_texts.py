"""What doors say to people about the error codes of dossiers."""

from chengnuo.base.text import Text

DOSSIER_ERRORS: dict[str, Text] = {
    "audit-period": Text(
        "审计包的期间写法不对、起止颠倒或超过 1100 天；例如：2026Q4、2026、2026-11、"
        "2026-10-01..2026-12-31。",
        "The period of an audit pack has a wrong form, ends before it begins or is over 1,100 days;"
        " as 2026Q4, 2026, 2026-11 or 2026-10-01..2026-12-31.",
    ),
    "dossier-act-refused": Text(
        "这一步还不能这样办；缺什么写在页面上。",
        "It cannot be done so yet; the page says what is missing.",
    ),
    "dossier-field": Text(
        "有一项没有填写，或者写法不对。", "A field is missing, or has another form."
    ),
    "dossier-moved": Text(
        "刚才有人在这份卷宗里做了别的事，请重新打开。",
        "Somebody else did something in the dossier meanwhile; open it again.",
    ),
    "dossier-no-such-act": Text("这种卷宗没有这一步。", "This sort of dossier has no such act."),
    "dossier-not-yours": Text("这一步不由您来办。", "This is not for you to do."),
    "dossier-reason": Text("请写明理由，4 至 200 个字。", "Say why, in 4 to 200 characters."),
    "dossier-state": Text(
        "卷宗目前所处的状态不能办这一步。", "The dossier is not where this can be done."
    ),
    "no-such-dossier": Text(
        "没有这份卷宗，或者您不能查看。", "There is no such dossier, or it is not for you to see."
    ),
    "no-such-control": Text(
        "这里没有这项控制；`chengnuo board run --json` 列出全部。",
        "There is no such control here; `chengnuo board run --json` names them all.",
    ),
    "audit-pack-file": Text(
        "审计包里的一个 JSON 文件不是本程序能读的格式；请用生成它的版本核对。",
        "A JSON file of the audit pack has another form than is read; check it with what made it.",
    ),
    "audit-pack-not-read": Text(
        "这不是可以读取的审计包，或者其中缺少需要的文件。",
        "This is no audit pack that can be read, or it lacks a file that it should have.",
    ),
    "pack-not-written": Text(
        "磁盘不让写审计包，没有交出任何东西。请检查磁盘空间后再试。",
        "The disk refused the audit pack; nothing is handed out. Look at its space and try again.",
    ),
    "papers-format": Text(
        "底稿文件的后缀须是 .xlsx、.pdf、.json、.html 或 .md。",
        "Working papers are .xlsx, .pdf, .json, .html or .md.",
    ),
}
