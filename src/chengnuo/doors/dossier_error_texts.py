"""What doors say to people about the error codes of dossiers."""

from chengnuo.base.text import Text

DOSSIER_ERRORS: dict[str, Text] = {
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
    "papers-format": Text(
        "底稿文件的后缀须是 .xlsx、.pdf、.json、.html 或 .md。",
        "Working papers are .xlsx, .pdf, .json, .html or .md.",
    ),
}
