"""The sample packages: where they are, and what a careful reader expects of each.

`sources/<name>/` holds Java, manifest and resources, `expected.toml` what they come to by the rule
of the first start (`domain/observation/moment.py`), each with a word why. The answers were read
off the sources by a person's rules, not off what the engine says.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from chengnuo.domain.observation.moment import Moment

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
BUILT = HERE / "built"
_SEALS = BUILT / "seals.toml"

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place in the code that reads personal information, or does what matters like it.

    Attributes:
        class_name: Class that holds it, with dots and `$`.
        method: Name of its method.
        calls: Class and method called, or class and field read, with dots.
        moment: When it can run at the first start.
        tolerated: Other answers that a careful reader could defend.
        owner: `own`, `library` for one that nobody lists, or id of the SDK that holds the code.
        caused_by: `own` or id of the SDK whose code or component brings it about.
        category: Category of personal information that must be named, others may be beside it;
            empty for a mere behaviour.
        why: Why that moment.
        hard: Why a static reader may honestly fail here; empty where it must not.

    """

    class_name: str
    method: str
    calls: str
    moment: Moment
    tolerated: tuple[Moment, ...] = ()
    owner: str = "own"
    caused_by: str = "own"
    category: str = ""
    why: str
    hard: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Which place it is."""
        return (self.class_name, self.method, self.calls)


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part of the app in its manifest.

    Attributes:
        kind: `activity`, `activity-alias`, `service`, `receiver` or `provider`.
        name: Class, with dots.
        exported: Whether other apps can start it.
        permission: Permission that they need, or empty.
        process: Its process, or empty for the main one.
        init_order: That of a provider, else 0.
        enabled: Whether the system would start it.
        target: Activity that an alias stands for, or empty.

    """

    kind: str
    name: str
    exported: bool = False
    permission: str = ""
    process: str = ""
    init_order: int = 0
    enabled: bool = True
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something else that an observer should see, or should not.

    Attributes:
        subject: Subject of the observation, as `screen`.
        what: The pattern, host, setting or SDK; of information the category.
        where: File, class, or class and method where it is.
        why: Why, or why not.
        hard: Why a static reader may honestly fail here; empty where it must not.

    """

    subject: str
    what: str
    where: str = ""
    why: str = ""
    hard: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a careful reader says of one package.

    Attributes:
        about: What the package shows, in a sentence.
        app_id: Application id.
        sites: Sensitive places.
        components: Its parts; those that matter here.
        permissions: Permissions asked for, in the order of the manifest.
        seen: Other observations that must be made.
        not_seen: Observations that must not be made.
        sdks: Id of each SDK in it, with the word for how much of it is there.
        no_sdk: Whether any SDK at all would be a false one.

    """

    about: str
    app_id: str = ""
    sites: tuple[Site, ...] = ()
    components: tuple[Component, ...] = ()
    permissions: tuple[str, ...] = ()
    seen: tuple[Seen, ...] = ()
    not_seen: tuple[Seen, ...] = ()
    sdks: Mapping[str, str] = field(default_factory=dict)
    no_sdk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a package is put together; `build.toml` beside its sources, where not the usual.

    Attributes:
        kind: Ending of the built file: `apk`, `aar`, `jar`, `aab`, `apks` or `xapk`.
        uses: Folders of `shared/` whose sources are compiled in.
        groups: Folders of Java; each becomes one DEX file, and sees those before it.
        dex_names: Path of the DEX file of each group; `split!path` puts it into a split.
        splits: Folders of `splits/`, each with a manifest and files of its own.
        min_api: Lowest API level that D8 is told.
        desugar: Whether lambdas become classes; otherwise they stay `invoke-custom`.
        omitted: Groups that are compiled against and not shipped.
        signed: Schemes of signature, as `v1`, `v2`; none means unsigned.

    """

    kind: str = "apk"
    uses: tuple[str, ...] = ()
    groups: tuple[str, ...] = ("java",)
    dex_names: tuple[str, ...] = ("classes.dex",)
    splits: tuple[str, ...] = ()
    min_api: int = 21
    desugar: bool = True
    omitted: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Digests that tie a built package to its sources and to the sites expected of it."""

    sources: str
    sites: str
    package: str


@cache
def names() -> tuple[str, ...]:
    """Return the names of all samples, sorted."""
    return tuple(sorted(path.name for path in SOURCES.iterdir() if path.is_dir()))


def source_folder(name: str) -> Path:
    """Return the folder of a sample's sources."""
    return SOURCES / name


def built(name: str) -> Path:
    """Return the built package of a sample."""
    return BUILT / f"{name}.{recipe(name).kind}"


@cache
def recipe(name: str) -> Recipe:
    """Return how a sample is put together."""
    path = SOURCES / name / "build.toml"
    if not path.exists():
        return Recipe()
    told = tomllib.loads(path.read_text("utf-8"))
    return _made(Recipe, told)


@cache
def expected(name: str) -> Expected:
    """Return what a careful reader says of a sample."""
    told = tomllib.loads((SOURCES / name / "expected.toml").read_text("utf-8"))
    for site in told.get("site", ()):
        site["class_name"] = site.pop("class")
    lists = {"site": Site, "component": Component, "seen": Seen, "not_seen": Seen}
    for key, kind in lists.items():
        told[f"{key}s" if key in {"site", "component"} else key] = [
            _made(kind, row) for row in told.pop(key, ())
        ]
    return _made(Expected, told)


def _made(kind: type[T], row: Mapping[str, object]) -> T:
    """Return the value that a row of TOML tells; a name that the value lacks is a slip."""
    unknown = row.keys() - {one.name for one in fields(kind)}
    if unknown:
        raise KeyError(f"{kind.__name__} has no {sorted(unknown)}")
    return msgspec.convert(row, kind)


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of bytes, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of_sources(name: str) -> str:
    """Return a digest of everything that a sample is built from, but for what is expected."""
    digest = hashlib.sha256()
    folders = [SOURCES / name, *(HERE / "shared" / shared for shared in recipe(name).uses)]
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            if path.name != "expected.toml":
                digest.update(f"{path.relative_to(HERE).as_posix()}\n".encode())
                digest.update(f"{sha256_of(path.read_bytes())}\n".encode())
    return digest.hexdigest()


def digest_of_sites(wanted: Expected) -> str:
    """Return a digest of the places expected, whatever is said of them."""
    return sha256_of("\n".join(" ".join(site.key) for site in wanted.sites).encode())


@cache
def seals() -> Mapping[str, Seal]:
    """Return the seal of every built package."""
    if not _SEALS.exists():
        return {}
    told = tomllib.loads(_SEALS.read_text("utf-8"))
    return {name: _made(Seal, row) for name, row in told.items()}


def write_seals(known: Mapping[str, Seal]) -> None:
    """Write the seals anew."""
    lines = []
    for name in sorted(known):
        seal = known[name]
        lines += [f"[{name}]", f'sources = "{seal.sources}"', f'sites = "{seal.sites}"']
        lines += [f'package = "{seal.package}"', ""]
    _SEALS.write_text("\n".join(lines), "utf-8")
