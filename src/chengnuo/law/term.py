"""The glossary: one name for each thing."""

from dataclasses import dataclass

from chengnuo.base.text import Text
from chengnuo.law.ids import TermId


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term in both languages, the identifiers that stand for it in code, and where it is from."""

    id: TermId
    text: Text
    identifiers: tuple[str, ...]
    source: Text
