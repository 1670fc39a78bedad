"""The scanner finds what is planted, in the tree and in what was committed; ours holds none."""

import secrets
import string
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from release.secrets import in_history, in_tree, known, look
from tests.house.sources import ROOT

LETTERS = string.ascii_letters + string.digits
HIGH = string.ascii_uppercase + string.digits


def some(count: int, signs: str = LETTERS) -> str:
    return "".join(secrets.choice(signs) for _ in range(count))


def private_key() -> str:
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


# Made anew in every run, so that no file holds one.
PLANTED = {
    "private key": private_key,
    "token of a code host": lambda: "gh" + f"p_{some(36)}",
    "key of a cloud": lambda: "AK" + f"IA{some(16, HIGH)}",
    "key of an interface": lambda: "AI" + f"za{some(35)}",
    "token of a registry": lambda: "py" + f"pi-{some(60)}",
    "signed token": lambda: f"eyJ{some(20)}.eyJ{some(30)}.{some(43)}",
    "password in an address": lambda: f"mysql://shop:{some(12)}@db.shop.example/shop",
    "random text beside a word for secrets": lambda: f'client_secret = "a1{some(38)}"',
}


def git(folder: Path, *asked: str) -> None:
    named = ["-c", "user.name=x", "-c", "user.email=x@shop.example"]
    subprocess.run(["git", "-C", str(folder), *named, *asked], check=True, capture_output=True)  # noqa: S603, S607


@pytest.mark.parametrize("rule", PLANTED)
def test_what_is_planted_is_found_and_not_shown(rule: str) -> None:
    planted = PLANTED[rule]()
    found = list(look(f"first line\nhere: {planted}\n".encode(), "file.txt"))
    assert [(one.place, one.rule) for one in found] == [("file.txt:2", rule)]
    assert planted not in repr(found)


@pytest.mark.parametrize(
    "text",
    [
        'password = "four quiet lanterns by the river"',
        'secret_file = "keys/the-secret-of-the-service.key"',
        "postgresql://shop@db.shop.example/shop",
        "https://shop.example/a:b@c",
        "token: 0123",
        "-----BEGIN PUBLIC KEY-----\n" + "A" * 80,
    ],
)
def test_what_only_speaks_of_secrets_is_none(text: str) -> None:
    assert list(look(text.encode(), "file.txt")) == []


def test_a_secret_that_was_committed_once_is_found_after_it_was_taken_out(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    planted = PLANTED["token of a code host"]()
    (tmp_path / "settings.py").write_text(f'KEY = "{planted}"\n', encoding="ascii")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "one")
    assert [one.rule for one in in_tree(tmp_path)] == ["token of a code host"]
    (tmp_path / "settings.py").write_text("KEY = None\n", encoding="ascii")
    git(tmp_path, "commit", "--quiet", "-am", "two")
    assert list(in_tree(tmp_path)) == []
    (found,) = in_history(tmp_path)
    assert found.rule == "token of a code host"
    assert found.place.startswith("settings.py@")


def test_nothing_in_the_tree_looks_like_a_secret_that_is_not_known_to_be_none() -> None:
    none = known()
    assert all(len(digest) == 64 and len(why) > 10 for digest, why in none.items())
    found = list(in_tree(ROOT))
    assert [one for one in found if one.digest not in none] == []
    # What is known to be none is still there; else its line goes.
    assert {one.digest for one in found} == none.keys()
