"""`chengnuo release vet`: a kit beside its recipient, the exit status, what is refused."""

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from tests.domain.finding.inspection_kit import CLEAN
from tests.doors.cli.inspecting_here import Here

from chengnuo.base.columns import columns
from chengnuo.domain.observation.inspection import Inspection, PackageKind, Unread
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.listing import Listing
from chengnuo.domain.observation.observation import Place
from chengnuo.doors.cli.root import run
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.inspection.inspections import Inspections

BUILT = Path(__file__).parents[2] / "packages" / "built"
SHOP = Path(__file__).parents[3] / "examples" / "shop" / "register"
KIT = str(BUILT / "box-aar.aar")
LINE = ["release", "vet", KIT, "--register", str(SHOP), "--on", "2026-11-28"]
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def program(catalogue: Catalogue, knowledge: Knowledge) -> Here:
    return Here(law=catalogue, knowledge=knowledge)


@pytest.fixture
def declaring_all(tmp_path: Path) -> Path:
    """The register of the shop, in which the recipient lists all that its kit reads."""
    folder = tmp_path / "register"
    shutil.copytree(SHOP, folder)
    row = folder / "recipients" / "umeng-analytics.yaml"
    written = row.read_text(encoding="utf-8")
    more = written.replace("categories: [", "categories: [PI-DEVICE-IMEI, ")
    assert more != written
    row.write_text(more, encoding="utf-8")
    return folder


def test_what_is_declared_stands_beside_what_the_code_can_do(
    program: Here, capsys: Printed
) -> None:
    assert run(program, ["--lang", "en", *LINE]) == 1
    said = capsys.readouterr().out
    assert "recipient umeng-analytics" in said
    lines = [line.split("information") for line in said.splitlines() if " information " in line]
    found = {line[-1].strip(): line[0].strip() for line in lines}
    assert found["IMEI and other hard identifiers"] == "code can, not declared"
    assert found["Android ID"] == "code can, declared"
    assert found["IP address"] == "declared, not seen"
    assert "SDK reads more than registered" in said
    # What the register says of the app is not about the kit.
    assert "necessary" not in said
    assert max(map(columns, said.splitlines())) <= 80


@pytest.mark.parametrize("how", ["--json", "--format=json"])
def test_the_same_is_told_as_json(program: Here, capsys: Printed, how: str) -> None:
    assert run(program, [*LINE, how]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["recipient"]["id"] == "umeng-analytics"
    assert (said["verdict"], said["undeclared"]) == ("fails", 1)
    assert {one["rule"] for one in said["report"]["findings"]} == {"sdk-reads-more-than-registered"}
    assert said["report"]["drift"]["rows"][0]["what"] == "PI-DEVICE-AID"


def test_a_kit_that_reads_what_is_declared_passes(
    program: Here, declaring_all: Path, capsys: Printed
) -> None:
    assert run(program, [*LINE, "--register", str(declaring_all)]) == 0
    assert "代码能做，未声明" not in capsys.readouterr().out


def test_it_can_be_held_to_another_recipient(program: Here, capsys: Printed) -> None:
    assert run(program, [*LINE, "--recipient", "bugly", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["recipient"]["id"] == "bugly"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        pytest.param({2: str(BUILT / "read-mac.apk")}, "not-a-kit", id="an app"),
        pytest.param({2: str(SHOP / "handler.yaml")}, "not-a-package", id="no package"),
        pytest.param({5: "--recipient", 6: "nobody"}, "kit-recipient", id="no such recipient"),
    ],
)
def test_what_is_no_kit_of_the_register_is_refused(
    program: Here, capsys: Printed, change: dict[int, str], code: str
) -> None:
    line = [change.get(index, word) for index, word in enumerate(LINE)]
    assert run(program, line) == 2
    assert f"[{code}]" in capsys.readouterr().err


@dataclass(frozen=True, kw_only=True)
class Damaged(Here):
    """The program, to which every kit is an empty one with a part that cannot be read."""

    def inspections(self, *, memory_bytes: int, wall_s: float) -> Inspections:
        used = super().inspections(memory_bytes=memory_bytes, wall_s=wall_s)
        return replace(used, inspector=Fixed())


@dataclass(frozen=True)
class Fixed:
    """Sees in every package the same."""

    def inspect(self, path: Path, tell: Callable[[str], None]) -> Inspection:
        assert path.exists()
        tell("open")
        kit = replace(CLEAN.package, kind=PackageKind.JAR, app_id="")
        unread = (Unread(where="a/B.class", why="cut"),)
        return replace(CLEAN, package=kit, observations=(), sdks=(), unread=unread)

    def listings(
        self, path: Path, places: Sequence[Place], tell: Callable[[str], None]
    ) -> tuple[Listing, ...]:
        raise AssertionError((path, places, tell))


def test_a_kit_that_was_not_seen_whole_does_not_pass(
    catalogue: Catalogue, knowledge: Knowledge, capsys: Printed
) -> None:
    program = Damaged(law=catalogue, knowledge=knowledge)
    assert run(program, ["--lang", "en", *LINE]) == 3
    said = capsys.readouterr().out
    assert "A part was not seen: a/B.class" in said
    assert "The register has no recipient for this SDK" in said
