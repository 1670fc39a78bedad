"""A duty: one thing that an article, a notice, the pledge or the product asks for.

Texts are our own summaries (摘要), never the words of the law.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.law.ids import DutyId, FigureId, InstrumentId
from chengnuo.law.standing import Confidence, Standing


class DutyKind(StrEnum):
    """What sort of rule it is."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    RIGHT = "right"
    PRINCIPLE = "principle"
    EXCEPTION = "exception"
    SCOPE = "scope"
    DEFINITION = "definition"
    LIABILITY = "liability"
    VIOLATION = "violation"
    """The text names a behavior that counts as a breach."""
    PLEDGE = "pledge"
    PRODUCT = "product"
    """One of the sixteen duties that Chengnuo keeps a control for."""


class Party(StrEnum):
    """Who carries a duty."""

    HANDLER = "handler"
    OVERSEAS_HANDLER = "overseas-handler"
    ENTRUSTED_PARTY = "entrusted-party"
    LARGE_PLATFORM = "large-platform"
    STATE_ORGAN = "state-organ"
    VENDOR_OF_STATE_ORGAN = "vendor-of-state-organ"
    AUTHORIZED_BODY = "authorized-body"
    APP_OPERATOR = "app-operator"
    SDK_PROVIDER = "sdk-provider"
    DISTRIBUTION_PLATFORM = "distribution-platform"
    TERMINAL_MAKER = "terminal-maker"
    ACCESS_PROVIDER = "access-provider"
    BASIC_TELECOM = "basic-telecom"


class AskedForm(StrEnum):
    """The strongest form of consent that the article itself asks for."""

    NONE = "none"
    CONSENT = "consent"
    SEPARATE = "separate"
    GUARDIAN = "guardian"


class TestKind(StrEnum):
    """How a machine can tell whether a duty is kept."""

    __test__ = False  # not a test class, whatever its name suggests to a collector

    STATIC = "static"
    RUNTIME = "runtime"
    PROCESS = "process"
    STATISTICAL = "statistical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What can be verified, and how."""

    kind: TestKind
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of one of the two lists; `basis` names the rule or practice that demands it."""

    key: str
    text: Text
    required: bool
    basis: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One duty, or one part of a duty (then `parent` names the whole).

    Attributes:
        id: Stable id: `PIPL-14`, `PIPL-24.1`, `191-3.4`, `action524-2.1`, `duty-1`.
        instrument: The text it comes from.
        article: Number in that text, without words: `14`, `3.4`; None for a whole text.
        place: Where in the text, in words, if the number does not say it: `第24条第1款`.
        summary: Our own summary; shown marked 摘要 and never in quotation marks.
        consent: The form of consent that the article itself asks for.
        conditions: When it applies: limbs and triggers.
        exceptions: What it does not reach, and notes on how to read it.
        parts: Ids of its parts, which are duties of the catalogue themselves.
        related: Duties that say the same or belong with it; for a product duty or a pledge item,
            the articles it rests on.
        figures: Deadlines and thresholds that belong to it.
        check: What a machine can verify.
        proof: Records that would show that it was kept.
        deadline: Date by which an action asked for it, if it did.
        columns: Columns of the list that it asks for.
        concerns_apps: False for duties of carriers, stores and device makers only.
        standing: The honest label.
        note: What to know before relying on it.

    """

    id: DutyId
    instrument: InstrumentId
    kind: DutyKind
    title: Text
    summary: Text
    check: Check
    confidence: Confidence
    standing: Standing
    article: str | None = None
    place: Text | None = None
    group: Text | None = None
    binds: tuple[Party, ...] = ()
    consent: AskedForm = AskedForm.NONE
    conditions: tuple[Text, ...] = ()
    exceptions: tuple[Text, ...] = ()
    parent: DutyId | None = None
    parts: tuple[DutyId, ...] = ()
    related: tuple[DutyId, ...] = ()
    figures: tuple[FigureId, ...] = ()
    proof: tuple[Text, ...] = ()
    deadline: date | None = None
    columns: tuple[Column, ...] = ()
    concerns_apps: bool = True
    note: Text | None = None

    @property
    def shown_as_law(self) -> bool:
        """Tell whether it may be put forward as law; otherwise show its label."""
        return self.standing is Standing.LAW


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedArticle:
    """An article that lays no duty on a handler, and why."""

    id: DutyId
    instrument: InstrumentId
    article: str
    reason: Text
