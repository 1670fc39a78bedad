"""What runs from the first start on, in the order in which the system starts things, by owner.

One model, from which the picture, its table and the text are made. An observation belongs to the
phase whose method begins its path; acts of one sort by one owner in one phase are one entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.inspection import Inspection
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind, Subject

_SHOWN = frozenset({Subject.INFORMATION, Subject.BEHAVIOUR})
_MOMENTS = frozenset(
    {Moment.SEEN_BEFORE_CONSENT, Moment.CERTAIN, Moment.CONDITIONAL, Moment.GUARDED}
)
_PROVIDERS = ("onCreate()Z", "create(Landroid/content/Context;)", "attachInfo(")
_APPLICATION_CREATED = "onCreate()V"


class Phase(StrEnum):
    """A phase of the first start, in order."""

    APPLICATION = "application"
    PROVIDERS = "providers"
    CREATED = "created"
    FIRST_SCREEN = "first-screen"
    EVENT = "event"
    AFTER_TEST = "after-test"

    @property
    def text(self) -> Text:
        """What it is called."""
        return _TEXTS[self]

    @property
    def hint(self) -> str:
        """The methods that begin it, as developers know them."""
        return _HINTS[self]


_TEXTS = {
    Phase.APPLICATION: Text("应用被创建", "App is made"),
    Phase.PROVIDERS: Text("组件自动初始化", "Parts set themselves up"),
    Phase.CREATED: Text("应用启动", "App starts"),
    Phase.FIRST_SCREEN: Text("首个界面", "First screen"),
    Phase.EVENT: Text("系统事件唤起", "Woken by the system"),
    Phase.AFTER_TEST: Text("判断已同意之后", "Behind a test of consent"),
}
_HINTS = {
    Phase.APPLICATION: "attachBaseContext",
    Phase.PROVIDERS: "ContentProvider",
    Phase.CREATED: "Application.onCreate",
    Phase.FIRST_SCREEN: "Activity",
    Phase.EVENT: "Receiver / Service",
    Phase.AFTER_TEST: "",
}


_BY_NAME = {
    "<clinit>": Phase.APPLICATION,
    "<init>": Phase.APPLICATION,
    "attachBaseContext": Phase.APPLICATION,
    "onReceive": Phase.EVENT,
    "onStartJob": Phase.EVENT,
    "onStartCommand": Phase.EVENT,
    "onHandleIntent": Phase.EVENT,
    "onHandleWork": Phase.EVENT,
    "onBind": Phase.EVENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEntry:
    """Acts of one sort by one owner in one phase.

    Attributes:
        owner: Whose code holds them.
        phase: When.
        moment: How surely.
        act: What is done, or which information is read.
        is_reading: Whether information is read.
        observations: The observations, the earliest first.

    """

    owner: Owner
    phase: Phase
    moment: Moment
    act: Text
    is_reading: bool
    observations: tuple[Observation, ...]


def start_entries(inspection: Inspection, words: ReportWords) -> tuple[StartEntry, ...]:
    """Return what runs before consent or behind a test of it.

    Ordered by owner (the app's own code, then SDKs by their names, then the rest), phase, moment
    and name of the act; readings stand before other acts.
    """
    groups: dict[tuple[Owner, Phase, Moment, bool, str, str | None], list[Observation]] = {}
    launchers = frozenset(inspection.package.launchers)
    for one in inspection.observations:
        if one.subject in _SHOWN and one.moment in _MOMENTS:
            act = words.act(one)
            is_other = one.subject is not Subject.INFORMATION
            phase = phase_of(one, launchers)
            key = (one.owner, phase, one.moment, is_other, act.zh, act.en)
            groups.setdefault(key, []).append(one)
    entries = [
        StartEntry(
            owner=owner,
            phase=phase,
            moment=moment,
            act=Text(zh, en),
            is_reading=not is_other,
            observations=tuple(found),
        )
        for (owner, phase, moment, is_other, zh, en), found in groups.items()
    ]
    kinds, phases = list(OwnerKind), list(Phase)
    return tuple(
        sorted(
            entries,
            key=lambda one: (
                kinds.index(one.owner.kind),
                one.owner,
                phases.index(one.phase),
                one.moment.rank,
                not one.is_reading,
                one.act.zh,
            ),
        )
    )


def phase_of(one: Observation, launchers: frozenset[str]) -> Phase:
    """Return in which phase an observation runs, by the method that begins its path.

    Args:
        one: The observation.
        launchers: Classes of the screens that people start the app by.

    """
    if one.moment is Moment.GUARDED:
        return Phase.AFTER_TEST
    if not one.path:
        return Phase.CREATED
    first = one.path[0]
    if first.class_name in launchers:
        return Phase.FIRST_SCREEN
    if first.method.startswith(_PROVIDERS):
        return Phase.PROVIDERS
    # Only an application has an `onCreate` without a parameter here; a screen's has a state.
    is_app = first.method.startswith(_APPLICATION_CREATED)
    last = Phase.CREATED if is_app else Phase.FIRST_SCREEN
    return _BY_NAME.get(first.method.partition("(")[0], last)


def by_owner(entries: tuple[StartEntry, ...]) -> Iterator[tuple[Owner, tuple[StartEntry, ...]]]:
    """Yield the entries of each owner, in their order."""
    for owner, found in groupby(entries, key=lambda one: one.owner):
        yield owner, tuple(found)
