"""What the program knows of the law, of packages and of text: read once, from compiled copies.

The functions are of the top level: a child that inspects a package calls them by their names.
"""

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chengnuo.domain.finding.package_words import ReportWords
    from chengnuo.domain.observation.knowledge import Knowledge
    from chengnuo.domain.observation.text_knowledge import TextKnowledge
    from chengnuo.engines.text.cues import Cues
    from chengnuo.law.catalogue import Catalogue


@lru_cache(maxsize=1)
def law_catalogue() -> "Catalogue":
    """Return the law catalogue."""
    from chengnuo.adapters.knowledge import load_catalogue

    return load_catalogue(_read_law_files, cache_folder=_cache_folder())


@lru_cache(maxsize=1)
def inspection_knowledge() -> "Knowledge":
    """Return what packages are inspected with."""
    from chengnuo.adapters.inspection_knowledge import load_knowledge

    return load_knowledge(_read_knowledge_files, law_catalogue(), cache_folder=_cache_folder())


def report_words() -> "ReportWords":
    """Return where the words of a report of a package are looked up."""
    from chengnuo.domain.finding.package_words import ReportWords

    return ReportWords(law=law_catalogue(), knowledge=inspection_knowledge())


@lru_cache(maxsize=1)
def text_knowledge() -> "TextKnowledge":
    """Return what text is searched with."""
    from chengnuo.adapters.text_knowledge import load_text_knowledge

    return load_text_knowledge(_read_text_files, law_catalogue(), cache_folder=_cache_folder())


def mask_identifiers(text: str) -> str:
    """Return a text with numbers of documents, cards, telephones and the like masked.

    By shape, check digit and the words beside a value alone; names are left, for the model that
    knows them takes far more memory than a service has.
    """
    from chengnuo.engines.text.finding import find_in
    from chengnuo.engines.text.masking import masked, partly

    return masked(text, find_in(text, text_cues()), partly())


@lru_cache(maxsize=1)
def text_cues() -> "Cues":
    """Return the words beside values."""
    return text_knowledge().cues()


def _read_law_files(content: "Mapping[str, bytes]", digest: str) -> "Catalogue":
    from chengnuo.adapters.law_source import read_catalogue  # only when no compiled copy fits

    return read_catalogue(content, digest)


def _read_knowledge_files(
    content: "Mapping[str, bytes]", digest: str, law: "Catalogue"
) -> "Knowledge":
    from chengnuo.adapters.inspection_knowledge_source import read_knowledge  # as for the law

    return read_knowledge(content, digest, law)


def _read_text_files(
    content: "Mapping[str, bytes]", digest: str, law: "Catalogue"
) -> "TextKnowledge":
    from chengnuo.adapters.text_knowledge_source import read_text_knowledge  # as for the law

    return read_text_knowledge(content, digest, law)


def places_of_copies() -> tuple[Path, ...]:
    """Return where the compiled copies lie that a confined child reads."""
    folder = _cache_folder()
    return () if folder is None else (folder,)


def _cache_folder() -> Path | None:
    """Return where compiled knowledge is kept: `CHENGNUO_CACHE`, or the person's own cache."""
    given = os.environ.get("CHENGNUO_CACHE")
    if given is not None:
        return Path(given) if given else None
    base = os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "chengnuo"
