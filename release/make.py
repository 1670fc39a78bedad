"""Makes a release in `dist/`: wheel, sdist, list of parts, sums, and their signature.

    CHENGNUO_RELEASE_KEY=/safe/release.pem python -m release.make     (`make release`)

It is built of what is committed, never of what lies about, in a folder of its own, with build tools
locked by hash; the time in it is that of the commit. So whoever has the commit builds the same
bytes, and can compare.
"""

import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from release.locked import ROOT
from release.parts import parts_of
from release.signing import KeyRefusedError, signed

SUMS, SIGNATURE, PUBLIC = "SHA256SUMS", "SHA256SUMS.sig", "release.pub.pem"
PARTS = "chengnuo.cdx.json"


def committed(root: Path, folder: Path) -> int:
    """Put what is committed into a folder; return the time of the commit, seconds since 1970."""
    packed = _git(root, "archive", "--format=tar", "HEAD")
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return int(_git(root, "log", "-1", "--format=%ct"))


def build(source: Path, out: Path, released_s: int, *, uv: str) -> None:
    """Build wheel and sdist of a folder.

    Args:
        source: The project, as committed.
        out: Where they are put.
        released_s: Time that stands in them.
        uv: The program `uv`.

    """
    command = [uv, "build", "--quiet", "--no-config", "--python", sys.executable]
    command += ["--build-constraints", str(source / "requirements" / "build.txt")]
    command += ["--require-hashes", "--out-dir", str(out), str(source)]
    given = {**os.environ, "SOURCE_DATE_EPOCH": str(released_s)}
    subprocess.run(command, check=True, env=given)


def sums_of(folder: Path, names: list[str]) -> bytes:
    """Return the SHA-256 of files, a line each, as `sha256sum` writes and checks them."""
    lines = [f"{digest_of(folder / name)}  {name}\n" for name in sorted(names)]
    return "".join(lines).encode()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make(root: Path, out: Path, *, uv: str, key: Path | None) -> list[str]:
    """Make a release; return the names of its files.

    Args:
        root: The project, in git.
        out: Where the files go; what an earlier one left there is replaced.
        uv: The program `uv`.
        key: Signs the sums; None leaves them unsigned.

    Raises:
        KeyRefusedError: The key cannot be used.

    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        source, built = Path(place) / "source", Path(place) / "built"
        source.mkdir()
        released_s = committed(root, source)
        build(source, built, released_s, uv=uv)
        names = sorted(path.name for path in built.iterdir() if not path.name.startswith("."))
        for name in names:
            (out / name).write_bytes((built / name).read_bytes())
        digests = {name: digest_of(out / name) for name in names}
        (out / PARTS).write_bytes(parts_of(source, released_s, digests))
    names.append(PARTS)
    sums = sums_of(out, names)
    (out / SUMS).write_bytes(sums)
    if key is not None:
        signature, public = signed(sums, key)
        (out / SIGNATURE).write_bytes(signature)
        (out / PUBLIC).write_bytes(public)
        names += [SIGNATURE, PUBLIC]
    return [*names, SUMS]


def _git(root: Path, *asked: str) -> bytes:
    return subprocess.run(["git", "-C", str(root), *asked], check=True, capture_output=True).stdout


def main() -> int:
    """Make the release of this project; exit status 2 for a key that cannot be used."""
    named = os.environ.get("CHENGNUO_RELEASE_KEY", "")
    uv = os.environ.get("UV", "uv")
    try:
        names = make(ROOT, ROOT / "dist", uv=uv, key=Path(named) if named else None)
    except KeyRefusedError as error:
        print(f"release: {error}", file=sys.stderr)
        return 2
    print("\n".join(f"dist/{name}" for name in names))
    if not named:
        print("release: unsigned; CHENGNUO_RELEASE_KEY names no key", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
