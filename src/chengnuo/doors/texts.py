"""The words of the account pages, in both languages."""

from datetime import datetime, timedelta, timezone

from chengnuo.base.text import Lang, Text

_BEIJING = timezone(timedelta(hours=8), "UTC+08:00")

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
        "At least 12 characters; a sentence you can remember is good.",
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
    "totp-none": Text("手边没有验证器？", "No authenticator at hand?"),
    "totp-none-text": Text(
        "任何支持 TOTP 的都可以：手机上的验证器应用、许多密码管理器、部分手机自带的密码功能；"
        "把上面的密钥输入进去就行，不用扫码。电脑上也可以运行 "
        "`oathtool --totp --base32 密钥` 得到六位数字。现在办不了也没关系：关掉这一页，"
        "以后用名称和密码登录，会回到这一步，届时密钥会换新。",
        "Anything that speaks TOTP will do: an authenticator app on a phone, many password "
        "managers, the passwords built into some phones; enter the key above instead of scanning. "
        "On a computer `oathtool --totp --base32 KEY` prints the six digits. Not now? Close this "
        "page; signing in with name and password leads back to this step, with a new key.",
    ),
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
    "sessions": Text("登录中的浏览器", "Where you are signed in"),
    "session-this": Text("本浏览器", "this browser"),
    "session-opened": Text("登录于", "signed in"),
    "session-seen": Text("最近使用", "last used"),
    "session-end": Text("结束这次登录", "End this one"),
    "sessions-end-others": Text("结束其他全部登录", "End all others"),
    "happened": Text("账号近来的变动", "What happened to your account"),
    "happened-text": Text(
        "有您不认识的变动或登录，请立即更换密码，并告诉管理员。",
        "If there is something you do not know, change the password at once and tell an admin.",
    ),
    "by-admin": Text("管理员", "an admin"),
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
    "act-code-used-again": Text(
        "一个已用过的验证码被再次提交并拒绝", "a used code was sent again, and refused"
    ),
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
