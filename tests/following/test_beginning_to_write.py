"""A service that is not put together to its end: nothing of it keeps another from writing."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.servers.databases import Postgresql

from chengnuo.adapters.postgresql.database import PostgresqlDatabase
from chengnuo.adapters.postgresql.shared import SharedDatabase
from chengnuo.adapters.register_editing.folder import FolderEditor
from chengnuo.doors.settings import EvidenceSettings, ServeSettings, WrongSettingError, web_settings
from chengnuo.wiring.program import Program

pytestmark = [
    pytest.mark.real,
    pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning"),
]
SOUND = Path(__file__).parents[1] / "corpus" / "register" / "sound.yaml"


@pytest.fixture
def url(postgresql_server: Postgresql) -> Iterator[str]:
    with postgresql_server.database() as name:
        yield postgresql_server.url(name).render_as_string(hide_password=False)


def settings_of(folder: Path, url: str, *, timestamp_url: str = "") -> ServeSettings:
    register = folder / "register"
    register.mkdir(exist_ok=True)
    (register / "register.yaml").write_bytes(SOUND.read_bytes())
    return ServeSettings(
        register=str(register),
        data=str(folder / "data"),
        database=url,
        evidence=EvidenceSettings(
            master_key_file=str(folder / "epoch.key"), timestamp_url=timestamp_url
        ),
    )


def test_whoever_cannot_begin_lets_another_write_at_once(
    tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle, led = FolderEditor.settle, list[bool]()
    with closing(PostgresqlDatabase(url)) as database:
        other = SharedDatabase(database=database, holder="other")

        def settled(editor: FolderEditor, folder: Path) -> None:
            led.append(other.is_led())
            settle(editor, folder)

        monkeypatch.setattr(FolderEditor, "settle", settled)
        # What is wrong is found only when the log is open and the lease held.
        wrong = settings_of(tmp_path, url, timestamp_url="https://example.org/stamps")
        with pytest.raises(WrongSettingError, match="timestamp_roots"):
            Program().service(wrong, web_settings(wrong, port=1))
        assert not other.is_led()
        right = settings_of(tmp_path, url)
        made = Program().service(right, web_settings(right, port=1))  # folder, log, planes are free
        assert other.is_led()
        made.close()
        assert not other.is_led()
        assert led == [False, False]  # a reader of the folder that it waits for costs no lease
