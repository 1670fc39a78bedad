"""Archives for tests: built by the standard library, then changed byte by byte."""

import io
import struct
import zipfile
from collections.abc import Mapping

APK = {
    "AndroidManifest.xml": b"\x03\x00\x08\x00" + bytes(60),
    "classes.dex": b"dex\n035\0" + bytes(99),
}


def zipped(files: Mapping[str, bytes], *, stored: bool = False, comment: bytes = b"") -> bytes:
    """Return an archive of files in their order."""
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
        archive.comment = comment
    return out.getvalue()


def central_at(data: bytes, name: str) -> int:
    """Return where the entry of the central directory is that names a file."""
    at = data.index(b"PK\x01\x02")
    while True:
        length, extra, note = struct.unpack_from("<3H", data, at + 28)
        if data[at + 46 : at + 46 + length] == name.encode():
            return at
        at += 46 + length + extra + note


def with_central(data: bytes, name: str, field: int, form: str, value: int) -> bytes:
    """Return the archive with one field of a central entry changed."""
    out = bytearray(data)
    struct.pack_into(form, out, central_at(data, name) + field, value)
    return bytes(out)


FLAGS, METHOD, CRC, COMPRESSED, SIZE, OFFSET = 8, 10, 16, 20, 24, 42
