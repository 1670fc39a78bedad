"""A release is the same bytes wherever it is built, lists its parts, and openssl checks it."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from release.locked import pins
from release.make import SIGNATURE, SUMS, build, committed, make, sums_of
from release.parts import parts_of
from release.signing import KeyRefusedError, make_key, signed
from tests.house.sources import ROOT

UV = ROOT / ".uv" / "bin" / "uv"
FILES = {"one.whl": "ab" * 32}


def openssl(folder: Path) -> bool:
    """Tell whether openssl takes the signature in a folder, as the docs say to check it."""
    done = subprocess.run(  # noqa: S603  as above
        "openssl pkeyutl -verify -pubin -inkey release.pub.pem -rawin "
        f"-in {SUMS} -sigfile {SIGNATURE}".split(),
        cwd=folder,
        check=False,
        capture_output=True,
    )
    return done.returncode == 0


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """Sums of one file, signed."""
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "one.whl").write_bytes(b"one")
    sums = sums_of(folder, ["one.whl"])
    make_key(tmp_path / "key.pem")
    signature, public = signed(sums, tmp_path / "key.pem")
    (folder / SUMS).write_bytes(sums)
    (folder / SIGNATURE).write_bytes(signature)
    (folder / "release.pub.pem").write_bytes(public)
    return folder


@pytest.mark.real
def test_openssl_and_sha256sum_check_a_release(release: Path) -> None:
    assert openssl(release)
    check = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(check, cwd=release, check=False).returncode == 0  # noqa: S603
    (release / "one.whl").write_bytes(b"two")
    changed = subprocess.run(check, cwd=release, check=False, capture_output=True)  # noqa: S603
    assert changed.returncode == 1


@pytest.mark.real
def test_changed_sums_and_another_key_are_refused(release: Path, tmp_path: Path) -> None:
    sums = (release / SUMS).read_bytes()
    (release / SUMS).write_bytes(sums.replace(b"one", b"two"))
    assert not openssl(release)
    (release / SUMS).write_bytes(sums)
    (release / "release.pub.pem").write_bytes(make_key(tmp_path / "other.pem"))
    assert not openssl(release)


def test_a_key_is_made_once_outside_of_the_project_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    make_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_key(path)
    with pytest.raises(KeyRefusedError, match="outside"):
        make_key(ROOT / "release" / "key.pem")
    path.chmod(0o640)
    with pytest.raises(KeyRefusedError, match="owner alone"):
        signed(b"", path)
    path.chmod(0o600)
    path.write_text("no key", encoding="ascii")
    with pytest.raises(KeyRefusedError, match="PEM"):
        signed(b"", path)


def test_the_list_of_parts_names_every_locked_version_with_licence_and_hashes() -> None:
    listed = json.loads(parts_of(ROOT, 1_796_000_000, FILES))
    assert (listed["bomFormat"], listed["specVersion"]) == ("CycloneDX", "1.6")
    assert listed["metadata"]["timestamp"] == "2026-11-30T00:53:20Z"
    locked = list(pins(ROOT / "requirements" / "run.txt"))
    assert [(one["name"], one["version"]) for one in listed["components"]] == [
        (pin.name, pin.version) for pin in locked
    ]
    assert all(one["licenses"][0]["expression"] for one in listed["components"])
    assert all(one["properties"] for one in listed["components"])
    (file,) = listed["metadata"]["component"]["components"]
    assert file["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    refs = [one["bom-ref"] for one in listed["components"]]
    assert listed["dependencies"][0]["dependsOn"] == refs
    assert len(set(refs)) == len(refs)


def test_the_list_of_parts_is_the_same_bytes_and_another_one_for_other_files() -> None:
    first = parts_of(ROOT, 1_796_000_000, FILES)
    assert parts_of(ROOT, 1_796_000_000, FILES) == first
    other = parts_of(ROOT, 1_796_000_000, {"one.whl": "cd" * 32})
    assert json.loads(other)["serialNumber"] != json.loads(first)["serialNumber"]


@pytest.mark.slow
def test_two_builds_in_two_places_at_two_times_give_the_same_bytes(tmp_path: Path) -> None:
    make(ROOT, tmp_path / "dist", uv=str(UV), key=None)
    here = tmp_path / "another" / "deeper" / "place"
    here.mkdir(parents=True)
    released_s = committed(ROOT, here)
    for number, path in enumerate(sorted(here.rglob("*.py"))):
        os.utime(path, (number, number))
        path.chmod(0o600)
    mask = os.umask(0o077)
    try:
        build(here, tmp_path / "again", released_s, uv=str(UV))
    finally:
        os.umask(mask)
    names = sorted(path.name for path in (tmp_path / "again").iterdir() if path.suffix != "")
    assert [Path(name).suffix for name in names] == [".whl", ".gz"]
    for name in names:
        first = (tmp_path / "dist" / name).read_bytes()
        assert (tmp_path / "again" / name).read_bytes() == first, name
