"""Duties from the face to the log, and what the verifier, run as its own process, says of them."""

import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.doors.browser_kit import Browser
from tests.doors.evidence_kit import staff_of
from tests.doors.service_kit import Kit
from tests.usecases.dossier.ways import WAYS, filled

from chengnuo.domain.dossier.all_sorts import SORTS
from chengnuo.domain.dossier.fields import Value
from chengnuo.domain.dossier.party import Party
from chengnuo.domain.dossier.sort import Concerns
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.doors.web.building import Service
from chengnuo.ports.accounts import Role

SAMPLE = Path(__file__).parents[2] / "examples" / "shop" / "register"
FILES = "/console/evidence/files"
REASON = "主管部门检查，文号另附"
ACCOUNT = "4711-of-the-duties"
SORT_KINDS = {"complaint": Kind.COMPLAINT, "incident": Kind.INCIDENT}
Step = tuple[str, Party, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier said."""

    status: int
    code: str
    said: Mapping[str, Any]


@dataclass(slots=True)
class Duties:
    """A service whose duties are done through its face, and verified from outside."""

    kit: Kit
    folder: Path
    roles: dict[Role, Browser] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    begun: dict[str, str] = field(default_factory=dict)

    def browser(self, role: Role) -> Browser:
        """Return the browser of a role, signed in once."""
        if role not in self.roles:
            self.roles[role] = staff_of(self.kit, role)
        return self.roles[role]

    def rows(self, sort: str = "") -> dict[str, str]:
        """Return an id of the register for each kind of row that forms ask for."""
        desk = self.kit.service.services.dossiers
        assert desk is not None
        kinds = {
            one.rows
            for sort in SORTS.values()
            for act in sort.acts
            for one in act.fields
            if one.rows
        }
        rows = {kind: next(iter(desk.known(kind)), "") for kind in sorted(kinds)}
        if sort == "joint-request":  # one with whom something is decided together
            recipients = self.kit.service.services.register.served.register.recipients
            joint = (one.recipient for one in recipients if one.role == "joint")
            rows["recipients"] = next(joint)
        return rows

    def done(self, sort: str, steps: Sequence[Step], account: str = ACCOUNT) -> str:
        """Go a way by the forms of the console; returns the id of the dossier."""
        path, place = f"/console/{SORTS[sort].path}", ""
        for what, party, fields in steps:
            browser, sent = self.browser(Role(party.value)), typed(filled(fields, self.rows(sort)))
            page = place or f"{path}/new/{what}"
            if not place and SORTS[sort].concerns is not Concerns.NOBODY:
                sent["account"] = account
            answer = browser.client.post(
                f"{place}/{what}" if place else page,
                data={"csrf_token": browser.form_token(page), **sent},
                headers={"origin": browser.origin, "sec-fetch-site": "same-origin"},
            )
            assert answer.status_code == 303, (what, answer.status_code, answer.text[-2_000:])
            place = answer.headers["location"]
        return place.rpartition("/")[2]

    def one(self, sort: str) -> str:
        """Return a dossier of a sort that was gone through to its end, once."""
        if sort not in self.gone:
            self.gone[sort] = self.done(sort, WAYS[sort])
        return self.gone[sort]

    def first(self, sort: str) -> str:
        """Return a dossier of a sort in which nothing was done but its opening, once."""
        if sort not in self.begun:
            self.begun[sort] = self.done(sort, WAYS[sort][:1])
        return self.begun[sort]

    def evidence_file(self, about: str, **said: str) -> bytes:
        """Have an evidence file made by its page: asked for by one, released by another."""
        staff, reviewer = self.browser(Role.STAFF), self.browser(Role.REVIEWER)
        asked = staff.submit(FILES, FILES, {"about": about, "reason": REASON, **said})
        assert asked.status_code == 303, asked.text[-2_000:]
        released = reviewer.submit(FILES, self._offered(reviewer, "release"))
        assert released.status_code == 303, released.text[-2_000:]
        taken = staff.submit(FILES, self._offered(staff, "file"))
        assert taken.status_code == 200, taken.text[-2_000:]
        return taken.content

    def verified(self, what: bytes | Path) -> Verdict:
        """Run the verifier as its own process on a file or a folder."""
        return verified(self.kit.service, what, self.folder)

    def public(self) -> Path:
        """Return a copy of what the public may read of the log, as of now."""
        self.kit.service.services.evidence.log.publish()
        to = self.folder / "public"
        shutil.rmtree(to, ignore_errors=True)
        return Path(shutil.copytree(Path(self.kit.settings.data) / "evidence" / "log", to))

    @staticmethod
    def _offered(browser: Browser, act: str) -> str:
        page = browser.get(FILES).text
        links = [part.split('"')[0] for part in page.split(f'action="{FILES}/')[1:]]
        return next(f"{FILES}/{one}" for one in links if one.endswith(f"/{act}"))


def verified(service: Service, what: bytes | Path, folder: Path) -> Verdict:
    """Run the verifier as its own process on what a service handed out."""
    if isinstance(what, bytes):
        file = folder / "handed-out"
        file.write_bytes(what)
        what = file
    log = service.services.evidence.log
    log.publish()
    vkey = str(log.keys().in_force[0].vkey)
    command = Path(sys.executable).with_name("chengnuo-verify")
    done = subprocess.run(  # noqa: S603  our own program
        [str(command), str(what), "--key", vkey, "--json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stderr == ""
    said = json.loads(done.stdout)
    return Verdict(done.returncode, said["code"], said)


def typed(fields: Mapping[str, Value]) -> dict[str, str | list[str]]:
    """Return fields as a browser sends them; instants as they are typed, in Beijing time."""

    def one(value: Value) -> str | list[str]:
        if isinstance(value, tuple):
            return list(value)
        if isinstance(value, bool):
            return "yes" if value else ""
        said = str(value)
        return f"{said[:10]}T10:00" if said.endswith("T02:00:00Z") else said

    return {name: one(value) for name, value in fields.items()}


def disclosed(file: bytes) -> list[dict[str, Any]]:
    """Return the payloads that an evidence file shows, the oldest first."""
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        proof = json.loads(opened.read("proof.json"))
    return shown_by(proof)


def shown_by(proof: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the payloads that a proof discloses, the oldest first."""
    return [json.loads(one["payload"]) for one in reversed(proof["disclosed"])]


def acts_in(file: bytes, dossier: str) -> list[dict[str, Any]]:
    """Return what an evidence file shows of one dossier."""
    return [one for one in disclosed(file) if one.get("dossier") == dossier]


def forged(file: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return an evidence file with another proof in it, its listing put right by the forger."""
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        files = {one.filename: opened.read(one) for one in opened.infolist()}
    proof = json.loads(files["proof.json"])
    change(proof)
    files["proof.json"] = json.dumps(proof, ensure_ascii=False, separators=(",", ":")).encode()
    listing = json.loads(files["manifest.json"])
    listing["files"]["proof.json"] = hashlib.sha256(files["proof.json"]).hexdigest()
    files["manifest.json"] = json.dumps(listing, ensure_ascii=False).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name in sorted(files):
            packed.writestr(zipfile.ZipInfo(name), files[name])
    return made.getvalue()


def said_otherwise(dossier: str) -> Callable[[dict[str, Any]], None]:
    """Change one byte of what is said of a dossier: the number of its last act."""

    def change(proof: dict[str, Any]) -> None:
        shown = next(one for one in proof["disclosed"] if dossier in one["payload"])
        before, name, after = shown["payload"].partition('"number":')
        shown["payload"] = before + name + ("8" if after[0] != "8" else "9") + after[1:]

    return change


def without_act(dossier: str) -> Callable[[dict[str, Any]], None]:
    """Take the newest act of a dossier out of the chain of an individual."""

    def change(proof: dict[str, Any]) -> None:
        gone = next(one for one in proof["disclosed"] if dossier in one["payload"])
        proof["disclosed"].remove(gone)
        for chain in proof["chains"]:
            for leaf in list(chain["leaves"]):
                hashed = hashlib.sha256(b"\x00" + leaf.encode()).hexdigest()
                if hashed == gone["leaf"]:
                    chain["leaves"].remove(leaf)

    return change


def without_entry(public: Path, position: int) -> bytes:
    """Take one record out of the files of a log; returns what was taken."""
    at = 0
    for file in sorted(one for one in (public / "tile" / "entries").rglob("*") if one.is_file()):
        rest, entries = file.read_bytes(), list[bytes]()
        while rest:
            length = int.from_bytes(rest[:2])
            entries.append(rest[2 : 2 + length])
            rest = rest[2 + length :]
        if at <= position < at + len(entries):
            gone = entries.pop(position - at)
            file.write_bytes(b"".join(len(one).to_bytes(2) + one for one in entries))
            return gone
        at += len(entries)
    raise IndexError(position)
