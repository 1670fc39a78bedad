"""Notifications to the individual, by way of the operator's own system.

Chengnuo knows no address of anybody. The operator's system is told by a signed webhook what came
about with which request, of whom by the key that `/v1/consents:list` gives for an account id, and
passes it on by whatever way it has: a push, a message in the app, a mail of its own.
"""

from dataclasses import dataclass

from chengnuo.base.canonical import canonical_json
from chengnuo.ports.notices import Notice, NoticeNotSentError, NoticeSender
from chengnuo.ports.notifying import (
    Message,
    Notification,
    NotNotifiedError,
    notification_id,
)

OPERATOR = "operator"
"""Name under which the sender knows the operator's own system."""
FORM = "chengnuo-notification/1"


@dataclass(frozen=True, slots=True)
class HookToIndividual:
    """Tells the operator's own system.

    Attributes:
        sender: Sends signed webhooks; knows where `OPERATOR` is.

    """

    sender: NoticeSender

    def deliver(self, notification: Notification, message: Message) -> None:
        """Send a webhook; one to staff is none.

        Raises:
            NotNotifiedError: The operator's system did not take it.

        """
        if notification.to is not None:
            return
        own = notification_id(notification)
        body = canonical_json(
            {
                "daysLeft": notification.days_left,
                "due": None if notification.due is None else notification.due.isoformat(),
                "event": notification.event.value,
                "form": FORM,
                "id": own,
                "personKey": notification.person,
                "request": notification.request,
                "subject": message.subject,
                "text": message.text,
            }
        )
        notice = Notice(
            id=own,
            kind=notification.event.value,
            request=notification.request,
            recipient=OPERATOR,
            body=body,
            attempt=1,
        )
        try:
            self.sender.send(notice)
        except NoticeNotSentError as error:
            raise NotNotifiedError(error.what) from error
