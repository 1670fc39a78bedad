"""Hosts that a text names: in addresses with a scheme, and as a bare name.

Of an address the host is told by its place (RFC 3986 section 3.2.2). A bare name counts only where
the whole text is one, its last label is a common top-level domain, and it reads like no name of
code, which is written the other way round (`com.example.app`). What is never asked for over the
network is left out: names of XML spaces, of the machine itself, of placeholders, and addresses in
a sentence that refers somebody to a page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LONGEST = 4_000
"""A longer text is a document; of one only addresses with a scheme are told."""
_MOST = 2_000
_ADDRESS = re.compile(
    rb"(?i)\b(https?|wss?|ftps?|mqtts?|tcp|ssl|tls|udp|rtmps?|rtsp|stun|turns?|grpcs?)://"
    rb"(?:[\w.~%-]{0,64}(?::[^\s/@]{0,64})?@)?"
    rb"(\[[0-9a-f:.]{2,45}\]|[a-z0-9][a-z0-9._-]{0,252})"
)
_BARE = re.compile(
    rb"(?i)((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,12})"
    rb"(?::\d{2,5})?(?:/[\w./%?=&-]{0,200})?"
)
_FOUR = re.compile(r"(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_TOP = re.compile(r"[a-z]{2,24}|xn--[a-z0-9-]{2,40}")
_COMMON_TOPS = frozenset({"com", "cn", "net", "org"})
_USUAL_TOPS = frozenset(
    {"io", "cc", "me", "tv", "top", "co", "xyz", "info", "biz", "hk", "tw", "mo", "jp", "kr", "sg"}
    | {"us", "uk", "de", "fr", "ru", "in", "eu", "ai", "im", "mobi", "vip", "site", "online"}
    | {"tech", "club", "cloud", "wang", "ltd", "asia", "app", "dev"}
)
_CODE_BEGINS = frozenset(
    {"com", "cn", "net", "org", "io", "me", "tv", "top", "cc", "co", "edu", "gov", "de", "fr", "jp"}
    | {"android", "androidx", "java", "javax", "kotlin", "kotlinx", "dalvik", "sun", "libcore"}
)
_NOBODY = ("localhost", "invalid", "local", "internal", "lan", "arpa", "onion", "test", "xxx")
_FILES = frozenset(
    {"apk", "bin", "css", "csv", "dat", "db", "dex", "gif", "gz", "htm", "html", "ico", "jar"}
    | {"jpeg", "jpg", "js", "json", "log", "md", "mp3", "mp4", "pb", "php", "png", "properties"}
    | {"so", "svg", "tar", "tmp", "ttf", "txt", "webp", "xml", "yaml", "yml", "zip", "java", "kt"}
)
_SPACES = frozenset(
    {"schemas.android.com", "schemas.microsoft.com", "schemas.xmlsoap.org", "schemas.google.com"}
    | {"schemas.openxmlformats.org", "www.w3.org", "w3.org", "xmlpull.org", "www.xmlpull.org"}
    | {"xml.org", "xml.apache.org", "xmlns.com", "xmlns.jcp.org", "purl.org", "java.sun.com"}
    | {"xmlns.oracle.com", "ns.adobe.com", "ns.google.com", "schema.org", "ogp.me", "exslt.org"}
    | {"www.apache.org", "apache.org", "docs.oasis-open.org", "iptc.org", "cipa.jp", "relaxng.org"}
    | {"www.topografix.com", "www.inkscape.org", "sodipodi.sourceforge.net", "www.opengis.net"}
)
"""Hosts in names of XML spaces, types and features, at which nobody asks for anything."""
_SECOND = frozenset({"ac", "co", "com", "edu", "go", "gov", "gob", "mil", "ne", "net", "or", "org"})
"""Labels under which the registries of countries give names (`com.cn`, `co.jp`, `or.kr`)."""
_COUNTRY = 2
_RESERVED = frozenset({"example.com", "example.net", "example.org"})
"""Names for documents (RFC 2606), which stand in for another one."""
_PLACEHOLDER = (b"%", b"$", b"{", b"*")
_BEFORE_REFERRED = b" \t\r\n(<`"
_BEFORE_VALUE = b"\"'=:,[{"


@dataclass(frozen=True, slots=True)
class Address:
    """A host that is named.

    Attributes:
        host: In lower case; of IPv6 without brackets.
        scheme: As `https`; empty for a bare name.

    """

    host: str
    scheme: str = ""


def addresses_in(text: bytes, *, whole: bool = False) -> Iterator[Address]:
    """Yield the hosts that a text names, in its order.

    Args:
        text: The text, in UTF-8 or a form like it.
        whole: Whether the text is known to be an address that is opened, so that nothing that
            names a host is left out.

    """
    if b"." not in text and b"://[" not in text:
        return
    if b"://" in text:
        for count, found in enumerate(_ADDRESS.finditer(text)):
            if count >= _MOST:
                return
            host = "" if text[found.end() : found.end() + 1] in _PLACEHOLDER else _host(found[2])
            if host and (whole or not (_is_space(host) or _refers(text, found.start()))):
                yield Address(host, found[1].decode().lower())
    elif len(text) <= _LONGEST:
        bare = _BARE.fullmatch(text)
        host = bare[1].decode().lower() if bare else ""
        if host and (_host(bare[1]) if whole and bare else _is_bare(host)):
            yield Address(host)
        elif _FOUR.fullmatch(text.decode("latin-1")) and whole and _host(text):
            yield Address(_host(text))


def domain_of(host: str) -> str:
    """Return the domain that was registered for a host, by the usual rules of registries.

    >>> domain_of("a.b.example.com.cn"), domain_of("example.com"), domain_of("10.0.0.1")
    ('example.com.cn', 'example.com', '10.0.0.1')
    """
    labels = host.split(".")
    if is_number(host) or len(labels) <= _COUNTRY:
        return host
    by_registry = len(labels[-1]) == _COUNTRY and labels[-2] in _SECOND
    return ".".join(labels[-3:] if by_registry else labels[-2:])


def has_common_top(host: str) -> bool:
    """Tell whether a name of a host ends in a common top-level domain, or a host is a number."""
    return is_number(host) or host.rpartition(".")[2] in _COMMON_TOPS | _USUAL_TOPS


def is_number(host: str) -> bool:
    """Tell whether a host is an address of IP, version 4 or 6."""
    return ":" in host or _FOUR.fullmatch(host) is not None


def _host(written: bytes) -> str:
    """Return a host as it is looked up, empty if it is none of the open network."""
    host = written.decode("latin-1").lower().rstrip(".")
    if host.startswith("["):
        inner = host.strip("[]")
        is_open = inner.count(":") >= _COUNTRY and not inner.startswith(("::1", "fe80"))
        return inner if is_open else ""
    four = _FOUR.fullmatch(host)
    if four:
        return host if _is_public([int(one) for one in four.groups()]) else ""
    labels = host.split(".")
    least = _COUNTRY + (labels[0] == "www")
    good = len(labels) >= least and all(_LABEL.fullmatch(one) for one in labels)
    if not good or not _TOP.fullmatch(labels[-1]) or labels[-1] in _NOBODY:
        return ""
    return "" if labels[-1] in _FILES and labels[-1] not in {"so", "md", "zip", "kt"} else host


def _is_public(parts: list[int]) -> bool:
    """Tell whether an address of IPv4 can be one of the open network (RFC 6890)."""
    first, second = parts[:2]
    return (
        max(parts) <= 255  # noqa: PLR2004 - a byte
        and 0 < first < 224  # noqa: PLR2004 - above are groups
        and first not in {10, 127}
        and (first, second) not in {(192, 168), (169, 254)}
        and not (first == 172 and 16 <= second < 32)  # noqa: PLR2004 - 172.16.0.0/12
        and parts[1:] != [0, 0, 0]
    )


def _is_space(host: str) -> bool:
    return host in _SPACES


def _is_bare(host: str) -> bool:
    """Tell whether a name with dots is that of a host, and not one of code or of a file."""
    labels = host.split(".")
    top = labels[-1]
    if labels[0] in _CODE_BEGINS or top in _FILES or not _host(host.encode()):
        return False
    if domain_of(host) in _RESERVED:
        return False
    if top in _COMMON_TOPS:
        return len(labels) > _COUNTRY or len(labels[0]) > _COUNTRY
    return top in _USUAL_TOPS and len(labels) > _COUNTRY and "-" not in top


def _refers(text: bytes, at: int) -> bool:
    """Tell whether an address stands in a sentence: after a word, and in no value of a field."""
    before = text[max(at - 48, 0) : at]
    if not before or before[-1] not in _BEFORE_REFERRED:
        return False
    words = before.rstrip(_BEFORE_REFERRED)
    return bool(words) and (words[-1] not in _BEFORE_VALUE or words.lower().endswith(b"see:"))
