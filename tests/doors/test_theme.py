"""The operator's theme: legible or refused, by the token and the pair; nothing else passes."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.doors.web.test_tokens import GROUNDS, ON_FILLED, TEXTS, contrast, themes

from chengnuo.doors.settings import parse_settings, web_settings
from chengnuo.doors.theme import COLOURS, ThemeRefusedError, theme_css

ROOT = Path(__file__).parents[2]
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def written(folder: Path, text: str) -> Path:
    file = folder / "theme.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_theme_of_the_docs_is_taken_in_both_languages(tmp_path: Path) -> None:
    for page in ("docs/host-apps.md", "docs/zh/host-apps.md"):
        text = (ROOT / page).read_text("utf-8")
        shown = next(
            one for one in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "radius" in one
        )
        css = theme_css(written(tmp_path, shown))
        assert "--ink: #10243e;" in css
        assert "--radius: 8px;" in css
        assert "print" not in css


def test_the_docs_name_every_token() -> None:
    for page in ("docs/host-apps.md", "docs/zh/host-apps.md"):
        text = (ROOT / page).read_text("utf-8")
        assert [one for one in COLOURS if f"`{one}`" not in text] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('[light]\nink = "#808080"', "`light.ink` (#808080) on", id="faint text"),
        pytest.param('[dark]\nedge = "#16181a"', "expected at least 3.0:1", id="unseen edge"),
        pytest.param('[light]\naccent = "#000000"', "`light.accent` is no token", id="unknown"),
        pytest.param('[light]\nink = "red"', "light", id="not a colour"),
        pytest.param(
            '[light]\nink = "#000000; } body { display: none"', "light", id="a rule in it"
        ),
        pytest.param("radius = 99", "radius", id="too round"),
        pytest.param("text = 12", "text", id="text smaller than the usual"),
        pytest.param('font = "x"', "font", id="no font"),
        pytest.param("radius = ", "Invalid value", id="not TOML"),
        pytest.param(f"# {'x' * 20_000}", "at most 16384 bytes", id="too long"),
    ],
)
def test_what_a_theme_may_not_say_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ThemeRefusedError) as caught:
        theme_css(written(tmp_path, text))
    assert says in str(caught.value)


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    settings = parse_settings({"centre_theme": str(tmp_path / "none.toml")}, {})
    with pytest.raises(ThemeRefusedError):
        web_settings(settings, port=8700)


@given(token=st.sampled_from(COLOURS), colour=COLOUR, scheme=st.sampled_from(["light", "dark"]))
def test_a_colour_is_taken_just_where_every_pair_is_legible(
    tmp_path_factory: pytest.TempPathFactory, token: str, colour: str, scheme: str
) -> None:
    colours = themes()[scheme] | {token: colour}
    pairs = [(text, ground, 4.5) for text in TEXTS for ground in GROUNDS]
    pairs += [(text, ground, 4.5) for text, ground in ON_FILLED]
    pairs += [("edge", ground, 3.0) for ground in GROUNDS]
    legible = all(contrast(colours[one], colours[other]) >= least for one, other, least in pairs)
    file = written(tmp_path_factory.getbasetemp(), f'[{scheme}]\n{token} = "{colour}"\n')
    try:
        css = theme_css(file)
    except ThemeRefusedError:
        assert not legible
    else:
        assert legible
        assert f"--{token}: {colour};" in css
