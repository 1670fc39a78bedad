"""Notifications to staff by mail (RFC 5321), encrypted on the way unless set otherwise.

The certificate of the server is checked. A server that offers no STARTTLS where it is set gets
nothing: the password and the mail would go in the clear. Each mail has the id of its notification
as Message-ID, so that one sent twice is seen as one.
"""

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum

from chengnuo.ports.accounts import Role
from chengnuo.ports.clock import Clock
from chengnuo.ports.notifying import Message, Notification, NotNotifiedError, notification_id

_TIMEOUT_S = 20.0


class Security(StrEnum):
    """How the way to the server is encrypted."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlace:
    """A mail server.

    Attributes:
        host: Its name.
        port: Its port.
        security: How the way there is encrypted.
        name: Name to sign in with; empty for none.
        password: Password to sign in with.
        ca_file: Certificates that its own is checked against; empty for those of the system.

    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    name: str = ""
    password: str = ""
    ca_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailToStaff:
    """Sends mail to staff by their role.

    Attributes:
        place: The mail server.
        sender: Address that mail comes from.
        addresses: Addresses of each role.
        clock: Tells now.

    """

    place: MailPlace
    sender: str
    addresses: Mapping[Role, tuple[str, ...]]
    clock: Clock

    def deliver(self, notification: Notification, message: Message) -> None:
        """Send a mail; a role without addresses gets none.

        Raises:
            NotNotifiedError: The server did not take it.

        """
        if notification.to is None or not self.addresses.get(notification.to):
            return
        mail = EmailMessage()
        mail["From"] = self.sender
        mail["To"] = ", ".join(self.addresses[notification.to])
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(self.clock.now())
        domain = self.sender.rpartition("@")[2].rstrip(">")
        mail["Message-ID"] = f"<{notification_id(notification)}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence notice answers it
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        hand_over(self.place, mail)


def hand_over(place: MailPlace, mail: EmailMessage) -> None:
    """Hand a mail to its server.

    Raises:
        NotNotifiedError: The server did not take it.

    """
    try:
        _send(place, mail)
    except smtplib.SMTPException as error:
        raise NotNotifiedError(f"the mail server said {type(error).__name__}") from error
    except OSError as error:  # no connection, no certificate, no answer in time
        raise NotNotifiedError(f"no mail server: {type(error).__name__}") from error


def _send(place: MailPlace, mail: EmailMessage) -> None:
    server = _connect(place)
    try:
        if place.name:
            server.login(place.name, place.password)
        refused = server.send_message(mail)
    finally:
        with suppress(smtplib.SMTPException, OSError):  # what it took, it took
            server.quit()
    if refused:
        raise NotNotifiedError("the mail server refused some of the addresses")


def _connect(place: MailPlace) -> smtplib.SMTP:
    if place.security is Security.NONE:
        return smtplib.SMTP(place.host, place.port, timeout=_TIMEOUT_S)
    context = ssl.create_default_context(cafile=place.ca_file or None)
    if place.security is Security.TLS:
        return smtplib.SMTP_SSL(place.host, place.port, timeout=_TIMEOUT_S, context=context)
    server = smtplib.SMTP(place.host, place.port, timeout=_TIMEOUT_S)
    try:
        server.starttls(context=context)
    except BaseException:
        server.close()
        raise
    return server
