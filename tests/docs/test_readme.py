"""The READMEs keep the two commands of a newcomer and show the same in both languages."""

from pathlib import Path

import pytest
from tests.docs.markdown import READMES, fences, links


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
@pytest.mark.parametrize(
    ("mark", "command"), [("newcomer:run", "make run"), ("newcomer:test", "make test")]
)
def test_a_newcomer_finds_one_command(readme: Path, mark: str, command: str) -> None:
    found = [fence.lines for fence in fences(readme) if fence.mark == mark]
    assert found == [(command,)]


def test_both_readmes_show_the_pictures() -> None:
    for picture in ("docs/img/centre.png", "docs/img/console.png"):
        assert all(picture in links(readme) for readme in READMES)
