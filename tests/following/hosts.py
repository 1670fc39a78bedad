"""Several hosts over one database: a folder for each, with the keys of the first."""

import io
import json
import shutil
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
from tests.doors.server_kit import Server
from tests.waiting import until

from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.doors.cli.root import run
from chengnuo.wiring.program import Program

SHOP = Path(__file__).parents[2] / "examples" / "shop" / "register"
ITEM, ACTIVITY = "browsing/general", "browsing"
SCOPES = ("decide", "audience", "consent:read", "consent:write")
_PROMPTS = count()


@dataclass(slots=True)
class Host:
    """One host: a process over its own folder.

    Attributes:
        folder: What it holds: `data`, `settings.toml`, what the process said.
        server: The process.
        address: Where it answers.

    """

    folder: Path
    server: Server
    address: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    def is_follower(self) -> bool:
        """Tell whether it says that it follows."""
        try:
            said = httpx.get(f"{self.address}/healthz", timeout=5)
        except httpx.TransportError:
            return False
        return said.json().get("role") == "follower"

    def is_leader(self) -> bool:
        """Tell whether it answers and follows nobody."""
        try:
            said = httpx.get(f"{self.address}/healthz", timeout=5)
        except httpx.TransportError:
            return False
        return said.status_code == 200 and "role" not in said.json()


def start(
    base: Path, name: str, url: str, *more: str, like: Host | None = None, evidence: str = ""
) -> Host:
    """Start a host and return it once it answers.

    Args:
        base: Where its folder is made, and the epoch key of all.
        name: Of its folder.
        url: Address of the database.
        more: Lines of its settings.
        like: Whose keys it gets; None for the first.
        evidence: Lines of `[evidence]` of its settings.

    """
    folder = base / name
    folder.mkdir(exist_ok=True)
    if like is not None and not (folder / "data").exists():
        shutil.copytree(like.data / "keys", folder / "data" / "keys")
        (folder / "data" / "evidence" / "log").mkdir(parents=True)
        shutil.copy(like.data / "evidence/log/log.json", folder / "data" / "evidence" / "log")
    lines = (
        f'database = "{url}"',
        *more,
        f'[evidence]\nmaster_key_file = "{base / "epoch.key"}"',
        evidence,
    )
    (folder / "settings.toml").write_text("\n".join(lines) + "\n", "utf-8")
    words = ("--demo", "--port", "0", "--data", "data", "--register", str(SHOP))
    server = Server.start(*words, "--settings", "settings.toml", folder=folder)
    return Host(folder, server, server.address())


def key_of(host: Host) -> dict[str, str]:
    """Make an API key and return the header that shows it."""
    said = io.StringIO()
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    where = ["--data", str(host.data), "--settings", str(host.settings)]
    with redirect_stdout(said):
        assert run(Program(), ["keys", "make", "tests", *scopes, *where, "--json"]) == 0
    return {"Authorization": f"Bearer {json.loads(said.getvalue())['secret']}"}


class Shop:
    """What the back end of the shop asks and says, at whichever host."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        program = Program()
        register = program.registers().load(SHOP).register
        self.headers = dict(headers)
        self._notice = notice_of(register, program.catalogue(), ITEM, Lang.ZH).digest
        self._fingerprint = matter_of(register, program.catalogue(), ITEM).item.fingerprint
        self._app = register.apps[0].app

    def post(self, host: Host, path: str, body: object, *, seconds: float = 30) -> httpx.Response:
        """Return whatever comes back."""
        address = f"{host.address}{path}"
        return httpx.post(address, json=body, headers=self.headers, timeout=seconds)

    def said(self, host: Host, verb: str, **body: object) -> dict[str, object]:
        """Hand in an act, and return what was answered."""
        answer = self.post(host, f"/v1/consents{verb}", body)
        assert answer.status_code == 200, answer.text
        found: dict[str, object] = answer.json()
        return found

    def give(self, host: Host, person: str, asked_at: str) -> dict[str, object]:
        """Hand in a yes."""
        return self.said(
            host,
            "",
            person=person,
            item=ITEM,
            act="give",
            app=self._app,
            notice=self._notice,
            fingerprint=self._fingerprint,
            lang="zh",
            surface="android",
            steps=1,
            prompt=f"prompt-{next(_PROMPTS)}",
            askedAt=asked_at,
        )

    def withdraw(self, host: Host, person: str) -> dict[str, object]:
        """Hand in a withdrawal."""
        return self.said(host, ":withdraw", person=person, item=ITEM, surface="app")

    def asked(self, host: Host, person: str, **more: object) -> httpx.Response:
        """Ask whether browsing may be processed."""
        body = {"person": person, "activity": ACTIVITY, "evidence": "none", **more}
        return self.post(host, "/v1/decisions", body)

    def outcome(self, host: Host, person: str) -> str:
        """Return the outcome for now; empty where there is none."""
        return str(self.asked(host, person).json().get("outcome", ""))

    def level(self, host: Host, person: str, position: int, **more: object) -> dict[str, object]:
        """Return the answer of a host once it takes a record into account."""
        found: dict[str, object] = {}

        def is_level() -> bool:
            found.update(self.asked(host, person, **more).json())
            return int(str(found.get("logPosition", -1))) >= position

        until(is_level, seconds=20)
        return found
