"""What staff sign in with, and who hears of a change of it."""

from chengnuo.adapters.data_folder import DataFolder
from chengnuo.adapters.notifying.holder_mail import MailToHolders
from chengnuo.adapters.passwords import Argon2Passwords, password_secret
from chengnuo.base.text import Lang
from chengnuo.doors.rights_settings import NotifySettings
from chengnuo.ports.accounts import StaffActs
from chengnuo.ports.clock import Clock
from chengnuo.usecases.telling_holders import TellingHolders
from chengnuo.wiring.rights_telling import mail_place


def password_hasher(data: DataFolder) -> Argon2Passwords:
    """Return what hashes passwords."""
    return Argon2Passwords(password_secret(data.keys.tokens))


def staff_acts(
    settings: NotifySettings | None, data: DataFolder, acts: StaffActs, clock: Clock
) -> StaffActs:
    """Return what notes acts upon accounts, and tells their holders where mail is set."""
    if settings is None or not settings.smtp_host:
        return acts
    return TellingHolders(
        acts=acts,
        accounts=data.accounts,
        notices=MailToHolders(place=mail_place(settings), sender=settings.sender, clock=clock),
        lang=Lang(settings.lang),
    )
