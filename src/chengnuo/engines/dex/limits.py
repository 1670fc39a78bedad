"""How much one DEX file may ask for before anything is allocated for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what is read; what is over one is damage of its part, said and left out.

    All but the first bound parts that the format lets a small file repeat without end, because
    several owners may point at one place.

    Attributes:
        file_bytes: Size of the file; over it nothing is read at all.
        dex_files: DEX files in one container (version 041).
        strings: Strings of one unit.
        items: Fields, methods and classes of one unit, each; code can name 65,536 of each.
        method_units: Code units of one method; compilers stop at 65,536.
        text_bytes: Bytes of all strings of one unit together.
        proto_bytes: Bytes of all descriptors of prototypes of one unit together.
        listed: Entries of all type lists of one kind in one unit.
        code_units: Code units of all methods of one unit together.
        damages: Damages that are told one by one; the rest are counted.

    """

    file_bytes: int = 512 << 20
    dex_files: int = 100
    strings: int = 1 << 21
    items: int = 1 << 18
    method_units: int = 1 << 18
    text_bytes: int = 128 << 20
    proto_bytes: int = 32 << 20
    listed: int = 1 << 20
    code_units: int = 256 << 20
    damages: int = 1000


ORDINARY = Limits()
