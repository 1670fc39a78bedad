"""The closed set of kinds of evidence records, and what follows from each.

A kind says whether it must be durable before anybody is told it happened (*strict*), and which
of an individual's two keys seals its payload: *content* is destroyed when the person's data are
deleted; *proof* lives on, under a listed hold, because it is what the operator must be able to
show (PIPL Art. 69), and because the records of notice, consent and rights are themselves due to
be kept (PIPL Art. 56; NDR Art. 12).
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of evidence record; the value stands in the leaf and never changes."""

    REGISTER_PUBLISHED = "register-published"
    PUBLICATION = "publication"
    CONFIGURATION = "configuration"
    KEY_ROTATED = "key-rotated"
    STAFF_SIGN_IN = "staff-sign-in"
    NOTICE_SHOWN = "notice-shown"
    CONSENT_GIVEN = "consent-given"
    CONSENT_REFUSED = "consent-refused"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    CONSENT_ENDED = "consent-ended"
    SWITCH_SET = "switch-set"
    GUARDIANSHIP = "guardianship"
    ALIASES_MERGED = "aliases-merged"
    DECISION = "decision"
    PROVISION = "provision"
    EXPORT = "export"
    DELETION = "deletion"
    CORRECTION = "correction"
    REQUEST_STATE = "request-state"
    IDENTITY_CHECK = "identity-check"
    OPERATOR_READ = "operator-read"
    PRICE_QUOTED = "price-quoted"
    AUTOMATED_DECISION = "automated-decision"
    INSPECTION_RESULT = "inspection-result"
    ATTESTATION = "attestation"
    COMPLAINT = "complaint"
    INCIDENT = "incident"
    DOSSIER_ACT = "dossier-act"
    CONTROL_RUN = "control-run"
    CHECKPOINT_SEEN = "checkpoint-seen"


class KeyClass(StrEnum):
    """Which key seals a payload."""

    OPEN = "open"
    """None: the record concerns no one individual and holds no personal information."""
    CONTENT = "content"
    """The individual's content key, destroyed on deletion."""
    PROOF = "proof"
    """The individual's proof key, destroyed when the listed hold ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRule:
    """What a kind demands.

    Attributes:
        strict: It is acknowledged only once it is durable; it cannot be recorded otherwise.
        personal: The key class of the payload when it concerns one individual; None for kinds
            that never do.
        open: Whether it may concern no one individual: the operator's own act, or a batch.

    """

    strict: bool
    personal: KeyClass | None
    open: bool


def _open(*, strict: bool) -> KindRule:
    return KindRule(strict=strict, personal=None, open=True)


def _personal(key: KeyClass, *, strict: bool, also_open: bool = False) -> KindRule:
    return KindRule(strict=strict, personal=key, open=also_open)


RULES: dict[Kind, KindRule] = {
    Kind.REGISTER_PUBLISHED: _open(strict=True),
    Kind.PUBLICATION: _personal(KeyClass.CONTENT, strict=True, also_open=True),
    Kind.CONFIGURATION: _open(strict=True),
    Kind.KEY_ROTATED: _open(strict=True),
    Kind.STAFF_SIGN_IN: _open(strict=False),
    Kind.NOTICE_SHOWN: _personal(KeyClass.PROOF, strict=False),
    Kind.CONSENT_GIVEN: _personal(KeyClass.PROOF, strict=True),
    Kind.CONSENT_REFUSED: _personal(KeyClass.PROOF, strict=True),
    Kind.CONSENT_WITHDRAWN: _personal(KeyClass.PROOF, strict=True),
    Kind.CONSENT_ENDED: _personal(KeyClass.PROOF, strict=True),
    Kind.SWITCH_SET: _personal(KeyClass.PROOF, strict=True),
    Kind.GUARDIANSHIP: _personal(KeyClass.PROOF, strict=True),
    Kind.ALIASES_MERGED: _personal(KeyClass.PROOF, strict=True),
    Kind.DECISION: _personal(KeyClass.CONTENT, strict=False, also_open=True),
    Kind.PROVISION: _personal(KeyClass.CONTENT, strict=True, also_open=True),
    Kind.EXPORT: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.DELETION: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.CORRECTION: _personal(KeyClass.PROOF, strict=True),
    Kind.REQUEST_STATE: _personal(KeyClass.PROOF, strict=True),
    Kind.IDENTITY_CHECK: _personal(KeyClass.PROOF, strict=True),
    Kind.OPERATOR_READ: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.PRICE_QUOTED: _personal(KeyClass.CONTENT, strict=False, also_open=True),
    Kind.AUTOMATED_DECISION: _personal(KeyClass.CONTENT, strict=False),
    Kind.INSPECTION_RESULT: _open(strict=False),
    Kind.ATTESTATION: _open(strict=True),
    Kind.COMPLAINT: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.INCIDENT: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.DOSSIER_ACT: _personal(KeyClass.PROOF, strict=True, also_open=True),
    Kind.CONTROL_RUN: _open(strict=True),
    Kind.CHECKPOINT_SEEN: _open(strict=True),
}
"""One rule for each kind (decision record 0007 gives the reasons)."""
