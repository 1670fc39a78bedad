"""What doors say to people about each error code and on the account pages, in both languages."""

from datetime import datetime, timedelta, timezone

from chengnuo.base.text import Lang, Text

_BEIJING = timezone(timedelta(hours=8), "UTC+08:00")

ERRORS: dict[str, Text] = {
    "account-name": Text(
        "登录名格式不对：请用 3 至 80 个小写字母、数字或 . _ @ + - ，首尾为字母或数字。",
        "The sign-in name has a wrong form: 3 to 80 of a-z, 0-9 and . _ @ + -",
    ),
    "archive-damaged": Text(
        "版本库中的一个登记簿版本已损坏。请停止发布并联系管理员。",
        "A kept register version is damaged. Stop publishing and call the administrator.",
    ),
    "body-too-large": Text("提交的内容过大。", "What was sent is too large."),
    "code-refused": Text(
        "验证码不对，或已经用过。请等下一个验证码再试。",
        "The code is wrong or was used before. Wait for the next one.",
    ),
    "conflict": Text("内容已发生变化，请刷新后再试。", "Things have changed; load again."),
    "data-newer-than-program": Text(
        "数据目录由更新版本的程序写成，本程序不作任何改动。请升级程序。",
        "The data folder was written by a newer program; nothing was changed. Upgrade.",
    ),
    "demo-off": Text("示例入口未开启。", "The demo entry is off."),
    "entry-code": Text(
        "进入链接已失效：每个链接只能用一次，一分钟内有效。请回到应用重新进入。",
        "This way in has expired: it works once, within a minute. Go back to the app.",
    ),
    "form-refused": Text(
        "页面已过期，或请求并非来自本站。请刷新页面后重新提交。",
        "The page has expired or the form came from elsewhere. Load it again.",
    ),
    "integrity": Text(
        "发现数据与写入时不一致，请联系管理员。",
        "Something kept is not what was written; call the administrator.",
    ),
    "invalid-input": Text("提交的内容有误。", "What was sent is wrong."),
    "issuer-keys-unavailable": Text(
        "暂时无法核对身份，请稍后再试。", "Who you are cannot be checked just now; try later."
    ),
    "last-admin": Text(
        "这是最后一个可用的管理员账号，请先指定另一位管理员。",
        "This is the last admin; make somebody else admin first.",
    ),
    "link-refused": Text(
        "链接已失效：每个链接只能用一次，且有时限。请向管理员索取新的链接。",
        "The link is not valid any more: it works once, for a time. Ask for a new one.",
    ),
    "method-not-allowed": Text("此地址不支持这种请求。", "This address does not take that method."),
    "name-taken": Text("这个登录名已被使用。", "This sign-in name is in use."),
    "not-allowed": Text("您的角色不能查看或办理此项。", "Your role does not include this."),
    "not-found": Text("没有这个页面。", "There is no such page."),
    "not-json": Text("请求正文格式不对。", "The body has a wrong form."),
    "not-signed-in": Text("请先登录。", "Please sign in first."),
    "oidc-refused": Text(
        "统一身份登录未成功。请重试，或联系管理员确认您的权限。",
        "Sign-in through the identity provider failed. Try again or ask the administrator.",
    ),
    "oidc-unavailable": Text(
        "统一身份服务暂时没有响应，请稍后再试。",
        "The identity provider is silent; try later.",
    ),
    "seal-broken": Text(
        "密钥文件与数据目录不匹配，请联系管理员。",
        "The key file does not belong to the data folder; call the administrator.",
    ),
    "sign-in-ended": Text("本次登录已结束，请重新登录。", "This sign-in has ended; begin again."),
    "sign-in-refused": Text(
        "登录名与密码不符，或因多次失败暂时锁定。请稍后再试。",
        "Name and password do not go together, or the name is locked for a while.",
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
    "too-slow": Text("处理超时，请稍后再试。", "It took too long; try later."),
    "unavailable": Text("服务暂时不可用，请稍后再试。", "Not available just now; try later."),
    "unexpected": Text("出现意外错误，已记入日志。", "Something unexpected; it is logged."),
    "unknown-account": Text("没有这个账号。", "There is no such account."),
    "unknown-version": Text("没有这个登记簿版本。", "There is no such register version."),
    "weak-password": Text(
        "密码不够安全：请用 12 至 200 个字符，不要重复字符过多，也不要包含登录名。",
        "The password is too weak: 12 to 200 signs, varied, without the sign-in name.",
    ),
    "wrong-host": Text("服务不认识这个域名。", "This host name is not served."),
    "wrong-setting": Text("设置有误。", "A setting is wrong."),
}


def error_text(code: str, lang: Lang) -> str:
    """Return what to say about an error code; an unknown one gets the words of its kind."""
    return ERRORS.get(code, ERRORS["invalid-input"]).in_lang(lang)


PAGES: dict[str, Text] = {
    "site": Text("承诺 · 个人信息保护", "Chengnuo · privacy"),
    "error-title-4": Text("这一步没有完成", "This could not be done"),
    "error-title-5": Text("服务出了问题", "Something went wrong here"),
    "error-code": Text("错误代码", "Error code"),
    "to-console": Text("回到控制台", "Back to the console"),
    "to-centre": Text("回到隐私中心", "Back to the privacy centre"),
    "sign-in": Text("登录控制台", "Sign in to the console"),
    "sign-in-do": Text("登录", "Sign in"),
    "name": Text("登录名", "Sign-in name"),
    "name-hint": Text(
        "3 至 80 个小写字母、数字或 . _ @ + - ，可以用工作邮箱。",
        "3 to 80 of a-z, 0-9 and . _ @ + -; a work address will do.",
    ),
    "password": Text("密码", "Password"),
    "password-hint": Text(
        "至少 12 个字符，一句自己记得住的话就很好。",
        "At least 12 signs; a sentence you can remember is good.",
    ),
    "password-again": Text("再输入一次密码", "Password once more"),
    "passwords-differ": Text("两次输入的密码不一致。", "The two passwords differ."),
    "old-password": Text("当前密码", "Present password"),
    "new-password": Text("新密码", "New password"),
    "change-password": Text("更换密码", "Change the password"),
    "provider": Text("用单位统一身份登录", "Sign in with your organisation"),
    "set-up-first-admin": Text("创建第一个管理员账号", "Create the first admin"),
    "set-up-invite": Text("加入控制台", "Join the console"),
    "set-up-renewal": Text("设置新密码", "Set a new password"),
    "set-up-role": Text("您的角色", "Your role"),
    "set-up-do": Text("继续", "Continue"),
    "totp-enrol": Text("设置两步验证", "Set up the second factor"),
    "totp-enrol-text": Text(
        "用身份验证器应用扫描二维码，或手动输入密钥，再填写应用显示的 6 位验证码。",
        "Scan the code with an authenticator app or type the key, then enter the 6 digits.",
    ),
    "totp-seed": Text("密钥", "Key"),
    "totp-qr": Text("两步验证二维码", "QR code of the second factor"),
    "totp-code": Text("输入验证码", "Enter the code"),
    "totp-code-text": Text(
        "打开身份验证器应用，填写 6 位验证码；也可以使用一个恢复码。",
        "Enter the 6 digits of your authenticator app, or one of your recovery codes.",
    ),
    "totp-label": Text("验证码", "Code"),
    "totp-do": Text("确认", "Confirm"),
    "recovery": Text("请保存恢复码", "Keep these recovery codes"),
    "recovery-text": Text(
        "手机不在身边时，每个恢复码可以代替一次验证码。它们只显示这一次，请离线保存。",
        "Each replaces one code when your phone is away. They are shown this once; keep them.",
    ),
    "recovery-do": Text("我已保存，进入控制台", "I have kept them; go on"),
    "recovery-left": Text("剩余恢复码", "Recovery codes left"),
    "account": Text("我的账号", "My account"),
    "second-factor": Text("两步验证", "Second factor"),
    "set-totp": Text("设置两步验证", "Set up the second factor"),
    "sign-out": Text("退出登录", "Sign out"),
    "sign-out-everywhere": Text("在所有设备上退出", "Sign out everywhere"),
    "sign-out-everywhere-text": Text(
        "结束此账号在所有浏览器中的登录。", "Ends every session of this account."
    ),
    "people": Text("人员与角色", "People and roles"),
    "people-text": Text(
        "管理员在此邀请同事、调整角色。管理员看不到任何个人信息。",
        "Invite colleagues and set roles here. An admin sees no personal information.",
    ),
    "single-person": Text("单人操作", "single person"),
    "single-person-text": Text(
        "目前只有一个可用账号，无人复核：各项操作会记录为“单人操作”。邀请第二个人后，复核自动生效。",
        "Only one account is enabled, so nobody can review; acts are recorded as single-person.",
    ),
    "invite": Text("邀请同事", "Invite somebody"),
    "invite-do": Text("生成邀请链接", "Make an invitation link"),
    "link-once": Text(
        "请把这个链接交给对方。它只显示这一次，只能用一次，三天内有效：",
        "Pass this link on. It is shown once, works once, and lasts three days:",
    ),
    "role": Text("角色", "Role"),
    "role-staff": Text("操作", "staff"),
    "role-reviewer": Text("复核", "reviewer"),
    "role-auditor": Text("审计（只读、可核验）", "auditor (reads and verifies)"),
    "role-admin": Text("管理员（账号与设置）", "admin (accounts and settings)"),
    "change-role": Text("更改角色", "Change role"),
    "state": Text("状态", "State"),
    "enabled": Text("可登录", "enabled"),
    "disabled": Text("已停用", "disabled"),
    "enable": Text("启用", "Enable"),
    "disable": Text("停用", "Disable"),
    "reset-totp": Text("重置两步验证", "Reset the second factor"),
    "offer-password": Text("生成重设密码链接", "Make a new-password link"),
    "factor-provider": Text("由统一身份服务负责", "by the identity provider"),
    "factor-totp": Text("已设置", "set up"),
    "factor-none": Text("未设置", "not set up"),
    "last-sign-in": Text("上次登录", "Last sign-in"),
    "never": Text("从未", "never"),
    "me": Text("本人", "you"),
    "acts": Text("账号操作记录", "Acts upon accounts"),
    "acts-none": Text("还没有记录。", "Nothing is recorded yet."),
    "when": Text("时间", "When"),
    "what": Text("操作", "What"),
    "upon": Text("对象", "Upon"),
    "by": Text("操作人", "By"),
    "by-start": Text("系统", "the system"),
    "act-joined": Text("加入", "joined"),
    "act-invited": Text("发出邀请", "invited"),
    "act-password-link": Text("生成重设密码链接", "made a new-password link"),
    "act-password-renewed": Text("重设了密码", "renewed the password"),
    "act-password-changed": Text("更换了密码", "changed the password"),
    "act-role-changed": Text("更改角色", "changed the role"),
    "act-enabled": Text("启用", "enabled"),
    "act-disabled": Text("停用", "disabled"),
    "act-totp-reset": Text("重置两步验证", "reset the second factor"),
    "act-totp-set": Text("设置了两步验证", "set up the second factor"),
    "act-recovery-code-used": Text("使用了恢复码", "used a recovery code"),
    "act-signed-out-everywhere": Text("在所有设备上退出", "signed out everywhere"),
    "enter": Text("进入隐私中心", "Enter the privacy centre"),
    "enter-text": Text(
        "要查看与您本人有关的内容，请从应用内进入：应用会为您打开本页，不需要另外注册或登录。",
        "To see what concerns you, come in from the app; it opens this page for you.",
    ),
    "enter-public": Text(
        "个人信息清单和处理规则无需登录即可查看。", "The lists and the rules need no sign-in."
    ),
    "enter-demo": Text("以示例用户进入", "Come in as the sample individual"),
    "enter-demo-text": Text(
        "演示环境：以一位虚构的示例用户进入，不涉及任何真实个人信息。",
        "Demo: come in as an invented individual; no real personal information is involved.",
    ),
}


def page_text(key: str, lang: Lang) -> str:
    """Return one text of the account pages; `KeyError` if there is none."""
    return PAGES[key].in_lang(lang)


def words(lang: Lang) -> dict[str, str]:
    """Return all texts of the account pages in a language."""
    return {key: text.in_lang(lang) for key, text in PAGES.items()}


def moment(at: datetime) -> str:
    """Return an instant as people in mainland China read a clock, to the minute."""
    return at.astimezone(_BEIJING).strftime("%Y-%m-%d %H:%M")
