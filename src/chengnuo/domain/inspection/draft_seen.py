"""What was seen, sorted for a draft: which code reads what, and what each place is called.

The app's own code is sorted by what such information is usually used for, kits by what they are
for; libraries of no catalogue stand by themselves. A reading counts as of one category, as in
drift.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chengnuo.base.columns import plain
from chengnuo.base.text import Text
from chengnuo.domain.finding.package_drift import gets_information
from chengnuo.domain.finding.package_look import PackageLook
from chengnuo.domain.observation.inspection import Presence, SdkSeen
from chengnuo.domain.observation.observation import Observation, Owner, OwnerKind
from chengnuo.domain.observation.sdk_catalogue import Sdk
from chengnuo.law.ids import CategoryId

SHOWN = 3
"""How many places of one category are named in a remark."""
_LONGEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A kit that gets information.

    Attributes:
        seen: It in the package.
        row: It in the catalogue.
        readings: What its code reads here, by category.

    """

    seen: SdkSeen
    row: Sdk
    readings: Mapping[CategoryId, tuple[Observation, ...]]

    @property
    def categories(self) -> tuple[CategoryId, ...]:
        """What it reads here, then what it reads as a rule."""
        return tuple(dict.fromkeys((*self.readings, *self.row.touched.categories)))

    @property
    def runs_before_consent(self) -> bool:
        """Tell whether its code runs before consent."""
        return self.seen.presence is Presence.BEFORE_CONSENT


@dataclass(frozen=True, kw_only=True)
class SeenForDraft:
    """What was seen, sorted.

    Attributes:
        look: The inspection with the catalogues.

    """

    look: PackageLook

    @cached_property
    def own(self) -> Mapping[str, Mapping[CategoryId, tuple[Observation, ...]]]:
        """What the app's own code reads, by group and category."""
        readings = (one for one in self.look.readings if one.owner.kind is OwnerKind.OWN)
        found: dict[str, dict[CategoryId, tuple[Observation, ...]]] = {}
        for category, each in self.look.by_category(readings).items():
            found.setdefault(group_of(category), {})[category] = each
        return dict(sorted(found.items()))

    @cached_property
    def other(self) -> Mapping[CategoryId, tuple[Observation, ...]]:
        """What libraries read that no catalogue names, and code of unknown origin."""
        kinds = {OwnerKind.LIBRARY, OwnerKind.UNKNOWN}
        readings = (one for one in self.look.readings if one.owner.kind in kinds)
        return self.look.by_category(readings)

    @cached_property
    def kits(self) -> tuple[Kit, ...]:
        """The kits that get information, by id."""
        return tuple(sorted(self._kits(), key=lambda one: one.row.id))

    def _kits(self) -> Iterator[Kit]:
        by_owner: dict[Owner, list[Observation]] = {}
        for one in self.look.readings:
            by_owner.setdefault(one.owner, []).append(one)
        for kit in self.look.kits:
            row = self.look.words.sdk(kit.owner)
            is_here = kit.presence is not Presence.STUB and gets_information(self.look, kit.owner)
            if row is not None and is_here:
                readings = self.look.by_category(by_owner.get(kit.owner, ()))
                yield Kit(seen=kit, row=row, readings=readings)

    @cached_property
    def idle_kits(self) -> tuple[SdkSeen, ...]:
        """The kits of which nothing says that they get information, and empty ones."""
        listed = {one.seen.owner for one in self.kits}
        return tuple(one for one in self.look.kits if one.owner not in listed)

    def sources(self, readings: Mapping[CategoryId, tuple[Observation, ...]]) -> Iterator[Text]:
        """Yield where each category was seen, the earliest places first."""
        for category, each in readings.items():
            name = self.look.words.category(category)
            places = {where(one): one.moment.text for one in reversed(each)}
            for at, moment in list(reversed(places.items()))[:SHOWN]:
                yield source(
                    Text(
                        f"{name.zh}（{category}）← {at}，{moment.zh}",
                        f"{name.en} ({category}) ← {at}, {moment.en}",
                    )
                )
            if len(places) > SHOWN:
                more = len(places) - SHOWN
                yield source(Text(f"{name.zh}，另有 {more} 处", f"{name.en}, {more} more places"))


def source(said: Text) -> Text:
    """Return a remark that tells where something of a draft comes from.

    >>> source(Text("清单文件", "the manifest"))
    Text(zh='来源：清单文件', en='from: the manifest')

    """
    return Text(f"来源：{said.zh}", f"from: {said.en or said.zh}")


def where(one: Observation) -> str:
    """Return a place as a person finds it: class and method, what is called, and the file."""
    at = one.place
    method = at.method.partition("(")[0]
    code = ".".join(part for part in (at.class_name, method) if part)
    parts = (code, one.detail("calls") or one.what, one.detail("argument"), at.file)
    return ", ".join(plain(part)[:_LONGEST] for part in parts if part)


def short_call(one: Observation) -> str:
    """Return what a reading calls, by simple class and member, with what decides it."""
    *_, owner, member = ("", *(one.detail("calls") or one.what).split("."))
    argument = one.detail("argument")
    called = f"{owner}.{member}".lstrip(".")
    return plain(f"{called} ({argument})" if argument else called)[:_LONGEST]


_GROUPS: Mapping[str, tuple[str, ...]] = {
    "account": ("PI-NETID-ACCOUNT", "PI-NETID-CRED", "PI-BASIC-EMAIL", "PI-BASIC-NAME"),
    "apps": ("PI-DEVICE-APPS", "PI-ONLINE-USAGE"),
    "biometrics": ("PI-BIO",),
    "calendar": ("PI-CONTACTS-CALENDAR",),
    "camera-and-files": ("PI-DEVICE-CAMERA", "PI-DEVICE-STORAGE"),
    "clipboard": ("PI-COMM-CLIP",),
    "contacts": ("PI-CONTACTS",),
    "device-identifiers": (
        *("PI-DEVICE-IMEI", "PI-DEVICE-IMSI", "PI-DEVICE-AID", "PI-DEVICE-OAID"),
        *("PI-DEVICE-MAC", "PI-BASIC-PHONE"),
    ),
    "device-state": ("PI-DEVICE-MODEL", "PI-NETID-IP"),
    "health": ("PI-HEALTH",),
    "location": ("PI-LOC", "PI-DEVICE-WIFI"),
    "messages-and-calls": ("PI-COMM-CONTENT", "PI-COMM-CALLLOG"),
    "sensors": ("PI-DEVICE-SENSOR",),
    "sound": ("PI-COMM-AUDIO",),
}
"""What own code usually reads for one end; a shorter name stands for every category below it."""

_GROUP_BY_NAME = {name: group for group, names in _GROUPS.items() for name in names}


def group_of(category: CategoryId) -> str:
    """Return the group of a category; its group of the law where the table has none.

    >>> group_of(CategoryId("PI-LOC-TRACK")), group_of(CategoryId("PI-ONLINE-BROWSE"))
    ('location', 'online')

    """
    above = category.rsplit("-", 1)[0]
    known = _GROUP_BY_NAME.get(category) or _GROUP_BY_NAME.get(above)
    return known or above.removeprefix("PI-").lower()


def names_of(look: PackageLook, categories: Iterable[CategoryId]) -> Text:
    """Return what categories are called, in a list."""
    names = [look.words.category(one) for one in categories]
    return Text("、".join(one.zh for one in names), ", ".join(one.en or one.zh for one in names))
