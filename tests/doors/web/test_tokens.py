"""The colours of the token file are legible in light, in dark and on paper (WCAG 2.2)."""

import re
from importlib.resources import files

import pytest

STATIC = files("chengnuo.doors.web").joinpath("static")
TOKENS = STATIC.joinpath("tokens.css").read_text("utf-8")
SITE = STATIC.joinpath("site.css").read_text("utf-8")
GROUNDS = ("paper", "sheet", "shade")
TEXTS = ("ink", "ink-soft", "seal", "grave", "warn", "note", "fine")
ON_FILLED = (("on-seal", "seal"), ("on-ink", "ink"))


def themes() -> dict[str, dict[str, str]]:
    """Each theme whole: dark and print name only what differs from light."""
    light_css, rest = TOKENS.split("@media (prefers-color-scheme: dark)")
    dark_css, print_css = rest.split("@media print")
    colours = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    light = dict(colours.findall(light_css))
    return {
        "light": light,
        "dark": light | dict(colours.findall(dark_css)),
        "print": light | dict(colours.findall(print_css)),
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_names() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_is_legible_on_every_ground(theme: str, ground: str, text: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize(("text", "ground"), ON_FILLED)
def test_text_is_legible_on_what_is_filled(theme: str, text: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_control_is_seen(theme: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours["edge"], colours[ground]) >= 3


def test_no_text_is_smaller_than_sixteen_pixels_on_a_screen() -> None:
    screen = TOKENS.split("@media print")[0]
    sizes = [float(size) for size in re.findall(r"--size-[a-z]+: ([\d.]+)rem;", screen)]
    assert sizes
    assert min(sizes) >= 1


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", SITE) == []


def test_nothing_is_loaded_from_elsewhere() -> None:
    assert re.findall(r"@import|@font-face|url\(|//[a-z]", TOKENS + SITE) == []


def test_every_colour_that_the_style_sheet_uses_is_a_token() -> None:
    used = set(re.findall(r"var\(--([a-z-]+)\)", SITE))
    known = set(re.findall(r"--([a-z-]+):", TOKENS))
    assert used <= known
