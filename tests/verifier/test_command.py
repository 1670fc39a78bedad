"""The command: what it is given, what it says, what it cannot be made to do."""

import ast
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.verifier import maker
from tests.verifier.asking import Asker
from tests.verifier.maker import Signer, make, records, tag_of, write

from chengnuo_verify.__main__ import main

SOURCE = Path(__file__).parents[2] / "verifier" / "src"
FIRST = Signer("first")
KEY = ("--key", FIRST.vkey)
MADE = make(records(12))
PAPERS = {
    "inclusion": MADE.inclusion(3),
    "complete": MADE.complete(tag_of("甲")),
    "absent": MADE.absent(tag_of("甲"), maker.START, maker.START + 9_000_000, recipient="r-9"),
    "receipt": MADE.receipt(4),
    "attestation": maker.attestation()[1],
}


def test_the_package_is_of_eight_hundred_and_fifty_lines_at_most() -> None:
    """Every line with something on it counts: code, imports, docstrings and comments."""
    texts = [path.read_text("utf-8") for path in (SOURCE / "chengnuo_verify").glob("*.py")]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    assert len(lines) <= 850
    assert max(len(line.split("  # noqa")[0]) for line in lines) <= 100


def test_it_imports_the_standard_library_cryptography_and_itself_alone() -> None:
    imported = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.split(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert imported <= {*sys.stdlib_module_names, "cryptography", "chengnuo_verify"}


def test_it_runs_as_a_command_of_its_own_from_anywhere(tmp_path: Path) -> None:
    folder = write(tmp_path / "log", MADE.files())
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-m", "chengnuo_verify", str(folder), *KEY],
        check=False,
        capture_output=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(SOURCE)},
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("完好 · 记录 12")


def test_it_writes_nothing(ask: Asker, tmp_path: Path) -> None:
    folder = write(tmp_path / "log", MADE.files())
    before = {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}
    ask(folder, *KEY)
    assert before == {path: path.stat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


@pytest.mark.parametrize(("what", "code"), [
    (b"", "not-json"),
    (b"{", "not-json"),
    (b"\xff\xfe", "not-json"),
    (b"[]", "not-known"),
    (b"{}", "not-known"),
    (b'{"claim":1.5}', "not-json"),
    (b'{"claim":NaN}', "not-json"),
    (b'{"claim":1,"claim":2}', "not-json"),
    (b'{"claim":9007199254740993}', "form"),
    (b'{"claim":' + b"9" * 5000 + b"}", "not-json"),
    (b'{"claim":"\\ud800"}', "not-json"),
    (b'{"claim":"absent"}', "form"),
    (b'{"chengnuo:evidence":[]}', "form"),
    (b'{"payloadType":"x"}', "form"),
    (b"PK\x03\x04", "damaged"),
    (b"[" * 100_000, "limit"),
    (b"[" * 100_000 + b"]" * 100_000, "limit"),
    (b'{"claim":' + b"[" * 2_000_000 + b"]" * 2_000_000 + b"}", "limit"),
    (b'{"records":[' + b"{}," * 6_000_000 + b"{}]}", "limit"),
], ids=range(19))  # fmt: skip
def test_what_is_not_of_the_format_is_said_exactly(ask: Asker, what: bytes, code: str) -> None:
    said = ask(what, *KEY)
    assert said.code == code
    assert said.status == {"limit": 3, "damaged": 1}.get(code, 2)


def test_a_folder_that_is_no_log_is_said_to_be_none(ask: Asker, tmp_path: Path) -> None:
    assert (ask(tmp_path).status, ask(tmp_path).code) == (2, "checkpoint-form")
    foreign = "ct.example/log\n5\n" + maker.b64(bytes(32)) + "\n\n— ct.example/log AAAA\n"
    write(tmp_path, {"checkpoint": foreign.encode(), "log.json": b"{}"})
    assert (ask(tmp_path).status, ask(tmp_path).code) == (2, "checkpoint-form")
    write(
        tmp_path, MADE.files() | {"log.json": maker.canonical({"v": 2, "origin": "x", "keys": []})}
    )
    assert (ask(tmp_path).status, ask(tmp_path).code) == (2, "version")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "a",
        "a+b+c",
        FIRST.vkey[:-1],
        FIRST.vkey.replace("+3", "+4", 1),
        Signer("w", kind=4).vkey,
        "密+00000000+AAAA",
    ],
)
def test_a_key_of_a_wrong_form_is_wrong_usage(ask: Asker, tmp_path: Path, key: str) -> None:
    said = ask(write(tmp_path / "log", MADE.files()), "--key", key)
    assert (said.status, said.code) == (2, "key-form")


def test_a_missing_file_is_wrong_usage(ask: Asker, tmp_path: Path) -> None:
    assert (ask(tmp_path / "none").status, ask(tmp_path / "none").code) == (2, "no-file")


