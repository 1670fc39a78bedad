"""`chengnuo backup`: one moment of an installation, encrypted, checked, put back and swept."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from tests.doors.cli.backup_kit import GIVEN, GONE, Installation, Run, Said, kinds, readable

from chengnuo.adapters.sqlite.database import SqliteDatabase
from chengnuo.base.instant import from_us
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.doors.cli.root import run
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Position
from chengnuo.wiring.program import Program


@pytest.fixture
def ran(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command with `--json`; returns its status, and what it says or the error."""

    def one(*arguments: str | Path) -> tuple[int, Said]:
        status = run(Program(), [*(str(one) for one in arguments), "--json"])
        said = capsys.readouterr()
        return status, json.loads(said.out or said.err or "{}")

    return one


@pytest.fixture
def shop(tmp_path: Path, ran: Run) -> Installation:
    """An installation of three records, two of them about people."""
    made = Installation(tmp_path)
    status, said = ran("backup", "key", made.private)
    assert status == 0
    made.public.write_text(str(said["public"]))
    made.record("ann", "ben")
    SqliteDatabase(made.data).close()
    return made


def backed_up(shop: Installation, ran: Run, name: str, *more: str | Path) -> tuple[Path, Said]:
    out = shop.folder / f"{name}.backup"
    status, made = ran("backup", "make", out, "--key", shop.public, "--data", shop.data, *more)
    assert status == 0, made
    return out, made


def code(answer: tuple[int, Said]) -> tuple[int, object]:
    status, said = answer
    return status, said.get("code", said.get("error"))


def test_a_backup_is_whole_and_comes_back_as_it_was(shop: Installation, ran: Run) -> None:
    out, made = backed_up(shop, ran, "one")
    assert (made["records"], made["number"]) == (3, 0)
    status, checked = ran("backup", "check", out, "--key", shop.private)
    assert (status, checked["whole"], checked["records"], checked["signed"]) == (0, True, 3, 3)
    to = shop.folder / "restored"
    status, said = ran("backup", "restore", out, "--key", shop.private, "--to", to)
    assert (status, said["records"], said["state"], said["erasedLater"]) == (0, 3, 3, 0)
    of_it = ["--data", to, "--settings", shop.settings]
    init = ["evidence", "init", *of_it]
    assert code(ran(*init)) == (2, "restored-not-swept")
    sweep = ["backup", "sweep", *of_it]
    assert code(ran(*sweep)) == (2, "sweep-source")
    assert code(ran(*init)) == (2, "restored-not-swept")
    status, swept = ran(*sweep, "--epoch-key-is-live")
    assert (status, swept["erased"], swept["knownBy"]) == (0, 0, ["epoch-key"])
    assert ran(*init)[0] == 0
    assert ran("evidence", "check", *of_it)[0] == 0
    assert readable(to, shop.settings) == {1: True, 2: True}
    assert kinds(to, shop.settings)[3:] == ["configuration"]
    assert code(ran(*sweep, "--epoch-key-is-live")) == (2, "not-restored")


def test_whoever_was_erased_since_is_erased_again_by_the_list(shop: Installation, ran: Run) -> None:
    shop.record("eve")
    shop.erase("eve")
    shop.record("eve")  # who came back before the backup was not erased after it
    out, _ = backed_up(shop, ran, "one")
    then = shop.key_of_now("then")
    stale = shop.folder / "stale.list"
    listed = ["--key", shop.public, "--data", shop.data]
    assert ran("backup", "erased", stale, *listed)[1]["erasures"] == 1
    shop.erase("ann")
    shop.erase("ben", KeyClass.PROOF)
    erased = shop.folder / "erased.list"
    assert ran("backup", "erased", erased, *listed)[1]["erasures"] == 3
    to = shop.folder / "restored"
    assert ran("backup", "restore", out, "--key", shop.private, "--to", to)[0] == 0
    sweep = ["backup", "sweep", "--key", shop.private, "--data", to]
    live = ran(*sweep, "--settings", shop.settings, "--epoch-key-is-live")
    assert code(live) == (3, "evidence-wrapped-key")  # what was erased does not open any more
    status, swept = ran(*sweep, "--settings", then, "--erased", erased)
    assert (status, swept["erased"], swept["gone"]) == (0, 2, 0)
    assert readable(to, then) == {1: False, 2: False, 4: False, 7: True}
    assert kinds(to, then)[-3:] == ["deletion", "deletion", "configuration"]
    assert ran("evidence", "check", "--data", to, "--settings", then)[0] == 0


def test_a_list_that_is_older_than_the_backup_tells_nothing(shop: Installation, ran: Run) -> None:
    stale = shop.folder / "stale.list"
    ran("backup", "erased", stale, "--key", shop.public, "--data", shop.data)
    shop.record("carl")
    out, _ = backed_up(shop, ran, "one")
    to = shop.folder / "restored"
    ran("backup", "restore", out, "--key", shop.private, "--to", to)
    sweep = ["backup", "sweep", "--data", to, "--settings", shop.settings]
    told = ran(*sweep, "--key", shop.private, "--erased", stale)
    assert code(told) == (2, "sweep-source")
    assert code(ran(*sweep, "--newer", to)) == (0, None)  # that one reaches as far


