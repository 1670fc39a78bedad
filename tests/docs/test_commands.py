"""Every command that a page shows exists, and every command that exists is on the page."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.docs.command_tree import leaves, parse
from tests.docs.markdown import READMES, ROOT, fences, pages
from tests.docs.not_typed import why_not_typed
from tests.docs.walks import Typed, walk

# What is typed is parsed by that: see test_pages_run.
NOT_TYPED = sorted(
    {
        act.words
        for page in pages()
        for act in walk(page)
        if isinstance(act, Typed) and act.words.startswith("chengnuo ") and why_not_typed(act)
    }
)
CHENGNUO = Path(sys.executable).with_name("chengnuo")
EXAMPLE = re.compile(r"Example: (chengnuo .+)")
# One has no result to print, the other prints nothing but JSON.
WITHOUT_JSON = {"chengnuo serve", "chengnuo register schema"}
TOUR_PAGES = (ROOT / "docs" / "tour.md", ROOT / "docs" / "zh" / "tour.md")


HEAD = """\
# Commands

Written by `make golden` from what each command says of itself.

Results go to stdout and talk to stderr. Exit status: 0 clean · 1 findings or refused ·
2 wrong usage, or input that is not what it should be · 3 could not finish · 4 undecided.
"""


FILES_OF_EXAMPLES = (
    "accounts.txt",
    "answers.toml",
    "app.apk",
    "attestation.json",
    "backup.pub",
    "centre.toml",
    "chengnuo.toml",
    "erased.list",
    "kit.aar",
    "manifest.yml",
    "mask.key",
    "names.vault",
    "pack.zip",
    "policy.html",
    "restore.key",
    "run.har",
    "signed-list.pdf",
    "splash.json",
    "stores.json",
    "today.backup",
    "transfers.csv",
    "winners.html",
)


def touch_files_of_examples(folder: Path) -> None:
    for name in FILES_OF_EXAMPLES:
        (folder / name).touch()


def page_of_commands() -> str:
    """Return the page about all commands, from what each says of itself."""
    parts = [f"## `{c.command_path}`\n\n```text\n{c.get_help()}\n```\n" for c in leaves()]
    return "\n".join([HEAD, *parts])


def ran(words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line of ours in a folder."""
    return subprocess.run(  # noqa: S603 - a line that our own page shows
        [CHENGNUO, *shlex.split(words)[1:]], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", NOT_TYPED)
def test_a_command_line_that_is_not_typed_parses(
    words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("examples", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    touch_files_of_examples(tmp_path)
    (tmp_path / "register").symlink_to(ROOT / "examples" / "shop" / "register")
    parse(shlex.split(words.replace("\\\n", " "))[1:])


def test_a_wrong_command_line_does_not_parse() -> None:
    with pytest.raises(click.UsageError):
        parse(["law", "sho", "PIPL-14"])
    with pytest.raises(click.UsageError):
        parse(["law", "show", "PIPL-14", "--no-such-option"])


def test_every_command_stands_on_the_page_of_commands(
    golden_page: Callable[[str, str], None],
) -> None:
    golden_page("docs/commands.md", page_of_commands())


def test_every_command_says_what_it_does_and_prints_json() -> None:
    paths = {context.command_path: context.command for context in leaves()}
    assert [path for path, command in paths.items() if not command.help] == []
    with_json = {
        path
        for path, command in paths.items()
        if any("--json" in parameter.opts for parameter in command.params)
    }
    assert paths.keys() - with_json <= WITHOUT_JSON


def test_every_command_shows_an_example_that_parses(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "register").symlink_to(ROOT / "examples" / "shop" / "register")
    touch_files_of_examples(tmp_path)
    for context in leaves():
        examples = EXAMPLE.findall(context.command.help or "")
        assert examples, f"{context.command_path} shows no example"
        for example in examples:
            parsed = parse(shlex.split(example)[1:])
            assert parsed.command_path == context.command_path


@pytest.mark.real
@pytest.mark.parametrize("page", TOUR_PAGES, ids=lambda page: page.parent.name)
def test_the_register_of_the_tour_is_clean(page: Path, tmp_path: Path) -> None:
    files = [fence for fence in fences(page) if fence.mark.startswith("file: ")]
    assert len(files) == 5
    for fence in files:
        path = tmp_path / fence.mark.removeprefix("file: ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(fence.lines) + "\n", encoding="utf-8")
    done = ran("chengnuo register check register", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_pages_that_shut_no_fence_are_noticed(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    shutil.copy(READMES[0], page)
    page.write_text(page.read_text(encoding="utf-8") + "\n```sh\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="not closed"):
        list(fences(page))
