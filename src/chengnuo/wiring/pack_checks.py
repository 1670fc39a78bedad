"""What checks audit packs, and which programs make what people read of them."""

from importlib.metadata import version

from chengnuo.adapters.documents.publication_set import document_writers
from chengnuo.adapters.pack_reading import Sheets
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.governance.pack_checking import PackChecking

_PROGRAMS = ("chengnuo", "xlsxwriter", "typst", "manimgx-fonts-cjk")
"""What the files that people read are made by; others of them may make other bytes."""


def program() -> str:
    """Return name and version of each."""
    return " · ".join(f"{name} {version(name)}" for name in _PROGRAMS)


def pack_checking(catalogue: Catalogue) -> PackChecking:
    """Return what checks packs."""
    return PackChecking(
        writers={one.format: one for one in document_writers()},
        sheets=Sheets(),
        catalogue=catalogue,
        program=program(),
    )
