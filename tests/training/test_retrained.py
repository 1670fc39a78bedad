"""The command of training gives the weights of the package, byte for byte.

It needs the corpora, which are not in the repository: CHENGNUO_TRAINING_DATA names their folder.
Without it there is nothing to try, and so no test.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = os.environ.get("CHENGNUO_TRAINING_DATA")

if FOLDER is not None:

    @pytest.mark.slow
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_same_corpus_gives_the_same_weights(language: str, tmp_path: Path) -> None:
        root = Path(__file__).parents[2]
        command = [sys.executable, "-m", "training.clauses", "--data", str(FOLDER)]
        subprocess.run(  # noqa: S603
            [*command, "--language", language, "--out", str(tmp_path)], cwd=root, check=True
        )
        kept = root / "src" / "chengnuo" / "knowledge" / "policy" / f"about.{language}.json"
        made = tmp_path / f"about.{language}.json"
        digests = [json.loads(file.read_text(encoding="utf-8"))["sha256"] for file in (kept, made)]
        assert digests[0] == digests[1]
