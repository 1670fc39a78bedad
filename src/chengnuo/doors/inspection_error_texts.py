"""What doors say to people about the error codes of inspecting packages."""

from chengnuo.base.text import Text

INSPECTION_ERRORS: dict[str, Text] = {
    "attestation-refused": Text(
        "发布声明不成立：签名、安装包或者格式不符。",
        "The attestation of a release does not hold.",
    ),
    "envelope-malformed": Text(
        "这不是可以读取的签名声明。",
        "This is no signed statement that can be read.",
    ),
    "inspection-not-kept": Text(
        "检查结果无法保存。",
        "What was found cannot be kept.",
    ),
    "inspection-unfinished": Text(
        "检查没有完成：超出了时间或者内存的限制，或者中途出错。",
        "The inspection did not finish: it ran out of time or memory, or died.",
    ),
    "kit-conditions": Text(
        "这个 SDK 包没有通过检查，批准时要写 10 至 500 个字的使用条件。",
        "The kit does not pass, so an approval needs conditions of 10 to 500 characters.",
    ),
    "kit-not-in-force": Text(
        "这不是有效的批准，或者已经有人申请撤销。",
        "This is no approval in force, or its withdrawal is asked for already.",
    ),
    "kit-recipient": Text(
        "请用登记簿中的编号说明这个 SDK 属于哪个接收方。",
        "Say by its id in the register which recipient the kit is of.",
    ),
    "kit-term": Text(
        "有效期要在今天到两年之内。",
        "The last day is to lie between today and two years ahead.",
    ),
    "no-such-app": Text(
        "登记簿中没有这个应用。",
        "The register has no such app.",
    ),
    "no-such-store": Text(
        "登记簿中没有这个存储。",
        "The register has no such store.",
    ),
    "no-such-kit-vetting": Text(
        "没有这次 SDK 审查。",
        "There is no such vetting of an SDK.",
    ),
    "no-such-release": Text(
        "没有这次发布，或者没有这份文件。",
        "There is no such release, or no such file of it.",
    ),
    "not-a-behaviour-log": Text(
        "这不是可以读取的运行时行为记录。",
        "This is no log of behaviour that can be read.",
    ),
    "not-a-kit": Text(
        "这是应用安装包，不是可以单独审查的 SDK 包。",
        "This is the package of an app, not of a kit that is vetted by itself.",
    ),
    "not-a-package": Text(
        "这不是可以检查的应用安装包或者 SDK 包。",
        "This is not a package of an app or of an SDK that can be inspected.",
    ),
    "not-a-release": Text(
        "这是 SDK 包，不是可以发布的应用。",
        "This is the package of a kit, not of an app that can be released.",
    ),
    "not-a-surface-recording": Text(
        "这个文件不是页面的记录。", "The file is no recording of a page."
    ),
    "not-an-app": Text(
        "这是库文件，不是应用安装包；登记簿要用包含它的应用安装包起草。",
        "This is a library, not an app; a register is drafted from the app that holds it.",
    ),
    "not-seen": Text(
        "这个安装包的检查结果中没有这个编号，或者不止一项以它开头。",
        "Nothing seen or found in this package has that id, or several begin with it.",
    ),
    "package-limit": Text(
        "安装包超出可以检查的大小或者数量。",
        "The package is larger, or holds more, than is worked on.",
    ),
    "release-changed": Text(
        "刚被别人办理过，请重新查看。",
        "It was changed in the meantime; look at it again.",
    ),
    "release-critical": Text(
        "有严重问题未处理，不能签署或者批准。",
        "Critical findings are open, so it cannot be signed off or approved.",
    ),
    "release-not-kept": Text(
        "安装包或者报告无法写入或读取，请稍后再试。",
        "The package or its report cannot be written or read; try later.",
    ),
    "release-other-package": Text(
        "磁盘上的安装包不是提交的那个，请重新提交。",
        "The package on disk is not the one that was submitted; submit it again.",
    ),
    "release-reason": Text(
        "签署需要 10 至 500 个字的理由。",
        "Signing off needs a reason of 10 to 500 characters.",
    ),
    "release-report-lost": Text(
        "检查报告缺失或者被改动，不能据以办理。",
        "The report of the inspection is missing or was changed.",
    ),
    "release-state": Text(
        "现在的进度不允许这样办理。",
        "It is not at the step that is to be done.",
    ),
    "release-too-large": Text(
        "安装包超过大小上限。",
        "The package is larger than is taken.",
    ),
    "releases-full": Text(
        "未办结的发布或者 SDK 审查已达上限，请先办理或撤回一些。",
        "Too many are open; decide or withdraw some first.",
    ),
    "resource-format": Text(
        "安装包中的清单文件或者资源表无法读取。",
        "The manifest or the resource table in the package cannot be read.",
    ),
    "unreadable-dex": Text(
        "这不是可以读取的 DEX 文件。",
        "This is not a DEX file that can be read.",
    ),
    "unreadable-policy": Text(
        "隐私政策文件无法读取：请提供未加密、有文字的网页（HTML）、DOCX、PDF、Markdown"
        " 或者纯文本。",
        "The policy cannot be read: give a web page, DOCX, PDF, Markdown or plain text with text.",
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
