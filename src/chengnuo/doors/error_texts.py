"""What doors say to people about each error code, in Chinese and in English."""

from chengnuo.base.text import Lang, Text
from chengnuo.doors.backup_error_texts import BACKUP_ERRORS
from chengnuo.doors.border_error_texts import BORDER_ERRORS
from chengnuo.doors.consent_error_texts import CONSENT_ERRORS
from chengnuo.doors.deciding_error_texts import DECIDING_ERRORS
from chengnuo.doors.decision_error_texts import DECISION_ERRORS
from chengnuo.doors.dossier_error_texts import DOSSIER_ERRORS
from chengnuo.doors.evidence_error_texts import EVIDENCE_ERRORS
from chengnuo.doors.incident_error_texts import INCIDENT_ERRORS
from chengnuo.doors.inspection_error_texts import INSPECTION_ERRORS
from chengnuo.doors.pricing_error_texts import PRICING_ERRORS
from chengnuo.doors.rights_error_texts import RIGHTS_ERRORS
from chengnuo.doors.text_error_texts import TEXT_ERRORS

_OF_ROOMS = (
    BACKUP_ERRORS
    | BORDER_ERRORS
    | CONSENT_ERRORS
    | DECIDING_ERRORS
    | DECISION_ERRORS
    | DOSSIER_ERRORS
    | EVIDENCE_ERRORS
    | INCIDENT_ERRORS
    | INSPECTION_ERRORS
    | PRICING_ERRORS
    | RIGHTS_ERRORS
    | TEXT_ERRORS
)
ERRORS: dict[str, Text] = _OF_ROOMS | {
    "account-name": Text(
        "登录名格式不对：请用 3 至 80 个小写字母、数字或 . _ @ + - ，首尾为字母或数字。",
        "The sign-in name has a wrong form: 3 to 80 of a-z, 0-9 and . _ @ + -",
    ),
    "archive-damaged": Text(
        "版本库中的一个登记簿版本已损坏。请停止发布并联系管理员。",
        "A kept register version is damaged. Stop publishing and call the administrator.",
    ),
    "batch-unavailable": Text(
        "Spark 无法完成：未安装、无法连接，或计算中断。没有写出结果。",
        "Spark cannot do it: it is not installed, does not answer, or the work died. No result was"
        " written.",
    ),
    "birth-date-absurd": Text(
        "出生日期使此人达到一百五十岁；年龄不明的，请不要填写。",
        "The birth date makes somebody 150 or over; leave out an age that is not known.",
    ),
    "birth-date-in-future": Text("出生日期晚于今天。", "The birth date lies in the future."),
    "body-too-large": Text(
        "提交的内容过大，没有收下。返回上一页，写好的内容还在；请缩短后再提交。",
        "What was sent is too large and was not taken. Go back: what was written is still there; "
        "shorten it and send it again.",
    ),
    "code-refused": Text(
        "验证码不对，或已经用过。请等下一个验证码再试。",
        "The code is wrong or was used before. Wait for the next one.",
    ),
    "conflict": Text("内容已发生变化，请刷新后再试。", "Things have changed; load again."),
    "data-moved": Text(
        "本数据目录的数据库已迁移，目录中的文件不再读写。请在设置中写明 database。",
        "The database of this data folder was moved; name the new place as `database`.",
    ),
    "data-newer-than-program": Text(
        "数据目录由更新版本的程序写成，本程序不作任何改动。请升级程序。",
        "The data folder was written by a newer program; nothing was changed. Upgrade.",
    ),
    "database-damaged": Text(
        "数据库文件已损坏，请用备份恢复。", "The database file is damaged; restore a backup."
    ),
    "database-unavailable": Text(
        "数据库暂时不可用，请稍后再试。", "The database is not available just now."
    ),
    "demo-off": Text("示例入口未开启。", "The demo entry is off."),
    "document-not-made": Text(
        "文件暂时无法生成，请稍后再试。", "The file could not be made just now."
    ),
    "entry-code": Text(
        "进入链接已失效：每个链接只能用一次，一分钟内有效。请回到应用重新进入。",
        "This way in has expired: it works once, within a minute. Go back to the app.",
    ),
    "folder-not-empty": Text(
        "目标文件夹不是空的，未作任何改动。", "The folder is not empty; nothing was changed."
    ),
    "form-refused": Text(
        "页面已过期或没有加载完整，也可能并非来自本站；什么都没有提交。请刷新页面后重新提交。",
        "Nothing was taken: the page is too old, not whole, or not ours. Load it again.",
    ),
    "format-refused": Text("文件不是所要求的格式。", "The file is not of the format asked for."),
    "instant-beyond-calendar": Text(
        "时间超出历法可用的范围。", "An instant is beyond the calendar that can be used."
    ),
    "integrity": Text(
        "发现数据与写入时不一致，请联系管理员。",
        "Something kept is not what was written; call the administrator.",
    ),
    "invalid-input": Text("提交的内容有误。", "What was sent is wrong."),
    "issuer-keys-unavailable": Text(
        "暂时无法核对身份，请稍后再试。", "Who you are cannot be checked just now; try later."
    ),
    "key-file": Text(
        "密钥文件不可用，请检查文件内容和权限。",
        "The key file cannot be used; check it and its mode.",
    ),
    "key-set": Text("公钥集不可用。", "The key set cannot be used."),
    "keys-not-copied": Text(
        "本机数据目录缺少写入进程的 keys/ 或 evidence/log/log.json，请先复制。",
        "The data folder lacks `keys/` or `evidence/log/log.json` of the process that writes;"
        " copy them.",
    ),
    "last-admin": Text(
        "这是最后一个可用的管理员账号，请先指定另一位管理员。",
        "This is the last admin; make somebody else admin first.",
    ),
    "lease-held": Text(
        "另一个进程持有写入权，本进程只读。",
        "Another process holds the right to write; this one may read.",
    ),
    "lease-lost": Text(
        "写入权已由另一个进程接管，本次未写入任何内容。",
        "Another process took the right to write over; nothing was written.",
    ),
    "link-refused": Text(
        "链接已失效：每个链接只能用一次，且有时限。请向管理员索取新的链接。",
        "The link is not valid any more: it works once, for a time. Ask for a new one.",
    ),
    "method-not-allowed": Text("此地址不支持这种请求。", "This address does not take that method."),
    "move-differs": Text(
        "迁移后的数据与原数据不一致，未切换，数据目录继续有效。",
        "What was moved is not the same; nothing was switched and the folder stays in force.",
    ),
    "move-source": Text(
        "迁移的来源应写作 sqlite:数据目录。",
        "What is moved is named as sqlite:FOLDER.",
    ),
    "move-target": Text(
        "这个数据库已在使用，不能迁入。请给一个空的数据库。",
        "The database is in use and cannot be filled; give an empty one.",
    ),
    "move-unfinished": Text(
        "数据尚未迁完。请再次运行 chengnuo data move。",
        "The move is not finished; run chengnuo data move again.",
    ),
    "move-value": Text(
        "有一个值与其列的类型不符，不能迁移。",
        "A value is not of the type of its column and cannot be moved.",
    ),
    "naive-instant": Text("时间缺少时区。", "An instant has no time zone."),
    "name-taken": Text("这个登录名已被使用。", "This sign-in name is in use."),
    "no-leader": Text(
        "暂时没有可以写入的进程，请稍候再试。",
        "No process that writes can be reached now; ask again in a moment.",
    ),
    "no-register-loaded": Text("尚未载入登记簿。", "No register is loaded yet."),
    "no-such-consent-item": Text(
        "登记簿没有这个同意事项。", "The register has no such consent item."
    ),
    "no-such-saved-filter": Text(
        "没有这条存下的筛选，或者它不是您存的。",
        "There is no such saved filter, or it is not yours.",
    ),
    "not-a-data-folder": Text(
        "这不是数据目录，未作任何改动。", "This is not a data folder; nothing was changed."
    ),
    "not-a-database-url": Text(
        "数据库地址或其 sslmode、证书不对：postgresql://账号:口令@主机:端口/库名。",
        "Not postgresql://ACCOUNT:PASSWORD@HOST:PORT/NAME, or its sslmode or roots are wrong.",
    ),
    "not-allowed": Text("您的角色不能查看或办理此项。", "Your role does not include this."),
    "not-canonical": Text("内容无法写成规范的 JSON。", "The value has no canonical JSON form."),
    "not-found": Text("没有这个页面。", "There is no such page."),
    "not-json": Text("请求正文格式不对。", "The body has a wrong form."),
    "not-our-database": Text(
        "该数据库中有其他程序的表，未作任何改动。请为本程序单独建库。",
        "The database holds other tables; give Chengnuo one of its own. Nothing was changed.",
    ),
    "not-signed-in": Text("请先登录。", "Please sign in first."),
    "oidc-refused": Text(
        "统一身份登录未成功。请重试，或联系管理员确认您的权限。",
        "Sign-in through the identity provider failed. Try again or ask the administrator.",
    ),
    "oidc-unavailable": Text(
        "统一身份服务暂时没有响应，请稍后再试。",
        "The identity provider is silent; try later.",
    ),
    "planes-damaged": Text(
        "同意状态文件已损坏，未作使用。请移走后重新生成。",
        "A file of the state of consent is damaged and not used; let it be made anew.",
    ),
    "planes-full": Text(
        "同意状态放不下这么多个人或同意事项。",
        "The state of consent cannot hold so many individuals or items.",
    ),
    "planes-locked": Text(
        "同意状态正由另一个进程写入。", "Another process writes the state of consent."
    ),
    "planes-unavailable": Text(
        "同意状态暂时无法读取，请稍后再试。", "The state of consent cannot be read just now."
    ),
    "port-taken": Text("端口已被占用。", "The port is taken."),
    "publication-damaged": Text(
        "已发布的内容与发布时不一致，请停止发布并联系管理员。",
        "What was published is not what was written; stop and call somebody.",
    ),
    "publication-exists": Text("同一内容已经发布过。", "The same has been published already."),
    "publication-not-written": Text(
        "发布内容无法写入，请检查磁盘和权限。",
        "The publication could not be written; check disk and mode.",
    ),
    "publication-place-taken": Text(
        "目标文件夹里有其他内容，未作任何改动。",
        "The place holds other things; nothing was changed.",
    ),
    "register-change-not-sound": Text(
        "这份改动现在不能用于启用的登记簿。",
        "The change cannot be made on the register in force.",
    ),
    "register-edit": Text(
        "这不是登记簿某一行的改动。",
        "This is not a change of a row of the register.",
    ),
    "register-folder-ahead": Text(
        "登记簿文件夹里有还没有启用的改动，请先载入或还原。",
        "The register's folder holds changes that are not in force; load or undo them first.",
    ),
    "register-moved": Text(
        "文件在此期间被改过，什么都没有写。",
        "The file was changed meanwhile; nothing was written.",
    ),
    "register-no-such-field": Text(
        "登记簿里没有这一处；写法如 activity.nearby-stores.retention.keep=P30D。",
        "The register has no such field; write it as activity.nearby-stores.retention.keep=P30D.",
    ),
    "register-review-outdated": Text(
        "登记簿或文件已经不同，请重新看过再批准。",
        "The register or its files differ from what was shown; look again before approving.",
    ),
    "register-row-not-editable": Text(
        "这一行的写法无法逐行修改。",
        "The row is written in a way that cannot be changed line by line.",
    ),
    "register-unfinished": Text(
        "还有人们会读到的地方没有写，不能发布；在“待决定”页或登记簿里写好再发布。",
        "Places that people read are not written yet, so it cannot be published; write them on "
        "the page of what is to be decided, or in the register.",
    ),
    "register-not-written": Text(
        "登记簿无法写入，请检查磁盘和权限。",
        "The register could not be written; check disk and mode.",
    ),
    "register-refused": Text(
        "登记簿有误，未载入。", "The register has mistakes and was not loaded."
    ),
    "saved-filter-name": Text(
        "筛选的名称须为一行之内的 1 至 40 个字。",
        "The name of a filter is 1 to 40 characters on one line.",
    ),
    "saved-filters-full": Text(
        "每人最多存 50 条筛选。请先删去不用的。",
        "50 filters are kept already; delete one first.",
    ),
    "schema-changed": Text(
        "数据库的表已由另一版本的程序更改，本次未写入任何内容。请升级本机的程序。",
        "A process of another version has changed the tables; nothing was written. Upgrade this.",
    ),
    "schema-in-use": Text(
        "数据库的表是旧版本的，另一个进程正在写入。它结束之后，再次启动即可升级。",
        "The tables are older and another process writes them; start again once it has ended.",
    ),
    "seal-broken": Text(
        "密钥文件与数据目录不匹配，请联系管理员。",
        "The key file does not belong to the data folder; call the administrator.",
    ),
    "settings-file": Text("设置文件无法读取。", "The settings file cannot be read."),
    "sign-in-ended": Text("本次登录已结束，请重新登录。", "This sign-in has ended; begin again."),
    "sign-in-refused": Text(
        "登录名与密码不符，或因多次失败暂时锁定。请稍后再试。",
        "Name and password do not go together, or the name is locked for a while.",
    ),
    "state-stale": Text(
        "本进程无法获知最近的变更，因此不作答；请稍候再试。",
        "This process may not know of what happened lately, so it answers nothing; ask again.",
    ),
    "theme-refused": Text(
        "隐私中心的主题文件不能用。", "The theme of the privacy centre cannot be used."
    ),
    "token-algorithm": Text("令牌的签名方式不被接受。", "The token's algorithm is not taken."),
    "token-audience": Text("令牌不是发给本应用的。", "The token is not for this app."),
    "token-claim": Text("令牌缺少必要内容。", "The token lacks a claim or has it wrong."),
    "token-expired": Text("令牌已过期。", "The token has expired."),
    "token-issuer": Text("令牌的签发方不对。", "The token's issuer is not ours."),
    "token-key": Text("令牌所用的密钥未公布。", "The token's key is not published."),
    "token-lifetime": Text("令牌有效期过长，最长十分钟。", "The token lives too long."),
    "token-malformed": Text("令牌格式不对。", "The token is malformed."),
    "token-not-yet": Text("令牌尚未生效。", "The token is not valid yet."),
    "token-refused": Text("令牌不被接受。", "The token is not accepted."),
    "token-signature": Text("令牌签名不对。", "The token's signature is wrong."),
    "token-used": Text("令牌已经用过。", "The token was used before."),
    "tokens-off": Text("尚未设置令牌签发方。", "No token issuer is set."),
    "too-many-requests": Text("请求过于频繁，请一分钟后再试。", "Too many; wait a minute."),
    "too-busy": Text(
        "服务正忙，请稍后再试。", "As many are being answered as can be; try again in a moment."
    ),
    "too-slow": Text("处理超时，请稍后再试。", "It took too long; try later."),
    "unavailable": Text("服务暂时不可用，请稍后再试。", "Not available just now; try later."),
    "unexpected": Text("出现意外错误，已记入日志。", "Something unexpected; it is logged."),
    "unknown-account": Text("没有这个账号。", "There is no such account."),
    "unknown-app-type": Text(
        "法规目录中没有这个应用类型。", "The law catalogue has no such app type."
    ),
    "unknown-category": Text(
        "法规目录中没有这个个人信息种类。", "The law catalogue has no such category."
    ),
    "unknown-duty": Text("法规目录中没有这一条。", "The law catalogue has no such duty."),
    "unknown-figure": Text(
        "法规目录中没有这个期限或数值。", "The law catalogue has no such figure."
    ),
    "unknown-law": Text("法规目录中没有这一项。", "The law catalogue has no such entry."),
    "unknown-law-set": Text("法规目录中没有这个分类。", "The law catalogue has no such set."),
    "unknown-version": Text("没有这个登记簿版本。", "There is no such register version."),
    "weak-password": Text(
        "密码不够安全：请用 12 至 128 个字符，不要重复字符过多，不要包含登录名，"
        "也不要用常见的词和数字拼成。",
        "The password is too weak: 12 to 128 characters, varied, without the sign-in name, and not"
        " made of common words and numbers alone.",
    ),
    "wrong-frequency": Text("频次写法有误。", "The frequency is written wrongly."),
    "wrong-host": Text("服务不认识这个域名。", "This host name is not served."),
    "wrong-law-files": Text("法规目录文件有误。", "The files of the law catalogue are wrong."),
    "wrong-period": Text("期限写法有误。", "The period is written wrongly."),
    "wrong-setting": Text("设置有误。", "A setting is wrong."),
    "wrong-working-calendar": Text("工作日历文件有误。", "The working calendar is wrong."),
    "wrong-working-days": Text("工作日数目有误。", "The number of working days is wrong."),
}


def error_text(code: str, lang: Lang) -> str:
    """Return what to say about an error code; an unknown one gets the words of its kind."""
    return ERRORS.get(code, ERRORS["invalid-input"]).in_lang(lang)
