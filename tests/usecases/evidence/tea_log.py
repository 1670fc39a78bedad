"""A real log of a small tea house: register versions, a few people, acts of every sort."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.strategies.told_register import told_register

from chengnuo.adapters.clock import SystemClock
from chengnuo.adapters.evidence.opening import OpenedToWrite, open_log
from chengnuo.adapters.evidence.place import Place
from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang
from chengnuo.domain.disclosure.consent_notice import matter_of, notice_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.register.canonical import version_of
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.versions import UnknownVersionError
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.evidence_file import EvidenceFiles
from chengnuo.usecases.evidence.proving import Prover
from chengnuo.usecases.evidence.receipts import Receipts
from chengnuo.usecases.evidence.recording import InForce, Recorder, Rows

ORIGIN = "log.example/tea"
ONE, OTHER = PersonKey("one"), PersonKey("other")
ITEM = "nearby/sensitive:PI-LOC-PRECISE"
VERIFIER = Path(__file__).parents[3] / "verifier" / "src"


@dataclass(frozen=True)
class TeaLog:
    """The log and the use cases around it."""

    opened: OpenedToWrite
    catalogue: Catalogue
    register: Register
    versions: dict[str, Register]
    in_force: list[InForce]

    @property
    def recorder(self) -> Recorder:
        return Recorder(
            log=self.opened.log,
            payloads=self.opened.payloads,
            in_force=lambda: self.in_force[-1],
        )

    @property
    def receipts(self) -> Receipts:
        return Receipts(
            log=self.opened.log,
            payloads=self.opened.payloads,
            register_of=self.register_of,
            catalogue=self.catalogue,
        )

    @property
    def files(self) -> EvidenceFiles:
        return EvidenceFiles(
            log=self.opened.log,
            prover=Prover(log=self.opened.log, payloads=self.opened.payloads),
            receipts=self.receipts,
            recorder=self.recorder,
        )

    @property
    def eraser(self) -> Eraser:
        return Eraser(
            log=self.opened.log,
            vault=self.opened.vault,
            recorder=self.recorder,
            clock=SystemClock(),
        )

    def register_of(self, version: str) -> LoadedRegister:
        if version not in self.versions:
            raise UnknownVersionError(version)
        return LoadedRegister(self.versions[version], {})

    def serve(self, register: Register) -> None:
        """Put another register in force."""
        version = version_of(register)
        self.versions[version] = register
        self.in_force.append(InForce(register=version, law=self.catalogue.version.digest))

    def record(
        self, kind: Kind, values: dict[str, Tree], *, person: PersonKey | None = None, **rows: str
    ) -> Position:
        draft = self.recorder.draft(kind, values, person=person, rows=Rows(**rows))
        return self.opened.log.append([draft]).first

    def consent(
        self,
        kind: Kind = Kind.CONSENT_GIVEN,
        *,
        person: PersonKey = ONE,
        item: str = ITEM,
        **more: Tree,
    ) -> Position:
        found = matter_of(self.register, self.catalogue, item).item
        values: dict[str, Tree] = {
            "form": found.form.value,
            "fingerprint": found.fingerprint,
            "notice": notice_of(self.register, self.catalogue, item, Lang.ZH).digest,
            "lang": "zh",
            "surface": "android",
            "steps": 2,
        }
        return self.record(kind, values | more, person=person, activity=found.activity, item=item)

    def provision(self, person: PersonKey = ONE) -> Position:
        values: dict[str, Tree] = {
            "categories": ["PI-LOC-PRECISE"],
            "purpose": "样例：只在内容里的话",
            "method": "sdk",
        }
        return self.record(Kind.PROVISION, values, person=person, recipient="maps")

    def key_rotated(self) -> Position:
        values: dict[str, Tree] = {"key": "signing", "old": "a", "new": "b", "by": "cli"}
        return self.record(Kind.KEY_ROTATED, values)

    def register_published(self) -> Position:
        values: dict[str, Tree] = {
            "version": self.in_force[-1].register,
            "position": len(self.in_force),
            "by": "cli",
        }
        return self.record(Kind.REGISTER_PUBLISHED, values)

    def payload(self, position: Position) -> dict[str, Tree]:
        opened = self.opened.payloads.opened(self.opened.log.record(position))
        assert opened.payload is not None
        values: dict[str, Tree] = json.loads(opened.payload)
        return values


def tea_log(folder: Path, catalogue: Catalogue) -> TeaLog:
    """Return a new log in a folder; the caller closes it."""
    register = told_register(catalogue)
    opened = open_log(Place(data=folder), clock=SystemClock(), origin=ORIGIN)
    log = TeaLog(opened, catalogue, register, {}, [])
    log.serve(register)
    return log


def verified(path: Path, *options: str) -> tuple[int, str]:
    """Run the real verifier on a file; return its exit status and the code of its verdict."""
    done = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-m", "chengnuo_verify", str(path), "--json", *options],
        env={**os.environ, "PYTHONPATH": str(VERIFIER)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, str(json.loads(done.stdout)["code"])
