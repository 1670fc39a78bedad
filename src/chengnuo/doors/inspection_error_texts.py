"""What doors say to people about the error codes of inspecting packages."""

from chengnuo.base.text import Text

INSPECTION_ERRORS: dict[str, Text] = {
    "not-a-package": Text(
        "这不是可以检查的应用安装包或者 SDK 包。",
        "This is not a package of an app or of an SDK that can be inspected.",
    ),
    "package-limit": Text(
        "安装包超出可以检查的大小或者数量。",
        "The package is larger, or holds more, than is worked on.",
    ),
    "resource-format": Text(
        "安装包中的清单文件或者资源表无法读取。",
        "The manifest or the resource table in the package cannot be read.",
    ),
    "unreadable-dex": Text(
        "这不是可以读取的 DEX 文件。",
        "This is not a DEX file that can be read.",
    ),
    "wrong-inspection-file": Text(
        "这个文件不是可以读取的安装包检查报告。",
        "The file is no report of a package inspection that can be read.",
    ),
    "wrong-inspection-knowledge": Text(
        "检查安装包所用的知识文件有误。",
        "The files that say what a package is looked for are wrong.",
    ),
}
