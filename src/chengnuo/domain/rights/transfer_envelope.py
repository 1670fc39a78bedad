"""The envelopes of messages between two handlers: one signature, by the key that they name.

The form is that of every signed statement of ours (`domain/evidence/dsse.py`); what is refused
here is refused in the words of a transfer.
"""

from chengnuo.base.errors import InvalidInputError
from chengnuo.domain.evidence.dsse import EnvelopeMalformedError, Statement
from chengnuo.domain.evidence.dsse import read_envelope as read_any_envelope
from chengnuo.domain.evidence.note import Verify


class TransferMessageError(InvalidInputError):
    """A message between handlers has a wrong form."""

    code = "transfer-message"

    def __init__(self, what: str) -> None:
        super().__init__(f"this is not a message about a transfer: {what}")
        self.what = what


class TransferSignatureError(InvalidInputError):
    """A message between handlers is not signed by the key it has to be signed by."""

    code = "transfer-signature"

    def __init__(self) -> None:
        super().__init__("the message is not signed by the key that it names or that was expected")


def read_envelope(written: bytes, predicate_type: str) -> Statement:
    """Return the statement of an envelope; its signature is not checked yet.

    Raises:
        TransferMessageError: It is not such an envelope, or has not one signature.

    """
    try:
        statement = read_any_envelope(written, predicate_type)
    except EnvelopeMalformedError as error:
        raise TransferMessageError(error.what) from error
    if len(statement.signatures) != 1:
        raise TransferMessageError("it has not one signature")
    return statement


def hold_to(statement: Statement, vkey: str, verify: Verify) -> None:
    """Hold the signature of a statement to a key.

    Raises:
        TransferSignatureError: It names another key, or does not fit.

    """
    if not statement.is_signed_by(vkey, verify):
        raise TransferSignatureError
