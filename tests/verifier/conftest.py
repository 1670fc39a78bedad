"""What the tests of the verifier share."""

from pathlib import Path

import pytest
from tests.verifier.asking import Asker


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Asker:
    """The verifier in this process, beside a folder to put things in."""
    return Asker(tmp_path, capsys)
