"""Which addresses a document may link to.

Addresses come from a register that anybody in the operator's house may edit, and end up in pages
and files that strangers open: only the schemes of the web, of mail and of the telephone, places
in the same document and files beside it become links. Everything else stays text.
"""

import re

_SAFE = re.compile(
    r"https?://[^\s<>\"'`\\]+"
    r"|mailto:[^\s<>\"'`\\:/]+@[^\s<>\"'`\\:/]+"
    r"|tel:[0-9+\-]+"
    r"|#[^\s<>\"'`\\]+"
    r"|[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*"
    r"|(?:\.\./)+[a-z0-9][a-z0-9._-]*(?:/[a-z0-9][a-z0-9._-]*)*"
)
MAX_LENGTH = 2000


def safe_address(address: str | None) -> str | None:
    """Return an address that may become a link, else None.

    >>> safe_address("javascript:alert(1)"), safe_address("https://a.example/x?y=1")
    (None, 'https://a.example/x?y=1')

    """
    if address is None or len(address) > MAX_LENGTH or not _SAFE.fullmatch(address):
        return None
    return address


def is_outside(address: str) -> bool:
    """Tell whether an address leads out of the publication, so that it can stand in any file."""
    return address.startswith(("https://", "http://", "mailto:", "tel:"))
