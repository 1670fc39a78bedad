"""The inspection knowledge, ready to use: from its files, or from a compiled copy of them."""

from collections.abc import Callable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from chengnuo.adapters.compiled_copy import (
    CompiledKind,
    digest_of,
    knowledge_folder,
    load_compiled,
    yaml_files,
)
from chengnuo.base.digest import short
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.law.catalogue import Catalogue

COMPILED_FORM = 5
"""Raise it when a type of the knowledge changes; a test says when."""

ReadFiles: TypeAlias = Callable[[Mapping[str, bytes], str, Catalogue], Knowledge]

_KIND = CompiledKind(
    name="inspection", form=COMPILED_FORM, type_=Knowledge, digest=lambda each: each.version.digest
)


def inspection_folder() -> Traversable:
    """Return the folder of the knowledge, wherever the package is installed."""
    return knowledge_folder("inspection")


def load_knowledge(
    read: ReadFiles,
    law: Catalogue,
    *,
    cache_folder: Path | None,
    folder: Traversable | None = None,
) -> Knowledge:
    """Return the knowledge that packages are inspected with.

    Args:
        read: Reads the files strictly (`inspection_knowledge_source.read_knowledge`).
        law: The catalogue whose categories and app types it names.
        cache_folder: Where compiled copies are kept; see `load_compiled`. None reads the files
            each time.
        folder: The folder of the files; the package's own if None.

    Raises:
        WrongKnowledgeFilesError: From `read`, when the files do not make a whole.

    """
    content = yaml_files(inspection_folder() if folder is None else folder)
    digest = digest_of(content)
    return load_compiled(
        _KIND,
        lambda: read(content, digest, law),
        digest=digest,
        cache_folder=cache_folder,
        mark=f"{short(law.version.digest)}-",
    )
