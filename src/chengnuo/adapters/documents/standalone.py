"""A page that stands alone: no script, its own style, and a policy that lets nothing else in.

CSP Level 3: the style is named by its hash.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from chengnuo.adapters.documents.html import html_lang, style_sheet
from chengnuo.base.text import Lang
from chengnuo.engines.drawing.style import STYLE


def standalone(title: str, body: Iterable[str], lang: Lang, *, styles: Iterable[str]) -> bytes:
    """Return a page.

    Args:
        title: Its title, as text.
        body: What is in its article, as markup.
        lang: Its language.
        styles: Names of the style sheets beside that of published documents.

    """
    own = files("chengnuo.adapters.documents")
    sheets = (own.joinpath(one).read_bytes() for one in styles)
    style = b"\n" + style_sheet() + b"".join(sheets) + STYLE.encode()
    digest = base64.b64encode(hashlib.sha256(style).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{html_lang(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<title>{escape(title)}</title>",
        f"<style>{style.decode()}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<article class="doc" lang="{html_lang(lang)}">',
        *body,
        "</article>",
        "</main>",
        "</body>",
        "</html>",
    ]
    return ("\n".join(parts) + "\n").encode()
