"""What a notice says, in our own form or as OpenDSR 2.0, and the way from the outbox to the sender.

The form `chengnuo` says everything. OpenDSR knows erasure only; a notice of another kind is not
sent in it, and the recipient is named as not told. Retries have the same id and the same body but
for the time that OpenDSR asks for.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from chengnuo.base.canonical import canonical_json
from chengnuo.domain.register.ids import RecipientId
from chengnuo.ports.clock import Clock
from chengnuo.ports.notices import Acknowledged, Notice, NoticeNotSentError, NoticeSender
from chengnuo.ports.rights_outside import NoticeKept

FORM = "chengnuo-notice/1"
_ERASURE = "delete"


class BodyForm(StrEnum):
    """How the body of a notice is written."""

    CHENGNUO = "chengnuo"
    OPENDSR = "opendsr"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideSender:
    """Sends what the outbox holds, each in the form that its recipient reads.

    Attributes:
        forms: Form of each recipient that has an address.
        sender: The way there.
        clock: Tells the time.

    """

    forms: Mapping[str, BodyForm]
    sender: NoticeSender
    clock: Clock

    def has_channel(self, recipient: RecipientId) -> bool:
        """Tell whether there is a way to a recipient that a program can take."""
        return str(recipient) in self.forms

    def send(self, notice: NoticeKept, account: str) -> bool:
        """Hand a notice over; tell whether the recipient confirmed at once that it is done.

        Raises:
            NoticeNotSentError: It was not taken, or its recipient's form cannot say it.

        """
        recipient = notice.outside.recipient
        form = self.forms.get(recipient)
        if form is None:
            raise NoticeNotSentError(recipient, "no address is set")
        body = own_body(notice, account)
        if form is BodyForm.OPENDSR:
            body = opendsr_body(notice, account, self.clock)
        ready = Notice(
            id=notice.id,
            kind=notice.outside.kind,
            request=notice.request,
            recipient=recipient,
            body=body,
            attempt=notice.attempts,
        )
        return isinstance(self.sender.send(ready), Acknowledged)


def own_body(notice: NoticeKept, account: str) -> bytes:
    """Return a notice in our own form."""
    return canonical_json(
        {
            "account": account,
            "categories": [str(one) for one in notice.outside.categories],
            "form": FORM,
            "id": notice.id,
            "kind": notice.outside.kind,
            "recipient": notice.outside.recipient,
            "request": notice.request,
        }
    )


def opendsr_body(notice: NoticeKept, account: str, clock: Clock) -> bytes:
    """Return a notice as a request of OpenDSR 2.0.

    Raises:
        NoticeNotSentError: It is no erasure.

    """
    if notice.outside.kind != _ERASURE:
        what = f"OpenDSR has no request of kind `{notice.outside.kind}`"
        raise NoticeNotSentError(notice.outside.recipient, what)
    # The same at each attempt: made from the id, with the bits that a UUID of version 4 has.
    number = UUID(bytes=hashlib.sha256(notice.id.encode()).digest()[:16], version=4)
    return canonical_json(
        {
            "api_version": "2.0",
            "extensions": {
                "chengnuo": {
                    "categories": [str(one) for one in notice.outside.categories],
                    "id": notice.id,
                }
            },
            "regulation": "pipl",
            "subject_identities": [
                {
                    "identity_format": "raw",
                    "identity_type": "controller_customer_id",
                    "identity_value": account,
                }
            ],
            "subject_request_id": str(number),
            "subject_request_type": "erasure",
            "submitted_time": clock.now().isoformat().replace("+00:00", "Z"),
        }
    )
