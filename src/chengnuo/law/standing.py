"""How far a statement of the catalogue may be put forward as law.

Two things decide: how sure we are of it, and what kind of text it comes from. Only what has been
checked against the text and comes from law in force is shown as law. Everything else is useful,
and is shown as what it is: a standard, a pledge, a draft, or practice.
"""

from enum import StrEnum

from chengnuo.base.text import Text


class Confidence(StrEnum):
    """How a statement was checked."""

    VERIFIED = "verified"
    """Read in the text, or in several copies of it that agree."""
    PARTLY_VERIFIED = "partly-verified"
    """Heading or main numbers read; the detail was not."""
    SECONDARY = "secondary"
    """Read only in commentary or in the rules of a test laboratory."""
    MEMORY = "memory"
    """Well known, not read."""
    MEMORY_LOW = "memory-low"
    """Not read, and shaky."""
    ONE_SOURCE = "one-source"
    """Read in one article of the press only."""

    @property
    def shown_as_law(self) -> bool:
        """Tell whether a statement this sure may be put forward as law at all."""
        return self is Confidence.VERIFIED

    @property
    def text(self) -> Text:
        """Return the words shown for it."""
        return _CONFIDENCE_TEXTS[self]


class Force(StrEnum):
    """What kind of text a statement comes from, the strongest first."""

    LAW = "law"
    REGULATION = "administrative-regulation"
    INTERPRETATION = "judicial-interpretation"
    DEPARTMENT_RULE = "department-rule"
    NORMATIVE_DOCUMENT = "normative-document"
    GUIDANCE = "administrative-guidance"
    STANDARD = "national-standard"
    SELF_REGULATION = "self-regulation"
    PRACTICE = "practice"
    DRAFT = "draft"
    PRODUCT = "product"

    @property
    def binds_by_law(self) -> bool:
        """Tell whether such a text is law in the wide sense (law down to normative document)."""
        return self in _LAW_IN_THE_WIDE_SENSE

    @property
    def text(self) -> Text:
        """Return the words shown for it."""
        return _FORCE_TEXTS[self]


class Status(StrEnum):
    """Whether a statement holds today."""

    IN_FORCE = "in-force"
    DRAFT = "draft"
    EXPIRED = "expired"

    @property
    def text(self) -> Text:
        """Return the words shown for it."""
        return _STATUS_TEXTS[self]


class Standing(StrEnum):
    """The honest label of a statement."""

    LAW = "law"
    STANDARD = "standard"
    PLEDGE = "pledge"
    PRODUCT = "product"
    PRACTICE = "practice"
    DRAFT = "draft"
    EXPIRED = "expired"

    @property
    def label(self) -> Text:
        """Return the label shown beside the statement."""
        return _STANDING_TEXTS[self]


def standing_of(force: Force, status: Status, confidence: Confidence) -> Standing:
    """Tell how a statement is to be shown.

    A draft is a draft and what has expired has expired, however sure we are. Of the rest, what
    is less than verified is practice, whatever text it is said to come from.

    >>> standing_of(Force.LAW, Status.IN_FORCE, Confidence.MEMORY).label.zh
    '实践'

    """
    if status is Status.DRAFT or force is Force.DRAFT:
        return Standing.DRAFT
    if status is Status.EXPIRED:
        return Standing.EXPIRED
    if not confidence.shown_as_law:
        return Standing.PRACTICE
    if force.binds_by_law:
        return Standing.LAW
    return _STANDING_BY_FORCE.get(force, Standing.PRACTICE)


_LAW_IN_THE_WIDE_SENSE = frozenset(
    {
        Force.LAW,
        Force.REGULATION,
        Force.INTERPRETATION,
        Force.DEPARTMENT_RULE,
        Force.NORMATIVE_DOCUMENT,
    }
)

_STANDING_BY_FORCE = {
    Force.STANDARD: Standing.STANDARD,
    Force.SELF_REGULATION: Standing.PLEDGE,
    Force.PRODUCT: Standing.PRODUCT,
}

_CONFIDENCE_TEXTS = {
    Confidence.VERIFIED: Text("已核对原文", "checked against the text"),
    Confidence.PARTLY_VERIFIED: Text("部分核对", "partly checked"),
    Confidence.SECONDARY: Text("据转述，未见原文", "from commentary, text not seen"),
    Confidence.MEMORY: Text("通行说法，未核对", "well known, not checked"),
    Confidence.MEMORY_LOW: Text("存疑，未核对", "doubtful, not checked"),
    Confidence.ONE_SOURCE: Text("仅见于单一报道", "seen in one press article only"),
}

_FORCE_TEXTS = {
    Force.LAW: Text("法律", "law"),
    Force.REGULATION: Text("行政法规", "administrative regulation"),
    Force.INTERPRETATION: Text("司法解释", "judicial interpretation"),
    Force.DEPARTMENT_RULE: Text("部门规章", "department rule"),
    Force.NORMATIVE_DOCUMENT: Text("规范性文件", "normative document"),
    Force.GUIDANCE: Text("行政指导", "administrative guidance"),
    Force.STANDARD: Text("推荐性国家标准", "recommended national standard"),
    Force.SELF_REGULATION: Text("行业自律", "self-regulation"),
    Force.PRACTICE: Text("检测与行业实践", "testing and market practice"),
    Force.DRAFT: Text("征求意见稿", "draft for comment"),
    Force.PRODUCT: Text("产品义务", "product duty"),
}

_STATUS_TEXTS = {
    Status.IN_FORCE: Text("现行有效", "in force"),
    Status.DRAFT: Text("尚未定稿", "draft"),
    Status.EXPIRED: Text("已过期", "expired"),
}

_STANDING_TEXTS = {
    Standing.LAW: Text("法规", "Law"),
    Standing.STANDARD: Text("标准", "Standard"),
    Standing.PLEDGE: Text("承诺", "Pledge"),
    Standing.PRODUCT: Text("义务", "Duty"),
    Standing.PRACTICE: Text("实践", "Practice"),
    Standing.DRAFT: Text("草案", "Draft"),
    Standing.EXPIRED: Text("已过期", "Expired"),
}
