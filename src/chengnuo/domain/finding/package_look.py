"""What rules about packages may look at: what was seen, the register by what it declares, the law.

Laid out once, so that a check takes time in proportion to what was seen. Names of permissions are
full here; registers write them without `android.permission.`.

A reading counts as of one category: of those that its sign stands for the first that is declared,
else the main one. Readings by a weak sign, which says something only beside others, calls that only
write, what support libraries only do on request, and code that nothing leads to do not count.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from chengnuo.domain.finding.declared_sdks import DeclaredSdks
from chengnuo.domain.finding.package_policy import PolicyLook
from chengnuo.domain.finding.package_words import ReportWords
from chengnuo.domain.observation.api_catalogue import Role
from chengnuo.domain.observation.inspection import Inspection, SdkSeen
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    ObservationId,
    Owner,
    OwnerKind,
    Subject,
)
from chengnuo.domain.observation.seen import BlindSpot
from chengnuo.domain.observation.support_libraries import is_support
from chengnuo.domain.register.activity import ProcessingActivity
from chengnuo.domain.register.app import App
from chengnuo.domain.register.ids import RecipientId
from chengnuo.domain.register.kinds import RowRef
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.recipient import Recipient
from chengnuo.law.app_type import AppType
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId

_PREFIX = "android.permission."


@dataclass(frozen=True, kw_only=True)
class PackageLook:
    """What the rules look at.

    Attributes:
        inspection: What was seen.
        knowledge: What it was seen with.
        catalogue: The law.
        today: The civil day of the check, in the mainland.
        register: The register that it is held against, if any.
        app: The app of the register that the package is of; None where that cannot be told.
        policy: What the text of a privacy policy names, if one is given.

    """

    inspection: Inspection
    knowledge: Knowledge
    catalogue: Catalogue
    today: date
    register: Register | None = None
    app: App | None = None
    policy: PolicyLook | None = None

    @cached_property
    def words(self) -> ReportWords:
        """What things are called."""
        return ReportWords(law=self.catalogue, knowledge=self.knowledge)

    @cached_property
    def about(self) -> RowRef:
        """The package as a row, by its application id, whatever register it is held against."""
        facts = self.inspection.package
        return RowRef("app", facts.app_id or facts.kind.value)

    @cached_property
    def app_row(self) -> RowRef:
        """The row to mend where no closer one is known."""
        return self.about if self.app is None else RowRef("app", self.app.app)

    @cached_property
    def _seen(self) -> Mapping[tuple[Subject, str], tuple[Observation, ...]]:
        found: dict[tuple[Subject, str], list[Observation]] = defaultdict(list)
        for one in self.inspection.observations:
            found[one.subject, one.what].append(one)
        return {key: tuple(each) for key, each in found.items()}

    def seen(self, subject: Subject, what: str) -> tuple[Observation, ...]:
        """Return what was seen of one thing."""
        return self._seen.get((subject, what), ())

    def of(self, subject: Subject) -> Iterator[Observation]:
        """Yield what was seen about a subject."""
        return (one for one in self.inspection.observations if one.subject is subject)

    @cached_property
    def _by_id(self) -> Mapping[ObservationId, Observation]:
        return {one.id: one for one in self.inspection.observations}

    def observed(self, ids: Iterable[ObservationId]) -> tuple[Observation, ...]:
        """Return observations by their ids."""
        return tuple(self._by_id[one] for one in ids)

    @cached_property
    def readings(self) -> tuple[Observation, ...]:
        """What counts as a reading."""
        seen = self.inspection.observations
        return tuple(one for one in seen if is_reading(one) and one.what not in self._sinks)

    @cached_property
    def support_readings(self) -> tuple[Observation, ...]:
        """What support libraries could read before consent, at the request of the app."""
        return tuple(
            one
            for one in self.inspection.observations
            if is_of_support(one.owner)
            and one.moment is Moment.CONDITIONAL
            and _is_sure_reading(one)
            and one.what not in self._sinks
        )

    @cached_property
    def _sinks(self) -> frozenset[str]:
        apis = self.knowledge.apis.apis
        return frozenset(str(id_) for id_, api in apis.items() if api.role is Role.SINK)

    @cached_property
    def permissions(self) -> Mapping[str, tuple[Observation, ...]]:
        """The permissions that the package asks for, by full name."""
        return {
            one.what: self.seen(Subject.PERMISSION, one.what) for one in self.of(Subject.PERMISSION)
        }

    @cached_property
    def is_packed(self) -> bool:
        """Tell whether only a shell of the app was seen."""
        return bool(self.seen(Subject.BLIND_SPOT, BlindSpot.PACKED))

    @cached_property
    def is_whole_app(self) -> bool:
        """Tell whether the app's code was there to be seen, so that what is missing tells."""
        return self.inspection.package.kind.is_app and not self.is_packed

    @cached_property
    def kits(self) -> tuple[SdkSeen, ...]:
        """The kits in the package."""
        return self.inspection.sdks

    @cached_property
    def activities(self) -> tuple[ProcessingActivity, ...]:
        """The activities of the app; every one where the app cannot be told."""
        if self.register is None:
            return ()
        if self.app is None:
            return self.register.activities
        return tuple(self.register.activities_of(self.app.app))

    @cached_property
    def recipients(self) -> tuple[Recipient, ...]:
        """The recipients of these activities: those that stand in the list of what is shared."""
        if self.register is None:
            return ()
        named = {each for activity in self.activities for each in activity.recipients}
        return tuple(one for one in self.register.recipients if one.recipient in named)

    @cached_property
    def listed(self) -> DeclaredSdks:
        """These recipients, as SDKs."""
        return DeclaredSdks(recipients=self.recipients, catalogue=self.knowledge.sdks)

    @cached_property
    def registered(self) -> DeclaredSdks:
        """All recipients of the register, as SDKs, whether an activity names them or not."""
        everyone = () if self.register is None else self.register.recipients
        return DeclaredSdks(recipients=everyone, catalogue=self.knowledge.sdks)

    @cached_property
    def declared_categories(self) -> Mapping[CategoryId, tuple[RowRef, ...]]:
        """The rows that declare a category: activities, then recipients."""
        found: dict[CategoryId, list[RowRef]] = defaultdict(list)
        for activity in self.activities:
            for category in dict.fromkeys(activity.categories):
                found[category].append(activity_row(activity))
        for recipient in self.recipients:
            for category in dict.fromkeys(recipient.categories):
                found[category].append(recipient_row(recipient.recipient))
        return {category: tuple(rows) for category, rows in found.items()}

    @cached_property
    def declared_permissions(self) -> Mapping[str, tuple[RowRef, ...]]:
        """The activities that declare a permission, by full name."""
        found: dict[str, list[RowRef]] = defaultdict(list)
        for activity in self.activities:
            for name in dict.fromkeys(map(full_name, activity.permissions.android)):
                found[name].append(activity_row(activity))
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def app_types(self) -> tuple[AppType, ...]:
        """The common types of the app."""
        types = () if self.app is None else self.app.app_types
        return tuple(self.catalogue.app_type(one) for one in types)

    def category_of(self, one: Observation) -> CategoryId:
        """Return the category that a reading counts as."""
        declared = (each for each in one.categories if each in self.declared_categories)
        return next(declared, one.categories[0])

    def by_category(
        self, readings: Iterable[Observation]
    ) -> Mapping[CategoryId, tuple[Observation, ...]]:
        """Return readings by the category that they count as, sorted."""
        found: dict[CategoryId, list[Observation]] = defaultdict(list)
        for one in readings:
            found[self.category_of(one)].append(one)
        return {category: tuple(found[category]) for category in sorted(found)}

    def recipient_of(self, owner: Owner) -> Recipient | None:
        """Return the recipient that an owner is, listed ones first."""
        found = (*self.listed.of(owner), *self.registered.of(owner))
        return found[0] if found else None

    def recipient_id(self, owner: Owner) -> RecipientId | None:
        """Return the id of the recipient that an owner is."""
        found = self.recipient_of(owner)
        return None if found is None else found.recipient

    def row_of(self, owner: Owner) -> RowRef:
        """Return the recipient that an owner is; the app where there is none."""
        recipient = self.recipient_of(owner)
        return self.app_row if recipient is None else recipient_row(recipient.recipient)


