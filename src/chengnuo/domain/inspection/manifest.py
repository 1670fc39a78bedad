"""The manifest of an app, typed: what it asks for, what of it the system starts, and when.

Source: developer documentation of Android, "App manifest file", and the rules of the platform for
what is left out (`exported` by intent filters; of providers by the target API level, 17 on).
"""

from dataclasses import dataclass

from chengnuo.domain.inspection.component import (
    Component,
    ComponentKind,
    IntentData,
    IntentFilter,
    MetaData,
)
from chengnuo.domain.inspection.manifest_values import (
    flag,
    foreground_types,
    number,
    process_of,
    protection,
    qualified,
    text_of,
)
from chengnuo.engines.axml.element import Element, Reference, Value
from chengnuo.engines.axml.resources import Resources

PROVIDERS_EXPORTED_UP_TO = 16
PERMISSIONS = ("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m")


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPermission:
    """A permission that the app asks for.

    Attributes:
        name: In full.
        max_sdk: Last API level on which it is asked for, 0 for no end.
        from_sdk_23: It is asked for on API level 23 and later only.
        line: Line in the source of the manifest, 0 if not kept.

    """

    name: str
    max_sdk: int = 0
    from_sdk_23: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinedPermission:
    """A permission that the app itself defines; `protection` as `normal` or `signature`."""

    name: str
    protection: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """Hardware or software that the app uses."""

    name: str
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """Which other apps it wants to see (API level 30 and later)."""

    packages: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The manifest of an app.

    Attributes:
        package: Application id.
        version_code, version_name: 0 and empty where not said.
        min_sdk, target_sdk: API levels; the target is the least where not said, the least 1.
        shared_id: Empty for none.
        permissions: Asked for, in their order.
        defined_permissions: Defined here.
        application: Class of the application object, empty for that of the platform.
        component_factory: Class that makes the components, empty for that of the platform.
        process: Process that components run in unless they say otherwise.
        uses_cleartext: What `usesCleartextTraffic` says, None if nothing.
        network_security_config: Resource id of the configuration, 0 for none.
        allow_backup: Whether data goes into backups.
        debuggable: Whether anyone with a cable can look in.
        components: In the order of the document.
        meta_data: Of the application.
        queries: Which other apps it wants to see.
        features: What it uses.

    """

    package: str
    version_code: int = 0
    version_name: str = ""
    min_sdk: int = 1
    target_sdk: int = 1
    shared_id: str = ""
    permissions: tuple[UsedPermission, ...] = ()
    defined_permissions: tuple[DefinedPermission, ...] = ()
    application: str = ""
    component_factory: str = ""
    process: str = ""
    uses_cleartext: bool | None = None
    network_security_config: int = 0
    allow_backup: bool = True
    debuggable: bool = False
    components: tuple[Component, ...] = ()
    meta_data: tuple[MetaData, ...] = ()
    queries: Queries = Queries()
    features: tuple[Feature, ...] = ()

    def launchers(self) -> tuple[str, ...]:
        """Return the classes of the activities that the home screen can start, each once."""
        shown = (one for one in self.components if one.is_launcher and one.enabled)
        names = (one.target or one.name for one in shown)
        return tuple(dict.fromkeys(names))

    def of(self, kind: ComponentKind) -> tuple[Component, ...]:
        """Return the components of a kind, providers by the order in which they start."""
        found = [one for one in self.components if one.kind is kind]
        return tuple(sorted(found, key=lambda one: -one.init_order))


def manifest_of(root: Element, resources: Resources) -> Manifest:
    """Read a manifest.

    Args:
        root: The element `manifest`. What it lacks has the value that the system gives it; of
            several `application` elements the first counts.
        resources: Tables that its references are looked up in.

    """
    return _Reader(root, resources).manifest()


class _Reader:
    """Reads one manifest; holds what every part of it is read with."""

    def __init__(self, root: Element, resources: Resources) -> None:
        self._root = root
        self._resources = resources
        self._package = self._text(root.plain("package"))
        sdk = next(root.under("uses-sdk"), Element(name="uses-sdk"))
        self._min = number(sdk.android("minSdkVersion"), resources, otherwise=1)
        self._target = number(sdk.android("targetSdkVersion"), resources, otherwise=self._min)
        self._application = next(root.under("application"), Element(name="application"))
        self._process = process_of(
            self._text(self._application.android("process")), self._package, self._package
        )

    def manifest(self) -> Manifest:
        """Return the whole."""
        root, application, resources = self._root, self._application, self._resources
        cleartext = application.android("usesCleartextTraffic")
        network = application.android("networkSecurityConfig")
        return Manifest(
            package=self._package,
            version_code=number(root.android("versionCode"), resources)
            + (number(root.android("versionCodeMajor"), resources) << 32),
            version_name=self._text(root.android("versionName")),
            min_sdk=self._min,
            target_sdk=self._target,
            shared_id=self._text(root.android("sharedUserId")),
            permissions=self._permissions(),
            defined_permissions=tuple(
                DefinedPermission(
                    name=self._name(one),
                    protection=protection(one.android("protectionLevel"), resources),
                    group=self._text(one.android("permissionGroup")),
                )
                for one in root.under("permission")
            ),
            application=self._class(application.android("name")),
            component_factory=self._class(application.android("appComponentFactory")),
            process=self._process,
            uses_cleartext=None
            if cleartext is None
            else flag(cleartext, resources, otherwise=True),
            network_security_config=network.resource_id if isinstance(network, Reference) else 0,
            allow_backup=flag(application.android("allowBackup"), resources, otherwise=True),
            debuggable=flag(application.android("debuggable"), resources, otherwise=False),
            components=self._components(),
            meta_data=self._meta_data(application),
            queries=self._queries(),
            features=tuple(
                Feature(
                    name=self._name(one),
                    required=flag(one.android("required"), resources, otherwise=True),
                )
                for one in root.under("uses-feature")
                if one.android("name") is not None
            ),
        )

    def _permissions(self) -> tuple[UsedPermission, ...]:
        return tuple(
            UsedPermission(
                name=self._name(one),
                max_sdk=number(one.android("maxSdkVersion"), self._resources),
                from_sdk_23=one.name != PERMISSIONS[0],
                line=one.line,
            )
            for one in self._root.children
            if one.name in PERMISSIONS and self._name(one)
        )

    def _components(self) -> tuple[Component, ...]:
        kinds = {kind.value: kind for kind in ComponentKind}
        return tuple(
            self._component(kinds[one.name], one)
            for one in self._application.children
            if one.name in kinds and self._name(one)
        )

    def _component(self, kind: ComponentKind, element: Element) -> Component:
        resources = self._resources
        filters = tuple(self._filter(one) for one in element.under("intent-filter"))
        is_provider = kind is ComponentKind.PROVIDER
        exported = self._target <= PROVIDERS_EXPORTED_UP_TO if is_provider else bool(filters)
        authorities = self._text(element.android("authorities")) if is_provider else ""
        return Component(
            kind=kind,
            name=self._class(element.android("name")),
            target=self._class(element.android("targetActivity")),
            exported=flag(element.android("exported"), resources, otherwise=exported),
            enabled=flag(element.android("enabled"), resources, otherwise=True)
            and flag(self._application.android("enabled"), resources, otherwise=True),
            process=process_of(
                self._text(element.android("process")), self._package, self._process
            ),
            permission=self._text(element.android("permission")),
            filters=filters,
            meta_data=self._meta_data(element),
            init_order=number(element.android("initOrder"), resources),
            authorities=tuple(part for part in authorities.split(";") if part),
            foreground_types=foreground_types(element.android("foregroundServiceType"), resources),
            direct_boot_aware=flag(element.android("directBootAware"), resources, otherwise=False),
            line=element.line,
        )

    def _filter(self, element: Element) -> IntentFilter:
        return IntentFilter(
            actions=self._names(element, "action"),
            categories=self._names(element, "category"),
            data=tuple(
                IntentData(
                    scheme=self._text(one.android("scheme")),
                    host=self._text(one.android("host")),
                    port=self._text(one.android("port")),
                    path=self._first(one, "path", "pathPrefix", "pathPattern", "pathSuffix"),
                    mime_type=self._text(one.android("mimeType")),
                )
                for one in element.under("data")
            ),
            priority=number(element.android("priority"), self._resources),
        )

    def _meta_data(self, element: Element) -> tuple[MetaData, ...]:
        found = []
        for one in element.under("meta-data"):
            value = one.android("value")
            held = one.android("resource") if value is None else value
            number_of_it = held.resource_id if isinstance(held, Reference) else 0
            found.append(
                MetaData(name=self._name(one), value=self._text(held), resource_id=number_of_it)
            )
        return tuple(found)

    def _queries(self) -> Queries:
        groups = list(self._root.under("queries"))
        intents = [one for group in groups for one in group.under("intent")]
        providers = [one for group in groups for one in group.under("provider")]
        return Queries(
            packages=tuple(name for group in groups for name in self._names(group, "package")),
            actions=tuple(name for one in intents for name in self._names(one, "action")),
            authorities=tuple(
                part
                for one in providers
                for part in self._text(one.android("authorities")).split(";")
                if part
            ),
        )

    def _text(self, value: Value | None) -> str:
        return text_of(value, self._resources)

    def _name(self, element: Element) -> str:
        return self._text(element.android("name"))

    def _names(self, element: Element, tag: str) -> tuple[str, ...]:
        return tuple(self._name(one) for one in element.under(tag))

    def _class(self, value: Value | None) -> str:
        return qualified(self._text(value), self._package)

    def _first(self, element: Element, *names: str) -> str:
        found = (self._text(element.android(name)) for name in names)
        return next((text for text in found if text), "")
