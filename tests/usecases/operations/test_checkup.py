"""All checks are made, whatever one of them meets; what was met is said."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from chengnuo.base.errors import ChengnuoError
from chengnuo.doors.settings import WrongSettingError
from chengnuo.law.working_calendar import WorkingCalendar
from chengnuo.ports.documents import DocumentNotMadeError
from chengnuo.ports.evidence_keys import KeyHolderError
from chengnuo.ports.evidence_log import LogDamagedError
from chengnuo.ports.identity_provider import ProviderUnavailableError
from chengnuo.ports.installation import (
    Answering,
    DatabaseLook,
    DoorLook,
    FolderLook,
    HolderLook,
    Layer,
    LogLook,
    PlanesLook,
    ProgramLook,
    RegisterLook,
    SecretFile,
)
from chengnuo.usecases.operations.checks import GIB, Check, State, Subject
from chengnuo.usecases.operations.checkup import Checkup, Diagnosis
from chengnuo.wiring.knowledge import law_catalogue

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@dataclass
class Sound:
    """An installation of which all is well, but for what is to go wrong."""

    wrong: dict[Subject, Exception] = field(default_factory=dict)

    def _see(self, subject: Subject) -> None:
        if subject in self.wrong:
            raise self.wrong[subject]

    def now(self) -> datetime:
        return NOW

    def program(self) -> ProgramLook:
        return ProgramLook(
            python="3.11", python_wanted=">=3.11", python_fits=True, packages=(), extras=()
        )

    def paper(self) -> None:
        self._see(Subject.PAPER)

    def layers(self) -> tuple[Layer, ...]:
        return tuple(Layer)

    def register(self) -> RegisterLook:
        self._see(Subject.REGISTER)
        return RegisterLook(folder="r", version="ab")

    def folder(self) -> FolderLook:
        self._see(Subject.DATA_FOLDER)
        return FolderLook(
            place="data",
            there=True,
            mode=0o700,
            owner=1,
            runs_as=1,
            writable=True,
            free_bytes=9 * GIB,
        )

    def database(self) -> DatabaseLook:
        self._see(Subject.DATABASE)
        return DatabaseLook(there=True, revision="1", known=True, newest="1")

    def log(self) -> LogLook:
        self._see(Subject.LOG)
        return LogLook(there=True, size=1, published=1, checkpoint_at=NOW, last_at=NOW)

    def secret_files(self) -> tuple[SecretFile, ...]:
        self._see(Subject.SECRETS)
        return (SecretFile(place="k", there=True, mode=0o600, own=True),)

    def holder(self) -> HolderLook:
        self._see(Subject.EPOCH_KEY)
        return HolderLook(
            place="k", in_data_folder=False, forgets=True, unfinished=False, epochs=(1,), made=1
        )

    def planes(self) -> PlanesLook:
        self._see(Subject.PLANES)
        return PlanesLook(off=True)

    def door(self) -> DoorLook:
        self._see(Subject.PORT)
        return DoorLook(address="a:1", named=True, who=Answering.SERVICE, version="1", running="1")

    def provider(self) -> str:
        self._see(Subject.PROVIDER)
        return "https://id.example"


def looked(wrong: dict[Subject, Exception]) -> tuple[Diagnosis, dict[Subject, Check]]:
    sound = Sound(wrong)

    def installation() -> Sound:
        sound._see(Subject.SETTINGS)  # noqa: SLF001  the fake's own
        return sound

    def calendar() -> WorkingCalendar:
        return WorkingCalendar(
            holidays=frozenset(),
            makeup_days=frozenset(),
            first=date(2020, 1, 1),
            last=date(2027, 12, 31),
        )

    diagnosis = Checkup(
        parts=sound,
        catalogue=law_catalogue,
        calendar=calendar,
        clock=sound,
        installation=installation,
    ).look()
    return diagnosis, {one.subject: one for one in diagnosis.checks}


def test_all_is_well_where_all_is_well() -> None:
    diagnosis, checks = looked({})
    assert list(checks) == list(Subject)
    assert {one.subject: one.says for one in diagnosis.checks if one.state is not State.WELL} == {}
    assert diagnosis.state is State.WELL


@pytest.mark.parametrize(
    ("subject", "error"),
    [
        (Subject.PAPER, DocumentNotMadeError("pdf", "no font")),
        (Subject.LOG, LogDamagedError("wal/0", "torn")),
        (Subject.EPOCH_KEY, KeyHolderError("no token")),
        (Subject.PROVIDER, ProviderUnavailableError("no-answer")),
    ],
)
def test_an_error_of_ours_is_something_to_do_and_the_rest_is_looked_at(
    subject: Subject, error: ChengnuoError
) -> None:
    diagnosis, checks = looked({subject: error})
    assert list(checks) == list(Subject)
    assert checks[subject].state is State.DUE
    assert checks[subject].error is error
    assert checks[subject].advice is not None
    others = {one.subject for one in diagnosis.checks if one.state is not State.WELL} - {subject}
    assert others == ({Subject.CLOCK} if subject is Subject.LOG else set())
    assert diagnosis.state is State.DUE


def test_what_the_system_keeps_from_looking_is_unseen() -> None:
    diagnosis, checks = looked({Subject.SECRETS: PermissionError(13, "Permission denied")})
    assert checks[Subject.SECRETS].state is State.UNKNOWN
    assert "Permission denied" in (checks[Subject.SECRETS].says.en or "")
    assert diagnosis.state is State.UNKNOWN


def test_something_to_do_goes_before_something_unseen() -> None:
    diagnosis, _ = looked(
        {Subject.SECRETS: PermissionError(13, "no"), Subject.PAPER: DocumentNotMadeError("pdf", "")}
    )
    assert diagnosis.state is State.DUE


def test_settings_that_cannot_be_used_leave_the_installation_unseen() -> None:
    error = WrongSettingError("prot", "no such setting")
    _, checks = looked({Subject.SETTINGS: error})
    assert list(checks) == list(Subject)
    assert checks[Subject.SETTINGS].error is error
    assert checks[Subject.LAW].state in {State.WELL, State.NOTE, State.DUE}
    assert checks[Subject.PORT].state is State.UNKNOWN
