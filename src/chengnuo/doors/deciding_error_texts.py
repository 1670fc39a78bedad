"""What doors say to people about the error codes of beginning, and of deciding in the register."""

from chengnuo.base.text import Text

DECIDING_ERRORS: dict[str, Text] = {
    "answers-refused": Text(
        "有一个回答不合要求；没有写入任何东西。",
        "An answer is not what was asked for; nothing was written.",
    ),
    "not-only-asked": Text(
        "这一项不能直接确认：检查还有意见，或者服务没有登记簿文件夹。请打开表单修改。",
        "This cannot just be confirmed: the check speaks against it, or the service has no "
        "register folder. Change it in the form.",
    ),
    "remark-changed": Text(
        "登记簿文件已被改动，没有写入。请刷新后再看。",
        "The register's file has changed meanwhile; nothing was written. Load the page again.",
    ),
    "start-not-written": Text(
        "文件夹不能写入，已有的内容没有变。请检查权限和空间。",
        "The folder cannot be written, and what is there stands as it was; look at rights and "
        "space.",
    ),
    "unknown-question": Text(
        "没有这一项要决定；可能已经定了。",
        "Nothing is to be decided here; perhaps it is decided already.",
    ),
    "wrong-answer": Text(
        "写的内容不合登记簿的格式，没有写入。",
        "What was written is not of the register's form; nothing was written.",
    ),
}
