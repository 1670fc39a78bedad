"""Word to the holder of an account by mail, beside the request that it is about.

It is tried once: the page of the account says the same, and signing in must not wait for mail.
"""

import logging
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from threading import Thread

from chengnuo.adapters.notifying.smtp import MailPlace, hand_over
from chengnuo.ports.clock import Clock
from chengnuo.ports.notifying import NotNotifiedError

LOG = logging.getLogger("chengnuo.security")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailToHolders:
    """`HolderNotices` by mail."""

    place: MailPlace
    sender: str
    clock: Clock

    def tell(self, address: str, subject: str, text: str) -> None:
        """See `HolderNotices.tell`."""
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = address
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self.clock.now())
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
        mail.set_content(text)
        Thread(target=self._send, args=(mail,), name="word to a holder", daemon=True).start()

    def _send(self, mail: EmailMessage) -> None:
        try:
            hand_over(self.place, mail)
        except NotNotifiedError as error:
            LOG.warning("the holder of an account was not told by mail: %s", error.what)
