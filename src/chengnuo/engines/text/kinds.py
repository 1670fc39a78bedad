"""What is found in text: kinds of personal information, and what speaks for a finding."""

from enum import IntEnum, auto

from msgspec import Struct


class Kind(IntEnum):
    """A kind of personal information that text may hold."""

    RESIDENT_ID = auto()
    FOREIGN_PERMIT = auto()
    PASSPORT = auto()
    HMT_PERMIT = auto()
    CREDIT_CODE = auto()
    MOBILE = auto()
    LANDLINE = auto()
    EMAIL = auto()
    BANK_CARD = auto()
    ALIPAY = auto()
    WECHAT = auto()
    QQ = auto()
    PLATE = auto()
    IMEI = auto()
    DEVICE_ID = auto()
    MAC = auto()
    IPV4 = auto()
    IPV6 = auto()
    LOCATION = auto()
    BIRTH_DATE = auto()
    POSTCODE = auto()
    NAME = auto()
    ADDRESS = auto()
    HEALTH = auto()


class Evidence(IntEnum):
    """What speaks for a finding, the strongest first.

    A check digit is right; the form is peculiar to the kind; a key or cue beside the value names
    the kind; words around it do; a model says so.
    """

    CHECKSUM = auto()
    KEY = auto()
    FORMAT = auto()
    CONTEXT = auto()
    MODEL = auto()


SCORES = {
    Evidence.CHECKSUM: 0.99,
    Evidence.KEY: 0.95,
    Evidence.FORMAT: 0.9,
    Evidence.CONTEXT: 0.8,
    Evidence.MODEL: 0.7,
}
"""How sure a finding is, by what speaks for it; from 0 to 1."""


class Hit(Struct, frozen=True, order=True, gc=False):
    """A value of personal information in a text.

    Attributes:
        start: The place of its first character in the text as it was given.
        end: The place after its last.
        kind: What it is.
        evidence: What speaks for it.

    """

    start: int
    end: int
    kind: Kind
    evidence: Evidence

    @property
    def score(self) -> float:
        """How sure it is, from 0 to 1."""
        return SCORES[self.evidence]
