"""`chengnuo snapshot`: made from a real data folder, checked, and decided by without it."""

import json
import shutil
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.doors.cli import test_decide
from tests.doors.cli.test_decide import ACCOUNT, Shop

from chengnuo.adapters.clock import SystemClock
from chengnuo.domain.evidence.kinds import Kind

ran, tea, seeded, shop = test_decide.ran, test_decide.tea, test_decide.seeded, test_decide.shop
Run = Callable[..., tuple[int, str, str]]
APP = "tea"


def soon(**time: float) -> str:
    return (SystemClock().now() + timedelta(**time)).isoformat(timespec="seconds")


def test_a_snapshot_decides_without_the_data_folder(ran: Run, shop: Shop, tmp_path: Path) -> None:
    shop.act()
    ids, file = tmp_path / "ids.txt", tmp_path / "wall.snapshot"
    ids.write_text(f"{ACCOUNT}\nanother-sample-person\n", "utf-8")
    make = ("snapshot", "make", ids, "--app", APP, "--until", soon(minutes=9), "-o", file)
    made = (*make, "--account", "active", "--age", "18+", "--data", shop.data, "--json")
    status, out, err = ran(*made)
    assert (status, err) == (0, "")
    said = json.loads(out)
    key = Path(said["key"])
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert ran(*made)[0] == 2  # files that are there are not replaced
    shop.act(Kind.CONSENT_WITHDRAWN)
    shutil.rmtree(shop.data)

    signed = ("--public-key", said["publicKey"])
    status, out, _ = ran("snapshot", "check", file, *signed, "--json")
    assert (status, json.loads(out)["people"]) == (0, 2)
    asked = ("--person", ACCOUNT, "--activity", "wall")
    decide = ("snapshot", "decide", file, *asked)
    assert ran(*decide, *signed, "--app", APP)[0] == 0
    other = ("snapshot", "decide", file, "--key", key, "--activity", "wall")
    status, out, _ = ran(*other, *signed, "--app", APP, "--person", "another-sample-person")
    assert (status, "held" in out) == (4, True)
    status, out, _ = ran(*other, *signed, "--app", APP, "--person", "nobody-in-it")
    assert (status, "unknown-person" in out) == (1, True)
    status, out, _ = ran(*decide, *signed, "--app", APP, "--at", soon(minutes=10), "--json")
    assert (status, json.loads(out)["why"]) == (1, "expired")
    for wrong in ((*signed, "--app", "another"), ("--public-key", "00" * 32, "--app", APP)):
        status, out, err = ran(*decide, *wrong)
        assert (status, out) == (3, "")
        assert "snapshot-refused" in err


def test_an_end_that_is_past_is_refused_and_leaves_no_file(
    ran: Run, shop: Shop, tmp_path: Path
) -> None:
    ids, file = tmp_path / "ids.txt", tmp_path / "wall.snapshot"
    ids.write_text(f"{ACCOUNT}\n", "utf-8")
    make = ("snapshot", "make", ids, "--app", APP, "--until", soon(minutes=-9), "-o", file)
    status, _, err = ran(*make, "--data", shop.data)
    assert (status, "snapshot-terms" in err) == (2, True)
    assert sorted(tmp_path.glob("wall*")) == []
