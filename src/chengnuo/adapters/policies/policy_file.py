"""A privacy policy from a file, whatever format and encoding it is in.

What a file is, its first bytes say before its name does. Text in UTF-8, UTF-16 or GB 18030, also
mixed, is read as `text_files` reads it.
"""

import re
from pathlib import Path

from chengnuo.adapters.policies.apart import Format, read_apart
from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.adapters.policies.lines import markdown_blocks, plain_blocks
from chengnuo.adapters.policies.page import page_blocks
from chengnuo.adapters.text_files import TextFiles
from chengnuo.base.digest import sha256_hex
from chengnuo.engines.policy.blocks import BlockText
from chengnuo.ports.policies import PolicyText, UnreadablePolicyError
from chengnuo.ports.texts import NotTextError

MAX_FILE_BYTES = 16 * 1024 * 1024

_PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
_PAGE_START = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
_PDF = b"%PDF-"
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class PolicyFile:
    """Reads policies from files."""

    def read(self, path: Path) -> PolicyText:
        """Read a policy; see the port."""
        try:
            size = path.stat().st_size
            if size > MAX_FILE_BYTES:
                raise UnreadablePolicyError(
                    path.name, f"it is larger than {MAX_FILE_BYTES // 1024**2} MB"
                )
            data = path.read_bytes()
            document = _document(path, data)
        except OSError as error:
            raise UnreadablePolicyError(path.name, error.strerror or "OSError") from error
        except PolicyFormatError as error:
            raise UnreadablePolicyError(path.name, str(error)) from error
        except NotTextError as error:
            raise UnreadablePolicyError(
                path.name, "it is no text in UTF-8, UTF-16 or GB 18030"
            ) from error
        if not document.text.strip():
            raise UnreadablePolicyError(path.name, "it holds no text")
        return PolicyText(file=path.name, sha256=sha256_hex(data), document=document)


def _document(path: Path, data: bytes) -> BlockText:
    if data.startswith(_PDF):
        return read_apart(Format.PDF, data)
    if data.startswith(_ZIP):
        return read_apart(Format.WORD, data)
    if data.startswith(_OLD_OFFICE):
        why = "it is an old office file; save it as DOCX, as a web page or as text"
        raise UnreadablePolicyError(path.name, why)
    written = "".join(TextFiles().pieces(path))
    suffix = path.suffix.lower()
    if suffix in _PAGE_SUFFIXES or _PAGE_START.match(written):
        return page_blocks(written)
    return markdown_blocks(written) if suffix in _MARKDOWN_SUFFIXES else plain_blocks(written)
