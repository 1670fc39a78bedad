"""Deadlines and thresholds: a figure, which side of it counts, from when, and on what authority."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chengnuo.base.text import Text
from chengnuo.law.ids import FigureId, InstrumentId
from chengnuo.law.standing import Confidence, Force, Standing, Status, standing_of


class Comparator(StrEnum):
    """Which side of the line the duty or the trigger lies on."""

    AT_MOST = "<="
    AT_LEAST = ">="
    BELOW = "<"
    ABOVE = ">"
    EXACTLY = "="
    WITHIN_LAST = "within-last"
    """Inside the last so many days before an end."""


class Unit(StrEnum):
    """What a figure counts; the last ones count nothing and say what is asked instead."""

    HOURS = "hours"
    SECONDS = "seconds"
    CALENDAR_DAYS = "calendar-days"
    WORKING_DAYS = "working-days"
    MONTHS = "months"
    YEARS = "years"
    DATE = "date"
    DATE_EACH_YEAR = "date-each-year"
    PER_YEAR = "per-year"
    PERSONS = "persons"
    PERSONS_PER_CALENDAR_YEAR = "persons-per-calendar-year"
    PERSONS_STORED = "persons-stored"
    ACCOUNTS = "accounts"
    RECORDS = "records"
    APPS = "apps"
    TAPS = "taps"
    MENU_LEVEL = "menu-level"
    SHARE = "share"
    YUAN = "yuan"
    CONSECUTIVE_AUDITS = "consecutive-audits"
    LAB_PARAMETERS = "lab-parameters"
    CONDITIONS = "conditions"
    ELEMENTS = "elements"
    ARTICLES = "articles"
    SCENES = "scenes"
    PROMPTLY = "promptly"
    IMMEDIATELY = "immediately"
    ALWAYS = "always"
    REQUIRED = "required"
    PROHIBITED = "prohibited"
    BEFORE_PROCESSING = "before-processing"
    SHORTEST_NECESSARY = "shortest-necessary"
    DEFAULT = "default"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One deadline or threshold.

    Attributes:
        value: The figure; None where the text sets none (then `unit` says what it asks).
        values: Several figures under one head, by name: `{"min": 10000, "max": 100000}`.
        elements: What is listed, where the text lists things rather than counts them.
        unit: What is counted. Yuan are whole yuan, not fen; a share is of 1.
        comparator: Which side of the line counts; None where there is no line.
        clock_start: From which event a deadline runs.
        applies_to: Whom it binds.
        instrument: The text it comes from; `article` the number in it, None if not known;
            `place` where in it, in words, if the number does not say it.
        effective: First day it applied, as exact as known: `2021-11-01`, `2023-02`.

    """

    id: FigureId
    topic: str
    text: Text
    unit: Unit
    applies_to: Text
    instrument: InstrumentId
    force: Force
    status: Status
    confidence: Confidence
    value: int | float | date | None = None
    values: Mapping[str, int | float] = field(default_factory=dict)
    elements: tuple[Text, ...] = ()
    comparator: Comparator | None = None
    clock_start: Text | None = None
    article: str | None = None
    place: Text | None = None
    effective: str | None = None
    note: Text | None = None

    @property
    def standing(self) -> Standing:
        """Return the honest label: law only where verified and in force."""
        return standing_of(self.force, self.status, self.confidence)

    @property
    def shown_as_law(self) -> bool:
        """Tell whether it may be put forward as law; otherwise show its label."""
        return self.standing is Standing.LAW
