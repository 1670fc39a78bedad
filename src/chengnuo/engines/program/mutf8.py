"""Text of modified UTF-8, the form of strings in DEX and class files (JVMS 4.4.7).

It differs from UTF-8 in two ways: NUL is written as two bytes, and a character beyond U+FFFF as
two surrogates of three bytes each.
"""


def text_of(data: bytes) -> str:
    r"""Return a string of modified UTF-8; what is damaged in it stays readable as `\xNN`."""
    if data.isascii():
        return data.decode("ascii")
    try:
        text = data.replace(b"\xc0\x80", b"\0").decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "backslashreplace")
    pairs = text.encode("utf-16-le", "surrogatepass")
    return pairs.decode("utf-16-le", "backslashreplace")


def bytes_of(text: str) -> bytes:
    """Return text in modified UTF-8, as to look a name up."""
    if text.isascii() and "\0" not in text:
        return text.encode("ascii")
    pairs = text.encode("utf-16-le", "surrogatepass")
    units = (int.from_bytes(pairs[at : at + 2], "little") for at in range(0, len(pairs), 2))
    written = "".join(map(chr, units)).encode("utf-8", "surrogatepass")
    return written.replace(b"\0", b"\xc0\x80")