def test_an_address_nobody_answers_at_is_not_finished(ask: Asker) -> None:
    assert (ask("http://127.0.0.1:9/log").status, ask("http://127.0.0.1:9/log").code) == (
        3,
        "unreachable",
    )


def test_quick_says_what_it_did_not_check(ask: Asker, tmp_path: Path) -> None:
    said = ask(write(tmp_path / "log", MADE.files()), *KEY, "--quick")
    assert (said.status, said.code, said.checked["chains"]) == (0, "log-quick", 0)


@contextmanager
def served(folder: Path, *, entries: bool) -> Iterator[str]:
    class View(SimpleHTTPRequestHandler):
        def __init__(self, *args: object) -> None:
            super().__init__(*args, directory=str(folder))  # type: ignore[arg-type]

        def do_GET(self) -> None:
            if not entries and "/entries/" in self.path:
                self.send_error(403)
            else:
                super().do_GET()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), View) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.real
def test_a_log_at_an_address_is_verified_alike(ask: Asker, tmp_path: Path) -> None:
    made = make(records(300))
    folder = write(tmp_path / "log", made.files())
    with served(folder, entries=True) as address:
        assert ask(address, *KEY).code == "log-whole"
        (folder / "tile/1/000.p/1").write_bytes(bytes(32))
        assert ask(address, *KEY).where == "tile/1/000.p/1"


@pytest.mark.real
def test_where_entries_are_refused_the_tree_is_verified_and_the_rest_said(
    ask: Asker, tmp_path: Path
) -> None:
    made = make(records(300))
    folder = write(tmp_path / "log", made.files())
    kept = tmp_path / "kept.note"
    with served(folder, entries=False) as address:
        kept.write_text(made.note(100), encoding="utf-8")
        said = ask(address, *KEY, "--since", str(kept))
        assert (said.status, said.code, said.checked["entries"]) == (4, "entries-refused", 0)
        kept.write_text(make(records(101)).note(100, root=bytes(32)), encoding="utf-8")
        assert ask(address, *KEY, "--since", str(kept)).code == "forked"
        (folder / "tile/0/000").write_bytes(bytes(8192))
        assert ask(address, *KEY).status == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_answers_read_as_they_are_kept(
    lang: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    file = tmp_path / "paper.json"
    told = []
    for name, paper in PAPERS.items():
        file.write_bytes(maker.canonical(paper))
        main([str(file), "--lang", lang])
        told.append(f"# {name}\n{capsys.readouterr().out}")
    folder = write(tmp_path / "log", MADE.files() | {"tile/0/009": b"x"})
    main([str(folder), "--lang", lang, *KEY])
    told.append(f"# log\n{capsys.readouterr().out}")
    file.write_text(make([maker.Record(step=9)] * 12).note(), encoding="utf-8")
    main([str(folder), "--lang", lang, *KEY, "--since", str(file)])
    told.append(f"# fork\n{capsys.readouterr().out}")
    golden(f"verifier/answers.{lang}.txt", "\n".join(told))


def test_what_a_file_says_cannot_steer_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.json"
    file.write_bytes(maker.canonical(MADE.inclusion(3) | {"origin": "\x1b[2Jlog\r\u202e"}))
    main([str(file)])
    told = capsys.readouterr().out
    assert "\x1b" not in told
    assert "\r" not in told
    assert "\u202e" not in told


def places(value: object, path: tuple[object, ...] = ()) -> Iterator[tuple[object, ...]]:
    yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, part in items:
        yield from places(part, (*path, name))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(sorted(PAPERS)), st.data())
def test_no_changed_paper_makes_it_fall_over_or_agree(name: str, data: st.DataObject) -> None:
    value = json.loads(json.dumps(PAPERS[name]))
    path = data.draw(st.sampled_from([path for path in places(value) if path]))
    holder = value
    for step in path[:-1]:
        holder = holder[step]  # type: ignore[index]
    before = holder[path[-1]]  # type: ignore[index]
    after = data.draw(JSON | st.sampled_from([None, 0, -1, 2**53, "", [], {}, before]))
    holder[path[-1]] = after  # type: ignore[index]
    assert verdict(maker.canonical(value)) in {0, 1, 2, 3, 4}


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fall_over(data: bytes) -> None:
    assert verdict(data) in {1, 2, 3}
    assert verdict(b"PK" + data) in {1, 2, 3}


PACK = maker.evidence_file(PAPERS["complete"], [PAPERS["receipt"]])


@given(st.integers(0, len(PACK) - 1), st.integers(1, 255))
def test_no_changed_byte_of_a_pack_makes_it_fall_over(at: int, by: int) -> None:
    wrong = bytearray(PACK)
    wrong[at] ^= by
    assert verdict(bytes(wrong)) in {0, 1, 2, 3}


def verdict(data: bytes) -> int:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return main([file.name, *KEY, "--json"])
