"""Settings of the package as a whole: clear text, certificates, backup, debugging, API level.

What is not said has the value that the system gives it for the target API level, and that value
counts: `by` tells which. From API level 24 on the Network Security Configuration decides alone,
and `usesCleartextTraffic` says nothing any more (developer documentation of Android).
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.manifest import Manifest
from chengnuo.domain.inspection.network_security import (
    NetworkRule,
    NetworkSecurity,
    network_security_of,
    platform_default,
)
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import manifest_place, remark
from chengnuo.domain.observation.observation import Confidence, Observation, Place, Subject
from chengnuo.domain.observation.seen import PROTECTIONS, SettingSeen
from chengnuo.engines.archive.package import File

OLD_BELOW = 30
"""Below it whole protections are missing which every phone of today has for other apps: run-time
permissions, clear text, storage of other apps, the one-time grant."""
_BACKUP_RULES = ("fullBackupContent", "dataExtractionRules")


def settings(opened: Opened) -> Iterator[Observation]:
    """Yield the settings that take a protection from the individual."""
    manifest = opened.manifest
    if manifest is None or not opened.kind.is_app:
        return
    yield from _network(opened, manifest)
    place = manifest_place(opened)
    if manifest.debuggable:
        yield _setting(SettingSeen.DEBUGGABLE, place)
    if manifest.allow_backup:
        said = _application_says(opened, "allowBackup")
        rules = any(_application_says(opened, one) for one in _BACKUP_RULES)
        yield _setting(
            SettingSeen.ALLOW_BACKUP,
            place,
            by="said" if said else "default",
            rules="yes" if rules else "",
        )
    if manifest.target_sdk < OLD_BELOW:
        missing = [str(level) for level in PROTECTIONS if manifest.target_sdk < level]
        yield _setting(
            SettingSeen.TARGET_SDK_OLD,
            place,
            target=str(manifest.target_sdk),
            missing=", ".join(missing),
        )


def network_security(opened: Opened) -> tuple[NetworkSecurity, Place, bool]:
    """Return what the app may send in the clear and whom it trusts, and where that is said.

    Returns:
        The rules, the file that says them, and whether they could be read: a configuration that
        is named and cannot be read leaves what the system does without one.

    """
    manifest = opened.manifest or Manifest(package="")
    target, resources = manifest.target_sdk, opened.resources
    plain = platform_default(target, cleartext=manifest.uses_cleartext)
    if not manifest.network_security_config:
        return plain, manifest_place(opened), True
    for path in resources.files(manifest.network_security_config):
        file = _file(opened, path)
        document = None if file is None else opened.read_document(file)
        if file is not None and document is not None:
            read = network_security_of(document.root, target_sdk=target, resources=resources)
            return read, Place(file=file.name), True
    return plain, manifest_place(opened), False


def _network(opened: Opened, manifest: Manifest) -> Iterator[Observation]:
    rules, place, is_read = network_security(opened)
    confidence = Confidence.HIGH if is_read else Confidence.LOW
    configured = place != manifest_place(opened)
    said = configured or manifest.uses_cleartext is not None
    for what, by in (
        (SettingSeen.CLEAR_TEXT_TRAFFIC, "said" if said else "default"),
        (SettingSeen.ADDED_CERTIFICATES, "said" if configured else "default"),
    ):
        if _allows(rules.base, what):
            yield _setting(what, place, confidence, by=by)
            continue
        for rule in rules.domains:
            if _allows(rule, what):
                yield _setting(what, place, confidence, domain=_domain(rule), by=by)


def _allows(rule: NetworkRule, what: SettingSeen) -> bool:
    return rule.cleartext if what is SettingSeen.CLEAR_TEXT_TRAFFIC else rule.trusts_added


def _domain(rule: NetworkRule) -> str:
    return f"*.{rule.domain}" if rule.with_subdomains else rule.domain


def _file(opened: Opened, path: str) -> File | None:
    """Return the file of a path of the resources, in the first part or module that has it."""
    files = (file for file in opened.package.files if file.entry is not None)
    return next(
        (
            file
            for file in files
            if file.entry is not None
            and (file.entry.name == path or file.entry.name.endswith(f"/{path}"))
        ),
        None,
    )


def _application_says(opened: Opened, name: str) -> bool:
    document = opened.document
    applications = () if document is None else document.root.under("application")
    return any(one.android(name) is not None for one in applications)


def _setting(
    what: SettingSeen, place: Place, confidence: Confidence = Confidence.HIGH, **details: str
) -> Observation:
    return remark(
        Subject.SETTING,
        what,
        place,
        details,
        confidence=confidence,
        key=details.get("domain", ""),
    )
