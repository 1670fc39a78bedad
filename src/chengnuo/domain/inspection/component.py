"""The parts of an app that the system starts: activities, services, receivers, providers.

As the manifest of Android declares them (developer documentation, "App manifest file"); what is
left out has the value that the system gives it.
"""

from dataclasses import dataclass
from enum import StrEnum

MAIN = "android.intent.action.MAIN"
LAUNCHER = "android.intent.category.LAUNCHER"


class ComponentKind(StrEnum):
    """A kind of component, named as its element."""

    ACTIVITY = "activity"
    ALIAS = "activity-alias"
    SERVICE = "service"
    RECEIVER = "receiver"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentData:
    """What a filter takes by its data; each may be empty."""

    scheme: str = ""
    host: str = ""
    port: str = ""
    path: str = ""
    mime_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentFilter:
    """What a component can be started by."""

    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    data: tuple[IntentData, ...] = ()
    priority: int = 0

    @property
    def is_launcher(self) -> bool:
        """Tell whether it puts an icon on the home screen."""
        return MAIN in self.actions and LAUNCHER in self.categories


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaData:
    """A value that a library reads from the manifest; `resource_id` is 0 for a plain value."""

    name: str
    value: str
    resource_id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One component.

    Attributes:
        kind: What it is.
        name: Class, fully qualified; of an alias its own name.
        target: Of an alias the activity that it starts, else empty.
        exported: Whether other apps may start it, by the rules of the release where not said.
        enabled: Whether it may be started before code enables it.
        process: Name of the process that it runs in.
        permission: What a caller must hold, empty for nothing.
        filters: Intent filters.
        meta_data: Values for libraries.
        init_order: Of a provider: higher is started earlier.
        authorities: Of a provider.
        foreground_types: Of a service: for what it may run in the foreground, by their names.
        direct_boot_aware: Whether it may run before the phone was unlocked.
        line: Line in the source of the manifest, 0 if not kept.

    """

    kind: ComponentKind
    name: str
    target: str = ""
    exported: bool = False
    enabled: bool = True
    process: str = ""
    permission: str = ""
    filters: tuple[IntentFilter, ...] = ()
    meta_data: tuple[MetaData, ...] = ()
    init_order: int = 0
    authorities: tuple[str, ...] = ()
    foreground_types: tuple[str, ...] = ()
    direct_boot_aware: bool = False
    line: int = 0

    @property
    def is_launcher(self) -> bool:
        """Tell whether it is started from the home screen."""
        starts = self.kind in {ComponentKind.ACTIVITY, ComponentKind.ALIAS}
        return starts and any(one.is_launcher for one in self.filters)
