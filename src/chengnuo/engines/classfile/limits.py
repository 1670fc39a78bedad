"""How much the class files of one JAR may ask for before anything is allocated for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on what is read; what is over one is damage of its part, said and left out.

    The format itself bounds what is in a class: 65,535 entries of the constant pool, members of a
    kind and bytes of a method (JVMS 4.11).

    Attributes:
        class_bytes: Size of one class file.
        classes: Classes read.
        all_bytes: Size of all class files together; those after are left out.
        pool_entries: Entries of all constant pools together.
        damages: Damages that are told one by one; the rest are counted.

    """

    class_bytes: int = 16 << 20
    classes: int = 200_000
    all_bytes: int = 512 << 20
    pool_entries: int = 1 << 25
    damages: int = 1000


ORDINARY = Limits()
