"""Hosts in what is no code: string tables, scripts and documents in assets, native libraries.

Only addresses with a scheme count there. Of a native library or another binary file the address
must end as one does, in a common domain, since texts may stand in it side by side. Every file and
all files together are bounded; what is beyond the bound is not looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chengnuo.domain.inspection.host_names import Address, addresses_in, has_common_top
from chengnuo.domain.inspection.opened import Opened
from chengnuo.engines.archive.package import File
from chengnuo.engines.archive.role import Role

_MEBI = 1 << 20
_LARGEST_TEXT = 16 * _MEBI
_LARGEST_BINARY = 64 * _MEBI
_MOST_BYTES = 192 * _MEBI
_MOST_FOUND = 20_000
"""Addresses that are looked at in one file."""
_SCHEME_END = b"://"
_BEFORE, _AFTER = 64, 300
_TEXTS = frozenset(
    {"js", "mjs", "json", "html", "htm", "xml", "properties", "bundle", "jsbundle", "conf", "cfg"}
    | {"config", "ini", "lua", "wxml", "vue", ""}
)
"""Endings of scripts and settings; lists of licences and words end otherwise."""
_PAPERS = ("licen", "notice", "copying", "readme", "changelog", "changes")
_BREAKS = b"\0\n\r"
_ENDS = b"/:?\"'\0\n\r<,;) "
_HERMES = b"\xc6\x1f\xbc\x03\xc1\x03\x19\x1f"
_RAW = "res/raw/"


@dataclass(frozen=True, slots=True)
class HostInFile:
    """A host that a file names, and the file."""

    address: Address
    file: str
    is_library: bool = False


def hosts_in_files(opened: Opened) -> Iterator[HostInFile]:
    """Yield the hosts in tables, assets and libraries; each once a file and scheme."""
    yield from _in_tables(opened)
    left = _MOST_BYTES
    seen_libraries: set[str] = set()
    for file in opened.package.files:
        is_library = file.role is Role.NATIVE_LIBRARY
        name = file.name.rpartition("/")[2]
        if is_library and name in seen_libraries:
            continue  # the same for another instruction set
        if not (is_library or _is_text(file)):
            continue
        limit = _LARGEST_BINARY if is_library else _LARGEST_TEXT
        if file.size > min(limit, left):
            continue
        left -= file.size
        seen_libraries.add(name)
        content = opened.content(file) or b""
        binary = is_library or content.startswith(_HERMES)
        for address in dict.fromkeys(_found(content, binary=binary)):
            yield HostInFile(address, file.name, is_library)


def _in_tables(opened: Opened) -> Iterator[HostInFile]:
    files = opened.package.resource_tables
    named = len(files) == len(opened.resources.tables)
    for number, table in enumerate(opened.resources.tables):
        file = files[number].name if named else "resources.arsc"
        found = dict.fromkeys(
            address
            for text in table.strings()
            if "://" in text
            for address in addresses_in(text.encode("utf-8", "replace"))
        )
        yield from (HostInFile(address, file) for address in found)


def _is_text(file: File) -> bool:
    inside = file.name.rpartition("!")[2]
    if file.role is not Role.ASSET and _RAW not in inside:
        return False
    name = inside.rpartition("/")[2].lower()
    if any(one in name for one in _PAPERS):
        return False
    return (name.rpartition(".")[2] if "." in name else "") in _TEXTS


def _found(content: bytes, *, binary: bool) -> Iterator[Address]:
    """Yield the addresses in a file; each is looked at with a little of what is around it."""
    at = content.find(_SCHEME_END)
    for _ in range(_MOST_FOUND):
        if at < 0:
            return
        begin = max(at - _BEFORE, 0)
        begin += max(content[begin:at].rfind(_BREAKS[n : n + 1]) for n in range(len(_BREAKS))) + 1
        end = min(at + _AFTER, len(content))
        window = content[begin:end]
        for address in addresses_in(window):
            if not binary or _ends(window, address):
                yield address
        at = content.find(_SCHEME_END, at + len(_SCHEME_END))


def _ends(window: bytes, address: Address) -> bool:
    """Tell whether a host in a window ends as one in an address does."""
    host = address.host.encode()
    place = window.lower().find(host, window.find(_SCHEME_END))
    after = window[place + len(host) : place + len(host) + 1]
    ends = place >= 0 and (not after or after in _ENDS)
    return ends and has_common_top(address.host)
