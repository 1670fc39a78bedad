"""`chengnuo decide`, `audience` and `keys`: what they print, and their exit status."""

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.doors.service_kit import start
from tests.strategies.told_register import WRITTEN, told_register
from tests.usecases.decision.deciding_kit import ADULT, ASSESSED

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.cli.root import run
from chengnuo.doors.guard.guard import Guard, NotPermittedError, Use
from chengnuo.doors.guard.opening import guard_of
from chengnuo.ports.evidence_log import Position
from chengnuo.usecases.decision.answering import Mode
from chengnuo.usecases.evidence.recording import Rows
from chengnuo.wiring.program import Program

ACCOUNT = "account-of-a-sample-person"
WHY = "the individual asked"
ITEM = "wall/general"
ASKED = ("decide", "--person", ACCOUNT, "--activity", "wall", "--account", "active")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command and returns its status, stdout and stderr."""

    def one(*arguments: str | Path, lang: str = "en") -> tuple[int, str, str]:
        status = run(Program(), ["--lang", lang, *(str(one) for one in arguments)])
        said = capsys.readouterr()
        assert ACCOUNT not in said.out + said.err
        return status, said.out, said.err

    return one


@dataclass(frozen=True)
class Shop:
    """A data folder in which the tea house's register is in force."""

    data: Path

    def act(self, kind: Kind = Kind.CONSENT_GIVEN, item: str = ITEM) -> Position:
        """Record what the individual did."""
        with Program().evidence_writing(self.data, None) as writing:
            catalogue = writing.reading.catalogue
            register = told_register(catalogue, instead=ASSESSED)
            found = matter_of(register, catalogue, item).item
            appended = writing.recorder.record(
                kind,
                {
                    "form": found.form.value,
                    "fingerprint": found.fingerprint,
                    "notice": notice_of(register, catalogue, item, Lang.ZH).digest,
                    "lang": "zh",
                    "surface": "app",
                    "steps": 1,
                },
                person=writing.reading.person(ACCOUNT),
                rows=Rows(activity=found.activity, item=item),
            )
        assert appended is not None
        return appended.first


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tea house's register as a file."""
    text = WRITTEN
    for old, new in ASSESSED:
        text = text.replace(old, new)
    file = tmp_path_factory.mktemp("tea") / "register.yaml"
    file.write_text(text, "utf-8")
    return file.parent


