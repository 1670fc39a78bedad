"""The holder of an account is told when what they sign in with changed (ASVS 2.2.3, 2.5.5, 2.8.5).

Whoever took an account over would change its password first; the holder hears of it by a way that
the console does not hold. An account is told whose sign-in name is a mail address. What happened
stands on the page of the account as well, for everybody.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chengnuo.base.text import Lang, Text
from chengnuo.law.civil import civil_date
from chengnuo.ports.accounts import Account, AccountEvent, AccountStore, HolderNotices, StaffActs

SUBJECT: Final = Text("承诺：您的账号有变动", "Chengnuo: something changed with your account")
TOLD: Final = {
    "password-changed": Text("密码已更换。", "The password was changed."),
    "password-renewed": Text("密码已通过链接重设。", "The password was renewed by a link."),
    "password-link": Text(
        "管理员生成了重设密码的链接。", "An admin made a link that renews the password."
    ),
    "totp-set": Text("设置了两步验证。", "A second factor was set up."),
    "totp-reset": Text("管理员重置了两步验证。", "An admin reset the second factor."),
    "recovery-code-used": Text("使用了一个恢复码。", "A recovery code was used."),
    "code-used-again": Text(
        "一个已用过的验证码被再次提交，已拒绝。",
        "A code that had been used was sent again, and refused.",
    ),
}
_WAS_IT_YOU: Final = Text(
    "如果不是您本人所为，请立即更换密码，并告诉管理员。",
    "If this was not you, change the password at once and tell an admin.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingHolders:
    """`StaffActs` that tells the holder too, once the act is noted.

    Attributes:
        acts: Where acts are noted.
        accounts: Whose they are.
        notices: How holders are told.
        lang: In which language.

    """

    acts: StaffActs
    accounts: AccountStore
    notices: HolderNotices
    lang: Lang

    def act(self, event: AccountEvent) -> None:
        """See `StaffActs.act`."""
        self.acts.act(event)
        said = TOLD.get(event.act)
        if said is None or event.account is None:
            return
        name = self.accounts.account(event.account).name
        if "@" in name:
            lines = (said, Text(str(civil_date(event.at))), _WAS_IT_YOU)
            text = "\n".join(line.in_lang(self.lang) for line in lines)
            self.notices.tell(name, SUBJECT.in_lang(self.lang), text)

    def signed_in(self, account: Account, at: datetime) -> None:
        """See `StaffActs.signed_in`."""
        self.acts.signed_in(account, at)
