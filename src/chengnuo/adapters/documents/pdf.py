"""A document as a PDF: tagged, searchable, with the Chinese font inside.

The pages are set by typst in a process of their own, from a template that takes the document as
data. The font is the one of the package, never one of the machine, so the pages are the same
everywhere; the time in the file is the day of publication, so the bytes are the same too.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import cast

from chengnuo.adapters.documents.addresses import is_outside, safe_address
from chengnuo.adapters.documents.tree import tree_of_document
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import Document
from chengnuo.ports.documents import DocumentNotMadeError

FORMAT = "pdf"
TIME_LIMIT_S = 120
_PROCESS = "chengnuo.adapters.documents.pdf_process"
_LAST_LINES = 300


@dataclass(frozen=True, slots=True)
class PdfWriter:
    """Writes PDF/A-2a that is also PDF/UA-1, where the font has every character."""

    format: str = FORMAT
    media_type: str = "application/pdf"
    suffix: str = ".pdf"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a PDF.

        Raises:
            DocumentNotMadeError: The pages could not be set within two minutes, or at all.

        """
        return set_pages(tree_of_document(document, lang), document.facts.updated)


def set_pages(tree: dict[str, Tree], day: date) -> bytes:
    """Return the tree of a document as a PDF.

    Args:
        tree: The document, as the template `document.typ` takes it.
        day: Day that stands in the file as that of its creation.

    Raises:
        DocumentNotMadeError: The pages could not be set within two minutes, or at all.

    """
    created = datetime.combine(day, time(), UTC)
    given = {"document": _with_links_checked(tree), "timestamp": int(created.timestamp())}
    try:
        done = subprocess.run(  # noqa: S603  our own module, no argument from outside
            [sys.executable, "-m", _PROCESS],
            input=json.dumps(given, ensure_ascii=False).encode(),
            capture_output=True,
            timeout=TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentNotMadeError(FORMAT, f"not finished in {TIME_LIMIT_S} s") from error
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[-1][:_LAST_LINES] if said else f"exit status {done.returncode}"
        raise DocumentNotMadeError(FORMAT, reason)
    return done.stdout


def _with_links_checked(tree: Tree) -> Tree:
    """Drop the links that may not stand in a file on its own; the text stays."""
    if isinstance(tree, dict):
        kept = {key: _with_links_checked(value) for key, value in tree.items()}
        if "link" in kept:
            address = safe_address(cast("str", kept.pop("link")))
            if address is not None and is_outside(address):
                kept["link"] = address
        return kept
    if isinstance(tree, list):
        return [_with_links_checked(value) for value in tree]
    return tree
