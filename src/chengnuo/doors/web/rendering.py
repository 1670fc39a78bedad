"""From a finished view model to a page: one template, one frame, no computing.

Every value is escaped; a name that a template asks for and a view model lacks is an error, never
an empty place. The frame is what all pages share: whose page it is, the pages beside it, the way
to complain and the switch of language.
"""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from chengnuo.base.text import Lang
from chengnuo.doors.web.static_files import static_href
from chengnuo.doors.web.wording import wording
from chengnuo.engines.drawing.parts import Drawing
from chengnuo.engines.drawing.svg import svg_lines, swatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link to a page.

    Attributes:
        href: Where it leads.
        name: What it is called.
        current: Whether it is the page that is shown, or one of those below it is.
        below: The pages that belong to it, where it or one of them is shown.

    """

    href: str
    name: str
    current: bool = False
    below: tuple["Link", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkGroup:
    """Links that belong together, under a name."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How the list that is shown can be kept narrowed.

    Attributes:
        place: Path of the list.
        query: How it is narrowed now.
        links: What is kept of it already.

    """

    place: str
    query: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page.

    Attributes:
        lang: Language of the page.
        area: `centre`, `console` or `plain` (signing in, errors).
        path: Path of the page, without the query.
        site: Name of the site, in the head and in the title.
        owner: Whose site it is; empty if that is not known yet.
        home: Where the name leads.
        other_lang_href: The same page in the other language.
        pages: The pages beside this one, in the centre.
        groups: The pages beside this one, in the console.
        saved: How the list that is shown can be kept narrowed; None where it is none.
        who: Who is signed in, masked or a login name; empty if nobody.
        sign_out: Where signing out is posted to; empty if nobody is signed in.
        csrf_token: Token for the forms of the page; empty if it has none.
        complaint_lines: How to complain, one channel a line.
        register_version: Version of the register that the page is derived from, or empty.
        size: How large the text is: `usual`, or `large` and `largest` for elders.
        sizes: The same page in each size; none where there is one size only.
        theme: Address of the operator's style sheet, or empty.

    """

    lang: Lang
    area: str
    path: str
    site: str
    owner: str = ""
    home: str = "/centre"
    other_lang_href: str
    pages: tuple[Link, ...] = ()
    groups: tuple[LinkGroup, ...] = ()
    saved: Saved | None = None
    who: str = ""
    sign_out: str = ""
    csrf_token: str = ""
    complaint_lines: tuple[str, ...] = ()
    register_version: str = ""
    size: str = "usual"
    sizes: tuple[Link, ...] = ()
    theme: str = ""


def render(template: str, *, frame: Frame, page: object = None) -> str:
    """Return the HTML of a page.

    Args:
        template: Name of the template, as `centre/home.html`.
        frame: What stands around the page.
        page: The view model; the template reads it as `page`.

    """
    return (
        environment().get_template(template).render(t=wording(frame.lang), frame=frame, page=page)
    )


@cache
def environment() -> Environment:
    """Return the templates with their settings: everything escaped, nothing undefined."""
    made = Environment(
        loader=PackageLoader("chengnuo.doors.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["ticked"] = ticked
    made.filters["drawn"] = drawn
    made.globals["swatch"] = drawn_swatch
    made.globals["static"] = static_href
    return made


def drawn(picture: Drawing) -> Markup:
    """Return a picture as SVG, for an element of the class `plot`."""
    return Markup("\n".join(svg_lines(picture)))  # noqa: S704  its writer escapes all words


def drawn_swatch(sort: str, key: str, *, is_round: bool = False) -> Markup:
    """Return a small piece of a sort of mark."""
    return Markup(swatch(sort, key, is_round=is_round))  # noqa: S704  made of no words


def ticked(text: str) -> Markup:
    """Return a text with what stands between backticks set as code; the rest is escaped.

    >>> ticked("set `a<b` here")
    Markup('set <code>a&lt;b</code> here')

    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )
