"""Values of a manifest as the system takes them: references followed, texts of numbers read."""

from chengnuo.engines.axml.element import Reference, Value
from chengnuo.engines.axml.resources import Resources

LONGEST_NUMBER = 12
TRUE, FALSE = frozenset({"true", "1"}), frozenset({"false", "0"})

FOREGROUND_TYPES = {
    1 << 0: "dataSync",
    1 << 1: "mediaPlayback",
    1 << 2: "phoneCall",
    1 << 3: "location",
    1 << 4: "connectedDevice",
    1 << 5: "mediaProjection",
    1 << 6: "camera",
    1 << 7: "microphone",
    1 << 8: "health",
    1 << 9: "remoteMessaging",
    1 << 10: "systemExempted",
    1 << 11: "shortService",
    1 << 13: "mediaProcessing",
    1 << 30: "specialUse",
}
PROTECTION = ("normal", "dangerous", "signature", "signatureOrSystem", "internal")
PROTECTION_BITS = 0xF


def text_of(value: Value | None, resources: Resources) -> str:
    """Return a value as a text, empty where there is none."""
    found = resources.plain(value)
    if isinstance(found, bool):
        return "true" if found else "false"
    if found is None:
        return value.name if isinstance(value, Reference) else ""
    return str(found)


def flag(value: Value | None, resources: Resources, *, otherwise: bool) -> bool:
    """Return a value as yes or no, `otherwise` where it is neither."""
    found = resources.plain(value)
    if isinstance(found, str):
        return found.lower() in TRUE if found.lower() in TRUE | FALSE else otherwise
    return otherwise if found is None else bool(found)


def number(value: Value | None, resources: Resources, *, otherwise: int = 0) -> int:
    """Return a value as a number, decimal or `0x`, `otherwise` where it is none."""
    found = resources.plain(value)
    if isinstance(found, int):
        return int(found)
    if found is None or len(found) > LONGEST_NUMBER:
        return otherwise
    try:
        return int(found, 0)
    except ValueError:
        return otherwise


def foreground_types(value: Value | None, resources: Resources) -> tuple[str, ...]:
    """Return for what a service runs in the foreground: bits where compiled, else their names."""
    found = resources.plain(value)
    if isinstance(found, str):
        return tuple(part.strip() for part in found.split("|") if part.strip())
    bits = int(found or 0)
    return tuple(name for bit, name in FOREGROUND_TYPES.items() if bits & bit)


def protection(value: Value | None, resources: Resources) -> str:
    """Return the protection of a permission by its name, `normal` where nothing is said."""
    found = resources.plain(value)
    if isinstance(found, str):
        return found.split("|")[0].strip() or PROTECTION[0]
    base = int(found or 0) & PROTECTION_BITS
    return PROTECTION[base] if base < len(PROTECTION) else PROTECTION[0]


def qualified(name: str, package: str) -> str:
    """Return the name of a class in full: one that begins with a dot, or has none, is relative."""
    if name.startswith("."):
        return package + name
    return name if not name or "." in name else f"{package}.{name}"


def process_of(name: str, package: str, otherwise: str) -> str:
    """Return the name of a process in full; one that begins with a colon is the app's own."""
    if not name:
        return otherwise
    return package + name if name.startswith(":") else name
