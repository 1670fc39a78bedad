"""What is said with an act on a consent, and what is said back."""

import re
from dataclasses import dataclass
from datetime import datetime

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest
from chengnuo.base.text import Lang
from chengnuo.domain.consent.entry import Entry, Guardian
from chengnuo.domain.consent.event import Act
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt_words import instant_text
from chengnuo.domain.evidence.schemas import PayloadRefusedError
from chengnuo.domain.register.ids import AppId
from chengnuo.ports.evidence_log import Position

KIND_OF: dict[Act, Kind] = {
    Act.GIVE: Kind.CONSENT_GIVEN,
    Act.REFUSE: Kind.CONSENT_REFUSED,
    Act.WITHDRAW: Kind.CONSENT_WITHDRAWN,
    Act.EXPIRE: Kind.CONSENT_ENDED,
    Act.SUPERSEDE: Kind.CONSENT_ENDED,
    Act.HAND_OVER: Kind.CONSENT_ENDED,
    Act.GUARDIAN_ENDED: Kind.CONSENT_ENDED,
}
REASON_OF: dict[Act, str] = {
    Act.EXPIRE: "expired",
    Act.SUPERSEDE: "superseded",
    Act.HAND_OVER: "handed-over",
    Act.GUARDIAN_ENDED: "guardian-ended",
}
UNDO = "undo"
BY_INDIVIDUAL = "centre-"
"""How the id of a prompt begins that the individual opened themselves in the privacy centre."""
_WORD = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What an individual saw before they answered.

    Attributes:
        app: App that asks; it must be the one that the item belongs to.
        notice: Hash of the notice shown.
        fingerprint: Material fingerprint of the item as shown.
        lang: Language of the notice.
        surface: Where, one word, as `android` or `centre`.
        steps: Steps that the answer took.
        prompt: Id of the one prompt; whoever shows it makes a new one each time.
        asked_at: When it was shown, aware.

    """

    app: AppId
    notice: Digest
    fingerprint: Digest
    lang: Lang
    surface: str
    steps: int
    prompt: str
    asked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An act that is durable and in force.

    Attributes:
        position: Position of its record in the log.
        at: Its effective instant.

    """

    position: Position
    at: datetime


def said_in(entry: Entry) -> dict[str, Tree]:
    """Return the payload of an act on a consent item.

    Raises:
        PayloadRefusedError: Relation or method of the guardian is not one plain word.

    """
    event = entry.event
    values: dict[str, Tree] = {
        "form": event.form.value,
        "fingerprint": event.fingerprint,
        "notice": entry.notice,
        "lang": entry.lang,
        "surface": entry.surface,
        "steps": entry.steps,
    }
    if entry.guardian is not None:
        values["guardian"] = guardian_words(KIND_OF[event.act], entry.guardian)
    if event.until is not None:
        values["expires"] = instant_text(event.until)
    if entry.reason:
        values["reason"] = entry.reason
    if entry.prompt:
        values["prompt"] = entry.prompt
    return values


def guardian_words(kind: Kind, guardian: Guardian) -> dict[str, Tree]:
    """Return what a record says of a guardian.

    Raises:
        PayloadRefusedError: Relation or method is not one plain word.

    """
    for word in (guardian.relation, guardian.method):
        if not _WORD.fullmatch(word):
            raise PayloadRefusedError(kind, "guardian", "`relation` and `method`, one word each")
    said: dict[str, Tree] = {"relation": guardian.relation, "method": guardian.method}
    if guardian.who:
        said["who"] = guardian.who
    return said
