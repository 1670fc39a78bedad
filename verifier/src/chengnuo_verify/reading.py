"""What is read (files, JSON within limits and held to a form), and what is said of it."""

import json
import re
import tomllib
from base64 import b64decode
from collections import Counter
from datetime import UTC, datetime
from http.client import HTTPException
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.request import urlopen

_TABLES = (files(__package__).joinpath(f"{name}.toml") for name in ("forms", "words"))
FORMS, WORDS = (tomllib.loads(table.read_text("utf-8")) for table in _TABLES)
PATTERNS = {
    name: re.compile(re.sub("@([a-z]+)@", lambda one: FORMS["patterns"][one[1]], text), re.VERBOSE)
    for name, text in (FORMS["patterns"] | FORMS["names"]).items()
}
MOST_BYTES, MOST_VALUES, MOST_INTEGER = 256 << 20, 5_000_000, 2**53 - 1
_READ = {"hex": bytes.fromhex, "hash": b64decode, "base64": b64decode}
Json = Any  # whatever a file holds


class RefusedError(Exception):
    """The check ends here; its arguments are a code of `words.toml`, and facts as `where`."""


def ensure(ok: Json, code: str, where: str, **facts: object) -> Json:
    """Return what there is, or refuse if there is nothing or it does not hold."""
    if not ok:
        raise RefusedError(code, {"where": where, **facts})
    return ok


class Place:
    """Gives the files below a folder, or below an address, by name. Nothing is ever written."""

    def __init__(self, where: str) -> None:
        self.where, self.is_site = where.rstrip("/"), where.startswith(("http://", "https://"))
        self.refused, self.files = False, 0

    def read(self, name: str = "") -> bytes | None:
        """Return a file (without a name the place is one), or None if not there or not given."""
        path, site = Path(self.where, name), f"{self.where}/{name}"
        given, self.files = not (self.refused and "/entries/" in name), self.files + 1
        try:
            if not given or not (self.is_site or path.is_file()):
                ensure(name, "no-file", self.where)
                return None
            with urlopen(site, timeout=30) if self.is_site else path.open("rb") as file:  # noqa: S310
                data: bytes = file.read(MOST_BYTES + 1)
        except (OSError, ValueError, HTTPException) as error:
            status = getattr(error, "code", 0)
            self.refused |= status in {401, 403} and "/entries/" in name
            ensure(status in {404, 410} or self.refused, "unreachable", name or self.where)
            return None
        ensure(len(data) <= MOST_BYTES, "limit", name or self.where)
        return data

    def names(self, *tops: str) -> set[str]:
        """Return the names of all files below some folders of a folder; an address has no list."""
        paths = (path for top in tops for path in Path(self.where, top).rglob("*"))
        return {path.relative_to(self.where).as_posix() for path in paths if path.is_file()}


def load(data: bytes | None, where: str) -> Json:
    """Return the value of JSON: no name twice, no fraction, nothing too large or too deep."""
    ensure(sum(map((data or b"").count, (b",", b"[", b"{"))) <= MOST_VALUES, "limit", where)
    fractions: Json = dict.fromkeys(("parse_float", "parse_constant"), str.encode)
    try:
        value = json.loads(data or b"", object_pairs_hook=_sorted, **fractions)
        canonical(value)  # which refuses half a character, and a fraction, as that became bytes
    except (TypeError, ValueError):
        raise RefusedError("not-json", {"where": where}) from None
    return value


def _sorted(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(value := dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))) < len(pairs):
        raise ValueError
    return value


def canonical(value: object) -> bytes:
    """Return the canonical JSON (RFC 8785) of a value that was loaded, so its names are sorted."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def fit(value: Json, form: Json, where: str) -> Json:
    """Return a value read as a form says; hex and base64 become bytes, what is more is left out."""
    form = FORMS["objects"].get(form, form) if isinstance(form, str) else form
    if isinstance(form, dict):
        ensure(isinstance(value, dict), "form", where)
        return {name: fit(value.get(name, ...), form[name], f"{where}.{name}") for name in form}
    if isinstance(form, list):
        ensure(value is ... or isinstance(value, list), "form", where)
        items = enumerate(() if value is ... else value)
        return [fit(one, form[0], f"{where}[{at}]") for at, one in items]
    if form.endswith("?"):
        return None if value is None else fit(value, form[:-1], where)
    if form.startswith("="):
        ensure(value is not ..., "form", where)
        ensure(canonical(value).decode() == form[1:], "version", where, found=value)
    elif form == "count":
        ensure(type(value) is int and 0 <= value <= MOST_INTEGER, "form", where)
    elif form != "any":
        spelled = isinstance(value, str) and (form == "text" or PATTERNS[form].fullmatch(value))
        ensure(spelled, "form", where)
    return _READ[form](value) if form in _READ else value


def shown(name: str, fact: object) -> str:
    """Return a fact to be read: instants in RFC 3339, and nothing that could steer a terminal."""
    if name in {"at", "from", "to", "on"} and isinstance(fact, int) and fact > 10**14:
        second = datetime.fromtimestamp(fact // 10**6, UTC)  # a smaller one is a number in a chain
        return f"{second:%Y-%m-%dT%H:%M:%S}.{fact % 10**6:06}Z"
    text = "—" if fact is None else str(fact)[: None if name == "notes" else 300]
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


class Answer:
    """What was checked, counted, and what there is to say of it: the last verdict first."""

    def __init__(self) -> None:
        self.checked, self.said = Counter[str](), list[dict[str, Json]]()

    def say(self, code: str, *, first: bool = False, **facts: object) -> None:
        """Add a remark, or a verdict before all that was said."""
        self.said.insert(0 if first else len(self.said), facts | {"code": code})

    def render(self, lang: str, *, as_json: bool) -> tuple[str, int]:
        """Return the answer, each thing said once, as lines or one JSON object, and the status."""
        said = list({f"{one}": one for one in self.said}.values())
        for one in said:
            read, words = {n: shown(n, one[n]) for n in one}, WORDS["codes"][one["code"]]
            one |= {to: words[to].format(**read) for to in ("zh", "en")}
        code, kind = said[0]["code"], WORDS["codes"][said[0]["code"]]["verdict"]
        answer = {"verdict": kind, "code": code, "messages": said, "checked": self.checked}
        counts = [f"{WORDS['counts'][name][lang]} {n}" for name, n in self.checked.items()]
        lines = [" · ".join([WORDS["verdicts"][kind][lang], *counts]), *(one[lang] for one in said)]
        text = json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(lines)
        return text, WORDS["verdicts"][kind]["status"]
