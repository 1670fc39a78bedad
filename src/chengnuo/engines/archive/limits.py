"""How much a package may ask of us, decided before anything of it is read.

Figures of real packages: the largest apps of the stores have about 60,000 entries, files of up to
some 200 MB, and inflate to about twice their size. Deflate itself cannot pass 1,032:1
(RFC 1951), which only long runs of one byte reach.
"""

from dataclasses import dataclass

from chengnuo.base.errors import InvalidInputError

MEBI = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds on one package.

    Attributes:
        package_bytes: Size of the file as it is given.
        entries: Entries of one archive.
        entry_bytes: Size of one entry when read.
        total_bytes: Everything inflated out of one archive, an entry read twice counted twice.
        ratio: Inflated to compressed size of an entry larger than `ratio_from_bytes`.
        ratio_from_bytes: Up to here any ratio goes: a small file of zeros is no bomb.
        parts: Archives inside the archive that make up one package (XAPK, APKS).

    """

    package_bytes: int = 4096 * MEBI
    entries: int = 250_000
    entry_bytes: int = 1024 * MEBI
    total_bytes: int = 4096 * MEBI
    ratio: int = 300
    ratio_from_bytes: int = 32 * MEBI
    parts: int = 200


DEFAULT_LIMITS = Limits()


class PackageLimitError(InvalidInputError):
    """A package is larger than what is worked on."""

    code = "package-limit"

    def __init__(self, what: str, found: int, limit: int) -> None:
        super().__init__(f"{what} of the package is {found}; at most {limit} is worked on")
        self.what = what
        self.found = found
        self.limit = limit


class NotAPackageError(InvalidInputError):
    """The bytes are no package of an app or of an SDK that is known."""

    code = "not-a-package"

    def __init__(self, why: str) -> None:
        super().__init__(f"{why}; expected an APK, XAPK, APKS, APKM, AAB, AAR or JAR")
        self.why = why
