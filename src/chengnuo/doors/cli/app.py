"""What the commands are given: the use cases, made when they are first asked for."""

from pathlib import Path
from typing import Protocol, Self

from chengnuo.base.text import Lang
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.publication_place import PublicationPlace
from chengnuo.usecases.disclosure import Publisher
from chengnuo.usecases.exchange import Exchange
from chengnuo.usecases.registers import Registers


class App(Protocol):
    """The program as the command line sees it."""

    @property
    def lang(self) -> Lang:
        """The language to speak."""
        ...

    def in_lang(self, lang: Lang) -> Self:
        """Return the same program speaking a language."""
        ...

    def catalogue(self) -> Catalogue:
        """Return the law catalogue."""
        ...

    def registers(self) -> Registers:
        """Return the use cases on register folders."""
        ...

    def exchange(self) -> Exchange:
        """Return the use cases on other formats."""
        ...

    def publisher(self) -> Publisher:
        """Return the use case of publishing."""
        ...

    def publication_place(self, folder: Path) -> PublicationPlace:
        """Return a folder as a place for publications."""
        ...