def test_a_newer_copy_of_the_log_tells_whom(shop: Installation, ran: Run) -> None:
    out, _ = backed_up(shop, ran, "one")
    then = shop.key_of_now("then")
    shop.erase("ann")
    to = shop.folder / "restored"
    ran("backup", "restore", out, "--key", shop.private, "--to", to)
    sweep = ["backup", "sweep", "--data", to, "--settings", then, "--newer", shop.data]
    assert ran(*sweep)[1]["erased"] == 1
    assert readable(to, then) == {1: False, 2: True}


def test_a_chain_reaches_every_moment_after_its_first(shop: Installation, ran: Run) -> None:
    first, _ = backed_up(shop, ran, "one")
    shop.record("carl", "dora")  # 3 to 5
    shop.erase("ann")  # 6
    shop.record("eve")  # 7, 8
    second, made = backed_up(shop, ran, "two", "--since", f"{first}.manifest")
    assert made["number"] == 1
    assert int(str(made["held"])) < int(str(made["members"]))
    chain = [second, first]
    status, checked = ran("backup", "check", *chain, "--key", shop.private)
    assert (status, checked["records"]) == (0, 9)
    assert code(ran("backup", "check", second, "--key", shop.private)) == (2, "backup-chain")
    with Program().evidence_reading(shop.data, shop.settings) as reading:
        at = from_us(reading.log.record(Position(4)).leaf.at).isoformat()
    restore = ["backup", "restore", *chain, "--key", shop.private]
    for moment, records, later in (("3", 3, 1), (at, 5, 1), ("7", 7, 0), ("9", 9, 0)):
        to = shop.folder / f"at-{records}"
        status, said = ran(*restore, "--to", to, "--at", moment)
        assert (status, said["records"], said["erasedLater"]) == (0, records, later)
        of_it = ["--data", to, "--settings", shop.settings]
        status, swept = ran("backup", "sweep", *of_it, "--epoch-key-is-live")
        assert (status, swept["erased"]) == (0, later)
        assert ran("evidence", "check", *of_it)[0] == 0
        shown = {1: False, 2: True, 4: True, 5: True, 8: True}
        assert readable(to, shop.settings) == {at: can for at, can in shown.items() if at < records}
    for moment in ("2", "10", "2020-01-01"):
        refused = ran(*restore, "--to", shop.folder / "never", "--at", moment)
        assert code(refused) == (2, "backup-moment")
    assert not (shop.folder / "never").exists()


