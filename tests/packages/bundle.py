"""An app bundle by hand: manifest, layouts and strings in the protobuf form of aapt2.

Message and field numbers are those of aapt2's published `Resources.proto` (XmlNode, ResourceTable);
the wire format is that of Protocol Buffers (varint and length-delimited fields).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.packages.kit import source_folder

_ANDROID = "http://schemas.android.com/apk/res/android"
_ATTRIBUTES = {
    "label": 0x01010001,
    "name": 0x01010003,
    "permission": 0x01010006,
    "exported": 0x01010010,
    "process": 0x01010011,
    "authorities": 0x01010018,
    "initOrder": 0x0101001A,
    "value": 0x01010024,
    "id": 0x010100D0,
    "checked": 0x01010106,
    "text": 0x0101014F,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
}
_PACKAGE_ID = 0x7F
_STRING_TYPE = 1


def bundle_files(name: str, app: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a bundle with one module, `base`, from those of the same app as APK."""
    folder = source_folder(name)
    strings = _strings(folder / "res")
    files = {
        "BundleConfig.pb": _field(1, _field(2, b"1.15.6")),
        "base/manifest/AndroidManifest.xml": _document(folder / "AndroidManifest.xml", strings),
        "base/resources.pb": _table(folder / "res", strings),
    }
    for layout in sorted((folder / "res").glob("layout*/*.xml")):
        place = layout.relative_to(folder).as_posix()
        files[f"base/{place}"] = _document(layout, strings)
    code = {path: content for path, content in app.items() if path.endswith(".dex")}
    return files | {f"base/dex/{path}": content for path, content in code.items()}


def _strings(resources: Path) -> list[str]:
    """Return the names of the strings; their place is the number of their entry."""
    root = ET.parse(resources / "values" / "strings.xml").getroot()  # noqa: S314 our own file
    return [str(one.get("name")) for one in root]


def _document(path: Path, strings: list[str]) -> bytes:
    return _node(ET.parse(path).getroot(), strings, top=True)  # noqa: S314 our own file


def _node(element: ET.Element, strings: list[str], *, top: bool = False) -> bytes:
    body = _field(1, _field(1, b"android") + _field(2, _ANDROID.encode())) if top else b""
    body += _field(3, element.tag.encode())
    for name, value in element.attrib.items():
        body += _field(4, _attribute(name, value, strings))
    for child in element:
        body += _field(5, _node(child, strings))
    return _field(1, body)


def _attribute(name: str, value: str, strings: list[str]) -> bytes:
    uri, _, local = name.rpartition("}")
    out = _field(1, uri.lstrip("{").encode()) if uri else b""
    out += _field(2, local.encode()) + _field(3, value.encode())
    if local in _ATTRIBUTES:
        out += _number(5, _ATTRIBUTES[local])
    return out + _item(value, strings)


def _item(value: str, strings: list[str]) -> bytes:
    if value.startswith("@string/"):
        entry = strings.index(value.removeprefix("@string/"))
        resource = _PACKAGE_ID << 24 | _STRING_TYPE << 16 | entry
        return _field(6, _field(1, _number(2, resource) + _field(3, value[1:].encode())))
    if value in {"true", "false"}:
        return _field(6, _field(7, _number(8, int(value == "true"))))
    if value.isdecimal():
        return _field(6, _field(7, _number(6, int(value))))
    return b""


def _table(resources: Path, strings: list[str]) -> bytes:
    entries = b""
    for number, name in enumerate(strings):
        values = b"".join(_values(resources, name))
        entries += _field(3, _field(1, _number(1, number)) + _field(2, name.encode()) + values)
    kind = _field(1, _number(1, _STRING_TYPE)) + _field(2, b"string") + entries
    package = _field(1, _number(1, _PACKAGE_ID)) + _field(2, b"com.example.bundle")
    return _field(2, package + _field(3, kind))


def _values(resources: Path, name: str) -> Iterable[bytes]:
    """Return the text of a string in each language that has it."""
    for file in sorted(resources.glob("values*/strings.xml")):
        locale = file.parent.name.removeprefix("values").lstrip("-").replace("-r", "-")
        found = ET.parse(file).getroot().find(f"string[@name='{name}']")  # noqa: S314 our own
        if found is not None:
            config = _field(3, locale.encode()) if locale else b""
            item = _field(2, _field(1, (found.text or "").encode()))
            yield _field(6, _field(1, config) + _field(2, _field(4, item)))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)
