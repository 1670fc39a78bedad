"""The files that packages come in: ZIP with fixed times and order, AAR, XAPK, APKS, signed APK."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.packages.bundle import bundle_files
from tests.packages.kit import Recipe, source_folder
from tests.packages.signing import sign

_TIME = (1981, 1, 1, 1, 1, 2)
_OF_SPLIT = "!"
"""Between a split and the DEX file in it, in the recipe."""
_STORED = (".arsc", ".so", ".apk")


def written(name: str, made: Recipe, *, work: Path, target: Path) -> None:
    """Write the package of a sample whose parts were compiled in `work`."""
    match made.kind:
        case "jar":
            target.write_bytes(zipped(_classes(work)))
        case "aar":
            target.write_bytes(zipped(_library(name, work)))
        case "aab":
            target.write_bytes(zipped(bundle_files(name, _app_files(name, made, work))))
        case "apks" | "xapk":
            target.write_bytes(zipped(_set_of_apks(name, made, work)))
        case _:
            target.write_bytes(zipped(_app_files(name, made, work)))
    if made.signed:
        sign(target, made.signed)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of the files in the order of their names, the same bytes for the same files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _TIME)
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return out.getvalue()


def _app_files(name: str, made: Recipe, work: Path) -> dict[str, bytes]:
    files = _resources(work / "base.zip")
    code = _code(made, work)
    files |= {dex_name: dex for dex_name, dex in code.items() if _OF_SPLIT not in dex_name}
    return files | _given(source_folder(name) / "files")


def _code(made: Recipe, work: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for group, dex_name in zip(made.groups, made.dex_names, strict=True):
        dex = work / group / "dex" / "classes.dex"
        if group not in made.omitted and dex.exists():
            found[dex_name] = dex.read_bytes()
    return found


def _code_of_split(split: str, made: Recipe, work: Path) -> dict[str, bytes]:
    start = f"{split}{_OF_SPLIT}"
    code = _code(made, work)
    return {path.removeprefix(start): dex for path, dex in code.items() if path.startswith(start)}


def _resources(compiled: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(compiled) as archive:
        return {entry: archive.read(entry) for entry in archive.namelist()}


def _given(folder: Path) -> dict[str, bytes]:
    """Return files that are shipped as they are, by path from the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _classes(work: Path) -> dict[str, bytes]:
    return _given(work / "java" / "classes")


def _library(name: str, work: Path) -> dict[str, bytes]:
    folder = source_folder(name)
    manifest = (folder / "AndroidManifest.xml").read_bytes()
    files = {"AndroidManifest.xml": manifest, "classes.jar": zipped(_classes(work)), "R.txt": b""}
    return files | _given(folder / "files")


def _set_of_apks(name: str, made: Recipe, work: Path) -> dict[str, bytes]:
    """Return base and splits, each an APK of its own, with the index that the set is told by."""
    base = zipped(_app_files(name, made, work))
    folder = source_folder(name) / "splits"
    splits = {
        split: zipped(
            _resources(work / f"{split}.zip")
            | _given(folder / split / "files")
            | _code_of_split(split, made, work)
        )
        for split in made.splits
    }
    given = _given(source_folder(name) / "outer")
    if made.kind == "apks":
        inner = {f"splits/base-{split}.apk": content for split, content in splits.items()}
        return {"splits/base-master.apk": base} | inner | given
    return {"base.apk": base} | {f"{split}.apk": c for split, c in splits.items()} | given
