"""What the code gives no attacker: evaluation, pickles, shells, guessable tokens, storage."""

import ast

import pytest
from tests.doors.service_kit import Kit
from tests.house.sources import PACKAGE, modules, name_of, tree_of

EVALUATES = frozenset({"eval", "exec", "compile", "__import__"})
BANNED = frozenset({"pickle", "marshal", "shelve", "dill", "xmlrpc", "telnetlib"})
STORES = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches.")
TOKENS = 50


def dangerous(tree: ast.Module) -> list[str]:
    """Return what in a module could run what somebody else wrote."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in EVALUATES:
                found.append(f"line {node.lineno}: {node.func.id}")
            if isinstance(node.func, ast.Attribute) and node.func.attr in {"system", "popen"}:
                found.append(f"line {node.lineno}: {node.func.attr}")
            found += [
                f"line {node.lineno}: {word.arg}"
                for word in node.keywords
                if word.arg in {"shell", "allow_pickle"} and not is_false(word.value)
            ]
        elif isinstance(node, ast.Import):
            found += [f"line {node.lineno}: {one.name}" for one in node.names if one.name in BANNED]
        elif isinstance(node, ast.ImportFrom) and node.module in BANNED:
            found.append(f"line {node.lineno}: {node.module}")
    return found


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def test_no_code_of_ours_evaluates_unpickles_or_opens_a_shell() -> None:
    found = {name_of(path): dangerous(tree_of(path)) for path in modules()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "eval(given)",
        "import pickle",
        "from marshal import loads",
        "os.system(given)",
        "subprocess.run(given, shell=True)",
        "np.load(file, allow_pickle=given)",
    ],
)
def test_a_dangerous_line_is_seen(line: str) -> None:
    assert dangerous(ast.parse(line))


def test_tokens_are_long_and_never_the_same(kit: Kit) -> None:
    tokens = kit.service.services.sign_in.tokens
    made = [tokens.fresh() for _ in range(TOKENS)]
    assert min(len(one.plain) for one in made) >= 43  # 256 bits in base64
    assert len({one.plain for one in made}) == len({one.hashed for one in made}) == TOKENS
    assert all(one.plain not in one.hashed for one in made)


def test_no_script_of_ours_stores_anything_in_the_browser() -> None:
    static = PACKAGE / "doors" / "web" / "static"
    scripts = sorted(static.rglob("*.js"))
    assert scripts
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert [word for word in STORES if word in text] == [], script.name
