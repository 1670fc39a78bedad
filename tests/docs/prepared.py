"""What lies in the folder in which the commands of a page are typed.

Every folder has the repository's `examples` and `tests` to read. What else a page speaks of, as
`app.apk`, is told here by its name.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.docs.markdown import ROOT, fences

from chengnuo.adapters.documents.html import HtmlPageWriter
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.adapters.register_folder import RegisterFolder
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.processing_rules import processing_rules
from chengnuo.domain.register.ids import AppId
from chengnuo.domain.register.reading import read_register
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

REGISTER = ROOT / "examples" / "shop" / "register"
BUILT = ROOT / "tests" / "packages" / "built"


def _register(folder: Path) -> None:
    shutil.copytree(REGISTER, folder / "register")


def _small(folder: Path) -> None:
    """Write the register of the page that shows a whole one."""
    for fence in fences(ROOT / "docs" / "tour.md"):
        if fence.mark.startswith("file: "):
            path = folder / fence.mark.removeprefix("file: ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(fence.lines) + "\n", encoding="utf-8")


def _data(folder: Path) -> None:
    assert run(Program(), ["evidence", "init", "--data", str(folder / "data")]) == 0


def _app(folder: Path) -> None:
    shutil.copy(BUILT / "whole-bad-shop.apk", folder / "app.apk")


def _policy(folder: Path) -> None:
    """Write the processing rules of the sample shop, as they are published."""
    catalogue = load_catalogue(read_catalogue, cache_folder=None)
    files = RegisterFolder().read(REGISTER)
    loaded = read_register(files.trees, catalogue=catalogue, problems=files.problems)
    declared = Declared(register=loaded.register, catalogue=catalogue, app_id=AppId("jishi-app"))
    page = HtmlPageWriter().write(processing_rules(declared), Lang.ZH)
    (folder / "policy.html").write_bytes(page)


def _log(folder: Path) -> None:
    """Write a log with an identity number of the standard's own example, and an address."""
    lines = "客户的身份证号11010519491231002X，已核对\n第二行没有\nip=61.14.242.211\n"
    (folder / "app.log").write_text(lines, encoding="utf-8")


def _manifests(folder: Path) -> None:
    (folder / "manifests").mkdir()
    (folder / "manifests" / "shop.yml").write_text(
        """\
organization:
  - {fides_key: shop, name: A shop}
system:
  - fides_key: orders
    name: Orders
    system_type: Application
    privacy_declarations:
      - name: Deliver
        data_use: essential.service
        data_categories: [user.contact.address]
""",
        encoding="utf-8",
    )


def _release(folder: Path) -> None:
    """Write one file, its list of sums, and the signature of that."""
    (folder / "chengnuo.whl").write_bytes(b"a wheel")
    sums = f"{sha256_hex(b'a wheel')}  chengnuo.whl\n".encode()
    key = Ed25519PrivateKey.generate()
    (folder / "SHA256SUMS").write_bytes(sums)
    (folder / "SHA256SUMS.sig").write_bytes(key.sign(sums))
    (folder / "release.pub.pem").write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )


FILES: dict[str, Callable[[Path], None]] = {
    "app.apk": _app,
    "app.log": _log,
    "data": _data,
    "manifests": _manifests,
    "policy.html": _policy,
    "register": _register,
    "release": _release,
    "small register": _small,
}
PREPARED: dict[str, tuple[str, ...]] = {
    "SECURITY.md": ("release",),
    "docs/changing-the-register.md": ("register",),
    "docs/first-list.md": ("small register",),
    "docs/formats/dpv.md": ("register",),
    "docs/formats/fideslang.md": ("manifests",),
    "docs/from-package.md": ("app.apk", "policy.html"),
    "docs/how-to/proof.md": ("app.log",),
    "docs/how-to/rights.md": ("data",),
    "docs/how-to/rules.md": ("policy.html",),
    "docs/operating.md": ("data",),
    "docs/rooms/policy.md": ("policy.html",),
    "docs/rooms/text.md": ("app.log",),
}
