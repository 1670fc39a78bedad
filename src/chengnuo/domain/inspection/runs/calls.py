"""What a call of a recorded run reads or does, by the catalogue of calls, else by words.

A call on the app's own package is no reading of the apps of the phone: every app asks the system
about itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from chengnuo.domain.inspection.runs.words import category_of_words
from chengnuo.domain.observation.api_catalogue import Api, Role
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.runtime_event import Frame, RuntimeEvent
from chengnuo.domain.observation.string_signs import Table
from chengnuo.domain.observation.support_libraries import is_support
from chengnuo.law.ids import CategoryId

APPS: Final = CategoryId("PI-DEVICE-APPS")
_PLATFORM: Final = (
    "android",
    "com.android",
    "dalvik",
    "de.robv.android.xposed",
    "io.github.libxposed",
    "java",
    "javax",
    "libcore",
    "me.weishu.epic",
    "org.lsposed",
    "sun",
    "com.yl.lib.privacy",
    "com.swift.sandhook",
)
"""Packages of the system, and of what hooks calls, whose frames do not say who called."""
_OPERATIONS: Final = ("android.permission.{0}", "android.permission.ACCESS_{0}")
_ABOUT_ONE: Final = frozenset(
    ("getPackageInfo", "getApplicationInfo", "getPackageUid", "getLaunchIntentForPackage")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an event tells.

    Attributes:
        subject: `INFORMATION` or `BEHAVIOUR`.
        what: Id of the call in the catalogue, the behaviour, or the category.
        categories: What is read, the main one first.
        call: The call as it is shown.

    """

    subject: Subject
    what: str
    categories: tuple[CategoryId, ...]
    call: str


@lru_cache(maxsize=4096)
def is_platform(class_name: str) -> bool:
    """Tell whether a class is of the system or of a tool that hooks calls."""
    return is_support(class_name) or any(
        class_name == one or class_name.startswith(f"{one}.") for one in _PLATFORM
    )


@dataclass(frozen=True)
class Calls:
    """Tells what calls are.

    Attributes:
        knowledge: The catalogues.
        app_id: The app's own package, or empty where it is not known.

    """

    knowledge: Knowledge
    app_id: str = ""

    def told(self, event: RuntimeEvent) -> Told | None:
        """Return what an event tells; None where it is nothing that matters."""
        found = next(self._apis(event), None)
        signed = self._by_signs(event)
        if found is None and signed is not None:
            return signed
        call = event.signature or event.action
        if found is not None:
            call = event.signature.replace("->", ".") or f"{_dotted(found)}.{found.member}"
            if found.behaviour is Behaviour.REQUEST_PERMISSION:
                return Told(
                    subject=Subject.BEHAVIOUR,
                    what=Behaviour.REQUEST_PERMISSION.value,
                    categories=(),
                    call=call,
                )
        if self._is_about_itself(event, found):
            return None
        categories = () if found is None else self._categories(found, event)
        if not categories and (found is None or found.role is Role.SOURCE):
            word = category_of_words(event.action, event.signature)
            categories = () if word is None else (word,)
        if not categories or (found is not None and found.role is not Role.SOURCE):
            return None
        return Told(
            subject=Subject.INFORMATION,
            what=self._id_of(event, found) or f"log:{categories[0]}",
            categories=categories,
            call=call,
        )

    def _apis(self, event: RuntimeEvent) -> Iterator[Api]:
        """Yield the calls of the catalogue that an event may be, the surest first."""
        class_name, _, member = event.signature.rpartition("->")
        if class_name:
            yield from self._methods(Frame(class_name=class_name, method=member))
        for frame in event.stack:
            yield from self._methods(frame)
            if not is_platform(frame.class_name):
                break
        if member and not class_name:
            yield from self._by_member.get(member, ())

    def _id_of(self, event: RuntimeEvent, api: Api | None) -> str:
        """Return the id of a call, as far as its class is told; else nothing."""
        if api is None:
            return ""
        class_name = event.signature.rpartition("->")[0]
        told = {class_name, *(one.class_name for one in event.stack)}
        return str(api.id) if _dotted(api) in told or not self._shared[api.member] else ""

    @cached_property
    def _shared(self) -> Mapping[str, bool]:
        """Whether calls of several classes have a name."""
        classes: dict[str, set[str]] = defaultdict(set)
        for api in self.knowledge.apis.apis.values():
            classes[api.member].add(api.class_name)
        return {member: len(each) > 1 for member, each in classes.items()}

    def _methods(self, frame: Frame) -> tuple[Api, ...]:
        descriptor = f"L{frame.class_name.replace('.', '/')};"
        return self.knowledge.apis.methods(descriptor, frame.method)

    @cached_property
    def _by_member(self) -> Mapping[str, tuple[Api, ...]]:
        """The calls by name alone, as far as all of a name read the same."""
        found: dict[str, list[Api]] = defaultdict(list)
        for api in self.knowledge.apis.apis.values():
            if not api.is_field and api.member:
                found[api.member].append(api)
        return {
            member: (min(each, key=_plainest),)
            for member, each in found.items()
            if len({one.touched.categories[:1] for one in each}) == 1
        }

    def _categories(self, api: Api, event: RuntimeEvent) -> tuple[CategoryId, ...]:
        if api.argument is None:
            return api.touched.categories if api.touched.alone else ()
        if api.argument.table is Table.PACKAGE:
            others = any(one != self.app_id for one in event.names)
            return api.touched.maybe if others and self.app_id else ()
        for name in event.names:
            sign = self.knowledge.strings.find(api.argument.table, name)
            if sign is not None:
                return sign.touched.categories
        return api.touched.categories

    def _by_signs(self, event: RuntimeEvent) -> Told | None:
        for sign in event.signs:
            permissions = (self.knowledge.permissions.find(one.format(sign)) for one in _OPERATIONS)
            row = next((one for one in permissions if one is not None), None)
            word = category_of_words(sign)
            categories = (
                row.touched.categories if row is not None else () if word is None else (word,)
            )
            if categories:
                return Told(
                    subject=Subject.INFORMATION,
                    what=f"log:{categories[0]}",
                    categories=categories,
                    call=sign,
                )
        return None

    def _is_about_itself(self, event: RuntimeEvent, api: Api | None) -> bool:
        """Tell whether a call asks about one package, and names none but the app's own."""
        member = event.signature.rpartition("->")[2] or (api.member if api is not None else "")
        about_one = member in _ABOUT_ONE or any(one in event.action for one in _ABOUT_ONE)
        return about_one and not any(one != self.app_id for one in event.names if self.app_id)


def _plainest(api: Api) -> tuple[bool, int, str]:
    return (not api.class_name.startswith("Landroid/"), len(api.class_name), api.id)


def _dotted(api: Api) -> str:
    return api.class_name.removeprefix("L").removesuffix(";").replace("/", ".")
