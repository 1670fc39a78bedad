"""PDF and Word policies are read in a child: what comes of it is what comes of it here."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.adapters.policies.word_files import WORD, docx

from chengnuo.adapters.packages.in_child import Bounds
from chengnuo.adapters.policies.apart import Format, read_apart
from chengnuo.adapters.policies.format_error import PolicyFormatError
from chengnuo.adapters.policies.word import word_blocks
from chengnuo.engines.archive.limits import MEBI

pytestmark = pytest.mark.real


def test_a_child_reads_what_is_read_here() -> None:
    data = docx(WORD)
    assert read_apart(Format.WORD, data) == word_blocks(data)


@pytest.mark.parametrize(
    ("written", "data", "why"),
    [
        (Format.PDF, b"%PDF-1.7\nnothing follows", "PDF"),
        (Format.WORD, b"PK\x03\x04rest", "damaged"),
    ],
)
def test_what_is_refused_there_is_refused_here(written: Format, data: bytes, why: str) -> None:
    with pytest.raises(PolicyFormatError, match=why):
        read_apart(written, data)


def test_a_reading_without_end_is_given_up() -> None:
    with pytest.raises(PolicyFormatError, match="memory or time"):
        read_apart(Format.PDF, b"%PDF-1.7\n", Bounds(memory_bytes=1024 * MEBI, wall_s=0.001))


def test_what_reads_pdf_is_not_loaded_by_who_asks(tmp_path: Path) -> None:
    file = tmp_path / "policy.pdf"
    file.write_bytes(b"%PDF-1.7\nnothing follows")
    asks = f"""
import sys
from pathlib import Path
from chengnuo.adapters.policies.policy_file import PolicyFile
from chengnuo.ports.policies import UnreadablePolicyError
try:
    PolicyFile().read(Path({str(file)!r}))
except UnreadablePolicyError:
    print("pypdf" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"