def test_any_bit_of_a_backup_that_flips_is_found(shop: Installation, ran: Run) -> None:
    out, _ = backed_up(shop, ran, "one")
    sound = out.read_bytes()
    places = {*range(0, 75, 4), *range(75, len(sound), len(sound) // 20), len(sound) - 1}
    for place in sorted(places):
        out.write_bytes(sound[:place] + bytes([sound[place] ^ 4]) + sound[place + 1 :])
        status, said = ran("backup", "check", out, "--key", shop.private)
        assert status in {1, 2, 3}, place
        assert not said.get("whole", False), place
    for end in (0, 9, 60, len(sound) // 2, len(sound) - 1):
        out.write_bytes(sound[:end])
        assert ran("backup", "check", out, "--key", shop.private)[0] in {1, 2, 3}, end
    to = shop.folder / "never"
    assert ran("backup", "restore", out, "--key", shop.private, "--to", to)[0] == 3
    assert not to.exists()


def test_only_the_key_or_passphrase_it_was_locked_with_opens_it(
    shop: Installation, ran: Run
) -> None:
    words, others = shop.folder / "words", shop.folder / "others"
    words.write_text("four quiet lanterns\n")
    others.write_text("four loud lanterns\n")
    out = shop.folder / "one.backup"
    make = ["backup", "make", out, "--data", shop.data]
    assert code(ran(*make)) == (2, "backup-key")
    assert code(ran(*make, "--key", shop.private)) == (2, "backup-key")
    assert ran(*make, "--passphrase-file", words)[0] == 0
    assert code(ran(*make, "--passphrase-file", words)) == (3, "backup-place")
    check = ["backup", "check", out]
    assert ran(*check, "--passphrase-file", words)[1]["whole"] is True
    for lock in (["--passphrase-file", others], ["--key", shop.private]):
        assert code(ran(*check, *lock)) == (2, "backup-key")


def test_the_epoch_key_is_in_no_backup_and_a_destroyed_one_nowhere(
    shop: Installation, ran: Run
) -> None:
    """X3: what opened the keys of an erased individual is in no raw byte of anything kept."""
    shop.key.rename(shop.data / "epoch.key")  # within the folder, where it should not be
    shop.key = shop.data / "epoch.key"
    shop.settings = shop.settings_of(shop.key, "settings.toml")
    old = json.loads(shop.key.read_text())
    (epoch_key,) = old["epochs"].values() if "epochs" in old else old["keys"].values()
    with Program().evidence_writing(shop.data, shop.settings) as writing:
        keys = writing.log._vault.find(writing.reading.person("ann"))  # noqa: SLF001
    assert keys is not None
    assert keys.content is not None
    out, _ = backed_up(shop, ran, "one", "--settings", shop.settings)
    laid_out = shop.folder / "laid-out"
    ran("backup", "restore", out, "--key", shop.private, "--to", laid_out)
    raw = bytes.fromhex(epoch_key)
    secrets = (raw, epoch_key.encode(), keys.content, keys.content.hex().encode())

    def holding(*folders: Path) -> list[str]:
        files = [one for folder in folders for one in folder.rglob("*") if one.is_file()]
        return [one.name for one in files if any(key in one.read_bytes() for key in secrets)]

    assert holding(shop.data) == ["epoch.key"]  # so the search finds what is there
    assert holding(laid_out, shop.folder / "apart") == []
    shop.erase("ann")
    assert holding(shop.folder) == []
    of_it = ["--data", laid_out, "--settings", shop.settings]
    opened = ran("backup", "sweep", *of_it, "--epoch-key-is-live")
    assert code(opened) == (3, "evidence-wrapped-key")


def test_a_restored_folder_is_served_only_once_it_was_swept(
    shop: Installation, ran: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    out, _ = backed_up(shop, ran, "one")
    to = shop.folder / "restored"
    ran("backup", "restore", out, "--key", shop.private, "--to", to)
    serve = ["serve", "--port", "0", "--settings", str(shop.settings), "--data", str(to)]
    assert run(Program(), ["--lang", "en", *serve]) == 2
    said = capsys.readouterr().err
    assert "restored-not-swept" in said
    assert f"chengnuo backup sweep --data {to.name}" in said


def test_every_backup_made_while_people_come_and_go_is_of_one_moment(
    shop: Installation, ran: Run
) -> None:
    halt, made = Event(), [backed_up(shop, ran, "b0")[0]]

    def come_and_go() -> None:
        with Program().evidence_writing(shop.data, shop.settings) as writing:
            for number in count():
                if halt.is_set():
                    return
                person = writing.reading.person(f"sample-{number}")
                for _ in range(3):
                    writing.recorder.record(Kind.PROVISION, GIVEN, person=person)
                if number % 5 == 4:
                    gone = writing.recorder.record(Kind.DELETION, GONE, person=person)
                    assert gone is not None
                    erasure = Erasure(
                        key=KeyClass.CONTENT,
                        at=from_us(gone.at),
                        under="PIPL-47",
                        position=gone.first,
                    )
                    writing.log.erase({person: erasure})
                    sleep(0.02)

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(come_and_go)
        for number in range(1, 25):
            since = ["--since", f"{made[-1]}.manifest"]
            made.append(backed_up(shop, ran, f"b{number}", *since)[0])
        halt.set()
        working.result(30)
    for number in (3, 12, 25):
        status, checked = ran("backup", "check", *made[:number], "--key", shop.private)
        assert (status, checked["wrong"]) == (0, [])
    made.append(backed_up(shop, ran, "last", "--since", f"{made[-1]}.manifest")[0])
    to = shop.folder / "restored"
    assert ran("backup", "restore", *made, "--key", shop.private, "--to", to)[0] == 0
    of_it = ["--data", to, "--settings", shop.settings]
    assert ran("backup", "sweep", *of_it, "--epoch-key-is-live")[0] == 0
    assert ran("evidence", "check", *of_it)[0] == 0
    assert readable(to, shop.settings) == readable(shop.data, shop.settings)
    assert len(readable(to, shop.settings)) > 30


def test_a_folder_restored_by_other_means_is_marked_and_swept_too(
    shop: Installation, ran: Run
) -> None:
    to, then = shop.folder / "copied", shop.key_of_now("then")
    shutil.copytree(shop.data, to)
    shop.erase("ann")
    shutil.rmtree(to / "evidence" / "log")  # as where only what is below was put back
    shutil.copytree(shop.data / "evidence" / "log", to / "evidence" / "log")
    of_it = ["--data", to, "--settings", then]
    assert ran("evidence", "init", *of_it)[0] == 3
    status, marked = ran("backup", "mark", *of_it)
    assert (status, marked["records"]) == (0, 3)
    assert (to / "evidence" / "checkpoint.before-restore").exists()
    assert code(ran("evidence", "init", *of_it)) == (2, "restored-not-swept")
    status, swept = ran("backup", "sweep", "--newer", shop.data, *of_it)
    assert (status, swept["erased"]) == (0, 1)
    assert readable(to, then) == {1: False, 2: True}
    assert ran("evidence", "check", *of_it)[0] == 0


def test_where_nothing_happened_the_next_backup_holds_nothing(shop: Installation, ran: Run) -> None:
    first, _ = backed_up(shop, ran, "one")
    second, made = backed_up(shop, ran, "two", "--since", f"{first}.manifest")
    assert made["held"] == 0
    assert second.stat().st_size < 20_000
    assert ran("backup", "check", first, second, "--key", shop.private)[1]["whole"] is True
