# ruff: noqa: INP001  a script beside the page that it makes
"""Builds `verify.html`, the stand-alone page: template, style, script and the verifier's tables.

The page's one script and one style are pinned in its policy by their hashes, so that a copy with
another script in it does not run. Run it as `make page`: it writes the page here and, the same to
the byte, among the files that the service gives out.
"""

import json
import re
import tomllib
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
TABLES = HERE.parent / "src" / "chengnuo_verify"
SERVED = HERE.parents[1] / "src" / "chengnuo" / "doors" / "web" / "static"


def page() -> str:
    """Return the page."""
    tables = [tomllib.loads((TABLES / f"{n}.toml").read_text("utf-8")) for n in ("words", "forms")]
    words, forms = tables
    forms = {
        "kinds": forms["kinds"],
        "board": forms["board"],
        "cited": forms["cited"],
        "statuses": forms["statuses"],
        "good": forms["good"],
        "lacking": forms["lacking"],
        "objects": forms["objects"],
        "patterns": patterns(forms["patterns"]),
    }
    script = "\n".join(
        (
            f"const WORDS = {literal(words)};",
            f"const FORMS = {literal(forms)};",
            (HERE / "verify.js").read_text("utf-8"),
        )
    )
    style = (HERE / "verify.css").read_text("utf-8")
    parts = {
        "@SCRIPT_HASH@": pinned(script),
        "@STYLE_HASH@": pinned(style),
        "@SCRIPT@": script,
        "@STYLE@": style,
    }
    text = (HERE / "verify.template.html").read_text("utf-8")
    return re.sub("|".join(parts), lambda found: parts[found[0]], text)


def patterns(written: dict[str, str]) -> dict[str, str]:
    """Return the patterns as JavaScript writes them: all put in, no white space, no `?P`."""
    put_in = {
        name: re.sub("@([a-z]+)@", lambda one: written[one[1]], text)
        for name, text in written.items()
    }
    return {
        name: re.sub(r"\s", "", text.replace("[ ]", r"\x20")).replace("(?P<", "(?<")
        for name, text in put_in.items()
    }


def literal(value: object) -> str:
    """Return a value as a script within a page may hold it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


def pinned(text: str) -> str:
    """Return a text's hash as a content security policy names it."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


if __name__ == "__main__":
    for folder in (HERE, SERVED):
        (folder / "verify.html").write_text(page(), encoding="utf-8", newline="\n")
