"""The operator's theme of the centre: named tokens in a TOML file, checked before anything starts.

A theme may change colours, the roundness of corners and the size of the text, and nothing else: no
selector, no address, no font, so that it can neither hide a button nor fetch anything. A pair of
colours that is not legible (WCAG 2.2, 1.4.3 and 1.4.11) is refused, in light and in dark. The
console, print and the size of targets stay as they are.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, ClassVar

import msgspec

from chengnuo.base.errors import InvalidInputError
from chengnuo.base.shapes import ready

COLOURS = (
    *("paper", "sheet", "shade", "ink", "ink-soft", "hairline", "edge", "seal", "on-seal"),
    *("on-ink", "grave", "warn", "note", "fine"),
)
"""The colours that a theme may set; what they are for stands in `docs/host-apps.md`."""
_GROUNDS = ("paper", "sheet", "shade")
_TEXTS = ("ink", "ink-soft", "seal", "grave", "warn", "note", "fine")
_ON_FILLED = (("on-seal", "seal"), ("on-ink", "ink"))
LEGIBLE, SEEN = 4.5, 3.0
_USUAL_TEXT_PX = 18
_LIMIT_BYTES = 16_384
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_COLOUR = r"^#[0-9a-fA-F]{6}$"

Colour = Annotated[str, msgspec.Meta(pattern=_COLOUR)]
Colours = dict[str, Colour]


class ThemeRefusedError(InvalidInputError):
    """The theme of the centre cannot be used."""

    code: ClassVar[str] = "theme-refused"

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"theme `{file}`: {what}")
        self.file = file
        self.what = what


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a theme file may say.

    Attributes:
        light: Colours by name, for light screens.
        dark: Likewise for dark ones.
        radius: Radius of corners, px.
        text: Size of the running text, px; never smaller than the usual.

    """

    light: Colours = {}
    dark: Colours = {}
    radius: Annotated[int, msgspec.Meta(ge=0, le=24)] = 0
    text: Annotated[int, msgspec.Meta(ge=_USUAL_TEXT_PX, le=24)] = _USUAL_TEXT_PX


def theme_css(file: Path) -> str:
    """Return a theme file as a style sheet.

    Raises:
        ThemeRefusedError: There is no such file, it says what a theme may not say, or a pair of
            its colours is not legible.

    """
    name = file.name
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ThemeRefusedError(name, "the file cannot be read") from error
    if len(content) > _LIMIT_BYTES:
        raise ThemeRefusedError(name, f"expected at most {_LIMIT_BYTES} bytes")
    try:
        theme = msgspec.convert(tomllib.loads(content.decode()), ready(Theme))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ThemeRefusedError(name, str(error)) from error
    for scheme, colours in (("light", theme.light), ("dark", theme.dark)):
        for unknown in sorted(colours.keys() - set(COLOURS)):
            raise ThemeRefusedError(name, f"`{scheme}.{unknown}` is no token of a theme")
        for what in _faults(scheme, usual_colours()[scheme] | colours):
            raise ThemeRefusedError(name, what)
    return _css(theme)


@cache
def usual_colours() -> Mapping[str, dict[str, str]]:
    """Return the colours of the centre without a theme, by scheme and name."""
    tokens = files("chengnuo.doors.web").joinpath("static", "tokens.css").read_text("utf-8")
    light, _, rest = tokens.partition("@media (prefers-color-scheme: dark)")
    usual = dict(_TOKEN.findall(light))
    return {"light": usual, "dark": usual | dict(_TOKEN.findall(rest.partition("@media")[0]))}


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2).

    >>> contrast("#000000", "#ffffff")
    21.0

    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  WCAG's
        for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _faults(scheme: str, colours: Mapping[str, str]) -> Iterator[str]:
    pairs = [(text, ground, LEGIBLE) for ground in _GROUNDS for text in _TEXTS]
    pairs += [(text, ground, LEGIBLE) for text, ground in _ON_FILLED]
    pairs += [("edge", ground, SEEN) for ground in _GROUNDS]
    for text, ground, least in pairs:
        found = contrast(colours[text], colours[ground])
        if found < least:
            yield (
                f"`{scheme}.{text}` ({colours[text]}) on `{scheme}.{ground}` ({colours[ground]}) "
                f"has a contrast of {found:.2f}:1; expected at least {least}:1"
            )


def _css(theme: Theme) -> str:
    rules = [
        f"@media screen and (prefers-color-scheme: {scheme}) {{ :root {{ {_tokens(colours)} }} }}"
        for scheme, colours in (("light", theme.light), ("dark", theme.dark))
        if colours
    ]
    rules.append(f"@media screen {{ :root {{ --radius: {theme.radius}px; }} }}")
    if theme.text != _USUAL_TEXT_PX:
        share = 100 * theme.text / _USUAL_TEXT_PX
        rules.append(f"@media screen {{ html {{ font-size: {share:.3f}%; }} }}")
    return "\n".join(rules) + "\n"


def _tokens(colours: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {colours[name].lower()};" for name in COLOURS if name in colours)
