"""The JSON of an inspection, read back strictly; the only place that knows its names for reading.

A report of an earlier release comes from a file that anybody may have changed: its size is limited,
every field of the inspection has its type, and an unknown one is refused. The parts of the report
beside the inspection are read by `inspection_report_form`.
"""

from typing import Annotated, TypeVar

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready
from chengnuo.domain.observation.inspection import (
    Inspection,
    PackageFacts,
    PackageKind,
    Presence,
    SdkSeen,
    Unread,
)
from chengnuo.domain.observation.moment import Moment
from chengnuo.domain.observation.observation import (
    Confidence,
    Guard,
    Observation,
    ObservationId,
    Observer,
    Owner,
    OwnerKind,
    Place,
    Step,
    Subject,
    Why,
)
from chengnuo.law.ids import CategoryId

MOST_BYTES = 512 << 20

Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{12}\Z")]
Count = Annotated[int, msgspec.Meta(ge=0)]
OrNone = Annotated[int, msgspec.Meta(ge=-1)]


class InspectionFormError(InvalidInputError):
    """A file is no JSON report of an inspection that can be read here."""

    code = "wrong-inspection-file"

    def __init__(self, why: str) -> None:
        super().__init__(f"the file is no report of an inspection: {why}")
        self.why = why


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A part in which an unknown member is an error."""


class WrittenPackage(Strict, frozen=True):
    """What the package says of itself."""

    kind: PackageKind
    sha256: Hash
    size: Count
    app_id: str
    version_name: str
    version_code: OrNone
    min_sdk: OrNone
    target_sdk: OrNone
    signers: tuple[Hash, ...]
    files: Count
    methods: Count
    launchers: tuple[str, ...]

    def to_domain(self) -> PackageFacts:
        """Return the value."""
        return PackageFacts(**msgspec.structs.asdict(self))


class WrittenOwner(Strict, frozen=True):
    """Whose code it is."""

    kind: OwnerKind
    id: str
    also: tuple[str, ...]

    def to_domain(self) -> Owner:
        """Return the value."""
        return Owner(kind=self.kind, id=self.id, also=self.also)


class WrittenSdk(Strict, frozen=True):
    """A kit."""

    owner: WrittenOwner
    presence: Presence
    version: str
    signs: tuple[str, ...]
    reads: tuple[str, ...]
    moment: Moment

    def to_domain(self) -> SdkSeen:
        """Return the value."""
        return SdkSeen(
            owner=self.owner.to_domain(),
            presence=self.presence,
            version=self.version,
            signs=self.signs,
            reads=self.reads,
            moment=self.moment,
        )


class WrittenPlace(Strict, frozen=True):
    """A place."""

    file: str
    class_name: str
    method: str
    pc: OrNone
    line: Count


class WrittenGuard(Strict, frozen=True):
    """A test on the way."""

    condition: str
    taken: bool
    is_consent: bool
    pc: OrNone


class WrittenStep(Strict, frozen=True):
    """A method on the way."""

    class_name: str
    method: str
    pc: OrNone
    why: Why
    guards: tuple[WrittenGuard, ...]

    def to_domain(self) -> Step:
        """Return the value."""
        return Step(
            class_name=self.class_name,
            method=self.method,
            pc=self.pc,
            why=self.why,
            guards=tuple(Guard(**msgspec.structs.asdict(one)) for one in self.guards),
        )


class WrittenObservation(Strict, frozen=True):
    """One thing that was seen."""

    id: Id
    observer: Observer
    subject: Subject
    what: str
    categories: tuple[str, ...]
    owner: WrittenOwner
    caused_by: WrittenOwner
    permissions: tuple[str, ...]
    moment: Moment
    place: WrittenPlace
    path: tuple[WrittenStep, ...]
    confidence: Confidence
    details: tuple[tuple[str, str], ...]

    def to_domain(self) -> Observation:
        """Return the value."""
        return Observation(
            id=ObservationId(self.id),
            observer=self.observer,
            subject=self.subject,
            what=self.what,
            categories=tuple(map(CategoryId, self.categories)),
            owner=self.owner.to_domain(),
            caused_by=self.caused_by.to_domain(),
            permissions=self.permissions,
            moment=self.moment,
            place=Place(**msgspec.structs.asdict(self.place)),
            path=tuple(step.to_domain() for step in self.path),
            confidence=self.confidence,
            details=self.details,
        )


class WrittenUnread(Strict, frozen=True):
    """A part that was not looked into."""

    where: str
    why: str


class WrittenInspection(Strict, frozen=True):
    """An inspection."""

    package: WrittenPackage
    knowledge: str
    sdks: tuple[WrittenSdk, ...]
    observations: tuple[WrittenObservation, ...]
    unread: tuple[WrittenUnread, ...]
    not_finished: tuple[str, ...]

    def to_domain(self) -> Inspection:
        """Return the value."""
        return Inspection(
            package=self.package.to_domain(),
            observations=tuple(one.to_domain() for one in self.observations),
            sdks=tuple(one.to_domain() for one in self.sdks),
            unread=tuple(Unread(where=one.where, why=one.why) for one in self.unread),
            not_finished=self.not_finished,
            knowledge=self.knowledge,
        )


Form = TypeVar("Form")


def decoded(data: bytes, form: type[Form]) -> Form:
    """Return a JSON report as one of its wire forms.

    Raises:
        InspectionFormError: It is too large, no JSON, or not of that form.

    """
    if len(data) > MOST_BYTES:
        raise InspectionFormError("it is too large")
    try:
        return msgspec.json.decode(data, type=ready(form))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InspectionFormError(str(error)) from error