@pytest.fixture(scope="module")
def seeded(tea: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder on which the service has run once, so that its register is in force there."""
    data = tmp_path_factory.mktemp("seeded") / "data"
    start(data, register=str(tea)).service.close()
    return data


@pytest.fixture
def shop(seeded: Path, tmp_path: Path) -> Shop:
    """A copy of that folder, to be changed."""
    return Shop(Path(shutil.copytree(seeded, tmp_path / "data")))


@contextmanager
def served(data: Path) -> Iterator[None]:
    """Run the service on a data folder."""
    kit = start(data)
    yield
    kit.service.close()


def test_without_a_log_nothing_is_known_and_nothing_is_made(
    ran: Run, tea: Path, tmp_path: Path
) -> None:
    asked = (*ASKED, "--register", tea)
    settings = tmp_path / "settings.toml"
    settings.write_text(f'data = "{tmp_path / "none"}"\n', "utf-8")
    status, out, err = ran(*asked, "--settings", settings)
    assert (status, err) == (4, "")
    assert out.startswith("ask     wall · needs consent first")
    assert "consent is in force (PIPL-14) · wall/general · none in force" in out
    assert "log position 0" in out
    assert not (tmp_path / "none").exists()
    status, _, err = ran(*asked, "--data", tmp_path / "none")
    assert (status, "no-evidence-log" in err) == (2, True)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("须先征得同意", "登记簿", "日志位置")), ("en", ("needs consent",))]
)
def test_the_answer_is_said_in_the_language_asked_for(
    ran: Run, shop: Shop, lang: str, words: tuple[str, ...]
) -> None:
    asked = (*ASKED, "--data", shop.data)
    status, out, _ = ran(*asked, lang=lang)
    assert status == 4
    assert all(word in out for word in words)


def test_exit_status_and_reasons_follow_consent_and_withdrawal(ran: Run, shop: Shop) -> None:
    asked = (*ASKED, "--data", shop.data)
    assert ran(*asked)[0] == 4
    given = shop.act()
    status, out, _ = ran(*asked)
    assert status == 0
    assert f"rests on records {given}" in out
    shop.act(Kind.CONSENT_WITHDRAWN)
    status, out, _ = ran(*asked)
    assert status == 1
    assert "the individual refused or withdrew" in out


def test_an_explanation_shows_every_rule_with_its_article(ran: Run, shop: Shop) -> None:
    asked = (*ASKED, "--data", shop.data)
    _, out, _ = ran(*asked, "--explain")
    assert "✓ there is a legal basis (PIPL-13) · wall · consent" in out
    assert "✗ consent is in force (PIPL-14)" in out
    status, out, _ = ran(*asked, "--explain", "--json")
    tree = json.loads(out)
    assert status == 4
    assert {one["rule"]: one["holds"] for one in tree["by"]}["consent-general"] is False


def test_an_instant_needs_its_zone(ran: Run, shop: Shop) -> None:
    asked = (*ASKED, "--data", shop.data)
    status, out, err = ran(*asked, "--at", "2026-11-21T09:00:00")
    assert (status, out) == (2, "")
    assert "instant-malformed" in err
    status, out, _ = ran(*asked, "--at", "2026-11-28T09:00:00+08:00")
    assert (status, "2026-11-28 09:00:00" in out) == (4, True)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--person", ACCOUNT),
        ("--activity", "wall"),
        ("--person", ACCOUNT, "--activity", "wall", "--replay", "1", "--reason", WHY),
        ("--person", ACCOUNT, "--activity", "wall", "--operation", "guess"),
    ],
)
def test_wrong_usage_is_2(ran: Run, shop: Shop, wrong: tuple[str, ...]) -> None:
    assert ran("decide", *wrong, "--data", shop.data)[0] == 2


def test_a_recorded_answer_replays_with_a_reason(ran: Run, shop: Shop) -> None:
    asked = (*ASKED, "--data", shop.data)
    shop.act()
    status, out, _ = ran(*asked, "--record", "--json")
    position = json.loads(out)["recorded"]
    assert status == 0
    shop.act(Kind.CONSENT_WITHDRAWN)
    replay = ("decide", "--replay", str(position), "--data", shop.data)
    status, out, err = ran(*replay)
    assert (status, out) == (2, "")
    assert "no-reason" in err
    status, out, err = ran(*replay, "--reason", WHY)
    assert status == 0
    assert out.startswith("permit  wall")
    assert "the same as recorded" in err
    assert ran("decide", "--replay", "0", "--data", shop.data, "--reason", WHY)[0] == 2


def test_an_answer_by_a_register_that_was_never_served_is_not_recorded(
    ran: Run, shop: Shop, tmp_path: Path
) -> None:
    other = tmp_path / "register.yaml"
    other.write_bytes((Path(__file__).parents[2] / "corpus/register/sound.yaml").read_bytes())
    asked = (*ASKED, "--data", shop.data)
    status, _, err = ran(*asked, "--register", other, "--record")
    assert status == 2
    assert "unknown-version" in err


@pytest.mark.parametrize("form", ["txt", "csv", "parquet"])
def test_an_audience_keeps_whom_the_item_lets_be_used(
    ran: Run, shop: Shop, tmp_path: Path, form: str
) -> None:
    shop.act()
    ids, out_file = tmp_path / f"ids.{form}", tmp_path / f"out.{form}"
    lists = Program().id_lists()
    lists.write(ids, [["u-1", ACCOUNT, "u-2"]], column="id")
    asked = ("audience", ids, "--item", ITEM, "-o", out_file)
    asked += ("--account", "active", "--data", shop.data)
    status, out, _ = ran(*asked, "--json", "--record")
    tree = json.loads(out)
    assert status == 1
    assert (tree["count"], tree["permitted"], tree["ask"]) == (3, 1, 2)
    assert tree["reasons"] == [
        {
            "outcome": "ask",
            "rule": "consent-general",
            "article": "PIPL-14",
            "row": ITEM,
            "why": "not-given",
            "count": 2,
        }
    ]
    assert isinstance(tree["recorded"], int)
    assert list(lists.read(out_file, column="")) == [[ACCOUNT]]
    assert ran(*asked)[0] == 2
    assert ran(*asked, "--force", lang="zh")[0] == 1


def test_an_audience_for_no_item_or_a_broken_list_writes_nothing(
    ran: Run, shop: Shop, tmp_path: Path
) -> None:
    ids, out_file = tmp_path / "ids.txt", tmp_path / "out.txt"
    ids.write_text(f"{ACCOUNT}\n", "utf-8")
    to = ("-o", out_file, "--data", shop.data)
    for wrong, code in (
        (("--item", "wall/nothing"), "no-such-consent-item"),
        (("--item", ITEM, "--activity", "wall"), "either"),
        (("--item", ITEM, "--recipient", "courier"), "goes with"),
    ):
        status, _, err = ran("audience", ids, *wrong, *to)
        assert (status, code in err) == (2, True), err
    ids.write_bytes(b"\xff\xff")
    status, _, err = ran("audience", ids, "--item", ITEM, *to)
    assert (status, "id-list" in err) == (2, True)
    assert not out_file.exists()


def test_keys_are_made_listed_rotated_and_revoked(ran: Run, shop: Shop) -> None:
    at = ("--data", shop.data)
    status, secret, err = ran("keys", "make", "orders", "--scope", "decide", *at)
    assert status == 0
    assert secret.startswith("chengnuo_")
    assert "shown once" in err
    assert ran("keys", "make", "orders", "--scope", "decide", *at)[0] == 3
    assert ran("keys", "make", "Orders", "--scope", "decide", *at)[0] == 2
    status, other, _ = ran("keys", "rotate", "orders", "--overlap-hours", "1", *at, "--json")
    assert (status, json.loads(other)["recorded"]) == (0, True)
    status, listed, _ = ran("keys", "list", *at, "--json")
    assert json.loads(listed)["keys"][0]["secrets"] == 2
    assert secret.strip() not in listed
    assert ran("keys", "revoke", "orders", *at)[0] == 0
    assert ran("keys", "revoke", "orders", *at)[0] == 2
    assert "revoked" in ran("keys", "list", *at)[1]


def test_a_key_is_made_beside_a_running_service(ran: Run, shop: Shop) -> None:
    with served(shop.data):
        status, out, _ = ran(
            "keys", "make", "orders", "--scope", "decide", "--data", shop.data, "--json"
        )
        assert (status, json.loads(out)["recorded"]) == (0, False)


def test_a_guard_opens_beside_a_service_and_stops_what_may_not(shop: Shop) -> None:
    with served(shop.data), guard_of(Program(), shop.data) as guard:
        assert isinstance(guard, Guard)
        with pytest.raises(NotPermittedError):
            guard.require(ACCOUNT, Use(activity="wall", stated=ADULT))
    shop.act()
    with guard_of(Program(), shop.data, mode=Mode.STRICT) as guard:
        assert guard.require(ACCOUNT, Use(activity="wall", stated=ADULT)).recorded is not None
