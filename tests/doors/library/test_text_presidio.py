"""Presidio finds what we find, by our recogniser."""

import json
import subprocess
import sysconfig
from pathlib import Path

import pytest
from tests.packages_cache import python_with

import chengnuo
from chengnuo import text

HERE = Path(__file__).parent
SOURCE = Path(chengnuo.__file__).parents[1]


def test_without_presidio_the_missing_library_is_named() -> None:
    with pytest.raises(ModuleNotFoundError, match="presidio_analyzer"):
        text.presidio_recognizer()


@pytest.mark.slow
def test_presidio_finds_what_we_find() -> None:
    python = python_with("presidio-analyzer==2.2.360")
    folders = [str(SOURCE), sysconfig.get_path("purelib")]
    done = subprocess.run(  # noqa: S603  ours
        [str(python), str(HERE / "peer_presidio.py"), *folders],
        input="客户手机13812345678，QQ：123456789，邮箱 a@example.com",
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [
        ["PHONE_NUMBER", 4, 15, "mobile: key"],
        ["CN_QQ", 19, 28, "qq: key"],
        ["EMAIL_ADDRESS", 32, 45, "email: key"],
    ]
