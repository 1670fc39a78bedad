"""What is read (files, JSON within limits and held to a form), and what is said of it."""

import json
import re
import tomllib
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.request import urlopen

_TABLES = (files(__package__).joinpath(f"{name}.toml") for name in ("forms", "words"))
FORMS, WORDS = (tomllib.loads(table.read_text("utf-8")) for table in _TABLES)
_WRITTEN = FORMS["patterns"]
PATTERNS = {
    name: re.compile(re.sub("@([a-z]+)@", lambda one: _WRITTEN[one[1]], text), re.VERBOSE)
    for name, text in _WRITTEN.items()
}
MOST_BYTES, MOST_VALUES, MOST_INTEGER = 256 << 20, 5_000_000, 2**53 - 1


class RefusedError(Exception):
    """The check ends here: a code of `words.toml`, where it was met, and further facts."""

    def __init__(self, code: str, where: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, {"where": where, **facts}


def ensure(ok: object, code: str, where: str, **facts: object) -> None:
    """Refuse unless something holds."""
    if not ok:
        raise RefusedError(code, where, **facts)


class Place:
    """Gives the files below a folder, or below an address, by name. Nothing is ever written."""

    def __init__(self, where: str) -> None:
        self.where, self.is_site = where.rstrip("/"), where.startswith(("http://", "https://"))
        self.entries_refused, self.files = False, 0

    def read(self, name: str) -> bytes | None:
        """Return a file within the limit, or None if it is not there or not given to us."""
        path, self.files = f"{self.where}/{name}", self.files + 1
        try:
            if not self.is_site and not Path(path).is_file():
                return None
            with urlopen(path, timeout=30) if self.is_site else Path(path).open("rb") as file:  # noqa: S310
                data: bytes = file.read(MOST_BYTES + 1)
        except (OSError, ValueError, HTTPException) as error:
            status = error.code if isinstance(error, HTTPError) else 0
            self.entries_refused |= status in {401, 403} and "/entries/" in name
            ensure(status in {404, 410} or self.entries_refused, "unreachable", name)
            return None
        ensure(len(data) <= MOST_BYTES, "limit", name)
        return data

    def names(self) -> Iterator[str]:
        """Yield the names of the tiles, bundles and stamps of a folder; an address has no list."""
        for part in () if self.is_site else ("stamps", "tile"):
            paths = sorted(Path(self.where, part).rglob("*"))
            yield from (path.relative_to(self.where).as_posix() for path in paths if path.is_file())


def load(data: bytes | None, where: str) -> Any:  # noqa: ANN401  whatever it is
    """Return the value of JSON: no name twice, no fraction, nothing too large or too deep."""
    values = sum(map((data or b"").count, (b",", b"[", b"{")))
    ensure(values <= MOST_VALUES, "limit", where)
    try:
        hooks: dict[str, Any] = {"parse_float": _no, "parse_constant": _no}
        value = json.loads(data or b"", object_pairs_hook=_sorted, **hooks)
        canonical(value)  # so there is no half character in it
    except (ValueError, RecursionError) as error:
        code = "not-json" if isinstance(error, ValueError) else "limit"
        raise RefusedError(code, where) from None
    return value


def canonical(value: object) -> bytes:
    """Return the canonical JSON (RFC 8785) of a value that was loaded, so its names are sorted."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _sorted(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(sorted(pairs, key=lambda pair: pair[0].encode("utf-16-be")))
    return value if len(value) == len(pairs) else _no("")


def _no(_: str) -> NoReturn:
    raise ValueError


def fit(value: Any, form: Any, where: str) -> Any:  # noqa: ANN401  the form says what it is
    """Return a value read as a form says; hex and base64 become bytes, what is more is left out."""
    if isinstance(form, dict):
        ensure(isinstance(value, dict), "form", where)
        return {name: fit(value.get(name, ...), form[name], f"{where}.{name}") for name in form}
    if isinstance(form, list):
        items = [] if value is ... else value
        ensure(isinstance(items, list), "form", where)
        return [fit(one, form[0], f"{where}[{at}]") for at, one in enumerate(items)]
    if form.endswith("?"):
        return None if value is None else fit(value, form[:-1], where)
    if form in FORMS["objects"]:
        return fit(value, FORMS["objects"][form], where)
    natural = type(value) is int and 0 <= value <= MOST_INTEGER
    spelled = isinstance(value, str) and (form == "text" or PATTERNS[form].fullmatch(value))
    ensure(form == "any" or (natural if form == "count" else spelled), "form", where)
    read = {"hex": bytes.fromhex, "hash": b64decode, "base64": b64decode}.get(form)
    return read(value) if read else value


def moment(micros: int) -> str:
    """Return an instant in RFC 3339, with microseconds."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    return f"{at:%Y-%m-%dT%H:%M:%S.%fZ}"


class Answer:
    """What was checked, counted, and what there is to say of it: the verdict first."""

    def __init__(self) -> None:
        self.checked: dict[str, int] = {}
        self.said: list[tuple[str, dict[str, object]]] = []

    def say(self, code: str, *, first: bool = False, **facts: object) -> None:
        """Add a remark once, or the verdict before all remarks."""
        if (code, facts) not in self.said:
            self.said.insert(0 if first else len(self.said), (code, facts))

    def render(self, lang: str, *, as_json: bool) -> tuple[str, int]:
        """Return the answer, as lines or as one JSON object, and the exit status."""
        verdict = WORDS["codes"][self.said[0][0]]["verdict"]
        said = []
        for code, facts in self.said:
            shown = {name: _shown(name, fact) for name, fact in facts.items()}
            words = {lang: WORDS["codes"][code][lang].format(**shown) for lang in ("zh", "en")}
            said.append({**facts, "code": code, **words})
        head = WORDS["verdicts"][verdict]
        answer = {"verdict": verdict, "code": said[0]["code"], "messages": said}
        answer["checked"] = self.checked
        counts = [f"{WORDS['counts'][name][lang]} {n}" for name, n in self.checked.items()]
        lines = [" · ".join([head[lang], *counts]), *(str(one[lang]) for one in said)]
        text = json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(lines)
        return text, head["status"]


def _shown(name: str, fact: object) -> str:
    """Return a fact to be read: instants as such, and nothing that could steer a terminal."""
    if name in {"at", "from", "to", "on"} and isinstance(fact, int) and fact > 10**14:
        return moment(fact)  # a smaller one is a number in a chain
    text = "—" if fact is None else str(fact)[: None if name == "notes" else 300]
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)