_OWN_DOING = frozenset({Moment.SEEN_BEFORE_CONSENT, Moment.CERTAIN})


def is_reading(one: Observation) -> bool:
    """Tell whether an observation counts as a reading of information.

    What a support library could do, it does at the request of the app: only what runs at every
    start is counted as its own doing.
    """
    return _is_sure_reading(one) and not (is_of_support(one.owner) and one.moment not in _OWN_DOING)


def _is_sure_reading(one: Observation) -> bool:
    return (
        one.subject is Subject.INFORMATION
        and bool(one.categories)
        and one.confidence is not Confidence.LOW
        and one.moment is not Moment.UNREACHABLE
    )


def is_of_support(owner: Owner) -> bool:
    """Tell whether code is of a library around the system's own calls."""
    return owner.kind is OwnerKind.LIBRARY and is_support(owner.id)


def full_name(permission: str) -> str:
    """Return the full name of a permission as a register may write it.

    >>> full_name("CAMERA")
    'android.permission.CAMERA'
    >>> full_name("com.android.voicemail.permission.ADD_VOICEMAIL")
    'com.android.voicemail.permission.ADD_VOICEMAIL'

    """
    return permission if "." in permission else f"{_PREFIX}{permission}"


def activity_row(activity: ProcessingActivity) -> RowRef:
    """Return the reference of an activity."""
    return RowRef("activity", activity.activity)


def recipient_row(recipient: RecipientId) -> RowRef:
    """Return the reference of a recipient."""
    return RowRef("recipient", recipient)


def by_owner(seen: Iterable[Observation]) -> Mapping[Owner, tuple[Observation, ...]]:
    """Return observations by whose code holds them, sorted."""
    found: dict[Owner, list[Observation]] = defaultdict(list)
    for one in seen:
        found[one.owner].append(one)
    return {owner: tuple(found[owner]) for owner in sorted(found)}


def owner_key(owner: Owner) -> str:
    """Return what stands for an owner in the key of a hit."""
    return f"{owner.kind}:{owner.id}"
