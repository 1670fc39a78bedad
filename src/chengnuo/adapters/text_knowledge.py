"""The knowledge that text is searched with: from its files, or from a compiled copy of them."""

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
from chengnuo.domain.observation.text_knowledge import TextKnowledge
from chengnuo.law.catalogue import Catalogue

COMPILED_FORM = 3
"""Raise it when a type of the knowledge changes; a test says when."""

ReadFiles: TypeAlias = Callable[[Mapping[str, bytes], str, Catalogue], TextKnowledge]

_KIND = CompiledKind(
    name="text", form=COMPILED_FORM, type_=TextKnowledge, digest=lambda each: each.version.digest
)


def load_text_knowledge(
    read: ReadFiles,
    law: Catalogue,
    *,
    cache_folder: Path | None,
    folder: Traversable | None = None,
) -> TextKnowledge:
    """Return the knowledge that text is searched with.

    Args:
        read: Reads the files strictly (`text_knowledge_source.read_text_knowledge`).
        law: The catalogue whose categories it names.
        cache_folder: Where compiled copies are kept; see `load_compiled`. None reads the files
            each time.
        folder: The folder of the files; the package's own if None.

    Raises:
        WrongTextFilesError: From `read`, when the files do not make a whole.

    """
    content = yaml_files(knowledge_folder("text") if folder is None else folder)
    digest = digest_of(content)
    return load_compiled(
        _KIND,
        lambda: read(content, digest, law),
        digest=digest,
        cache_folder=cache_folder,
        mark=f"{short(law.version.digest)}-",
    )
