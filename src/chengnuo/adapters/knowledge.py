"""The law catalogue, ready to use: from its files, or from a compiled copy of them."""

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
from chengnuo.law.catalogue import Catalogue

COMPILED_FORM = 1
"""Raise it when a type of the catalogue changes; a test says when."""

ReadFiles: TypeAlias = Callable[[Mapping[str, bytes], str], Catalogue]

_KIND = CompiledKind(
    name="law", form=COMPILED_FORM, type_=Catalogue, digest=lambda each: each.version.digest
)


def law_folder() -> Traversable:
    """Return the folder of the law files, wherever the package is installed."""
    return knowledge_folder("law")


def load_catalogue(
    read: ReadFiles, *, cache_folder: Path | None, folder: Traversable | None = None
) -> Catalogue:
    """Return the catalogue of the law files.

    Args:
        read: Reads the files strictly (`law_source.read_catalogue`).
        cache_folder: Where compiled copies are kept; see `load_compiled`. None reads the files
            each time.
        folder: The folder of the law files; the package's own if None.

    Raises:
        WrongLawFilesError: From `read`, when the files do not make a catalogue.

    """
    content = yaml_files(law_folder() if folder is None else folder)
    digest = digest_of(content)
    return load_compiled(
        _KIND, lambda: read(content, digest), digest=digest, cache_folder=cache_folder
    )
