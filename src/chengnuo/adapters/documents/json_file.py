"""A document as JSON, for machines (`chengnuo-document`, version 1)."""

import json
from dataclasses import dataclass

from chengnuo.adapters.documents.tree import tree_of_document
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.document import Document


@dataclass(frozen=True, slots=True)
class JsonWriter:
    """Writes JSON in UTF-8, indented by two, with a line feed at the end."""

    format: str = "json"
    media_type: str = "application/json"
    suffix: str = ".json"

    def write(self, document: Document, lang: Lang) -> bytes:
        """Return the document as a JSON file."""
        tree = tree_of_document(document, lang)
        return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()
