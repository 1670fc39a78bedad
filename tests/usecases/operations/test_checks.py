"""Every check of an installation has a case that is well and cases that are not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from _pytest.mark import ParameterSet

from chengnuo.ports.installation import (
    Answering,
    DatabaseLook,
    DoorLook,
    Extra,
    FolderLook,
    HolderLook,
    Layer,
    LogLook,
    Package,
    PlanesLook,
    ProgramLook,
    RegisterLook,
    SecretFile,
)
from chengnuo.usecases.operations.checks import GIB, MIB, Check, State, Subject
from chengnuo.usecases.operations.data_checks import (
    clock_check,
    database_check,
    folder_check,
    log_check,
    register_check,
)
from chengnuo.usecases.operations.key_checks import (
    door_check,
    holder_check,
    planes_check,
    provider_check,
    secrets_check,
)
from chengnuo.usecases.operations.program_checks import (
    calendar_check,
    child_check,
    extras_check,
    law_check,
    packages_check,
    python_check,
)

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)
S = timedelta(seconds=1)

PROGRAM = ProgramLook(
    python="3.11.7",
    python_wanted=">=3.11",
    python_fits=True,
    packages=(Package(name="numpy", wanted=">=2.2", found="2.3", fits=True),),
    extras=(Extra(name="price", missing=(), needed_by=("[prices]",)),),
)
OLD = Package(name="numpy", wanted=">=2.2", found="2.1", fits=False)
GONE = Package(name="numpy", wanted=">=2.2", found="", fits=False)
UNUSED = Extra(name="spark", missing=("pyspark",), needed_by=())
NEEDED = Extra(name="price", missing=("duckdb",), needed_by=("[prices]",))
FOLDER = FolderLook(
    place="data", there=True, mode=0o700, owner=7, runs_as=7, writable=True, free_bytes=9 * GIB
)
DATABASE = DatabaseLook(there=True, revision="0019", known=True, newest="0019")
LOG = LogLook(
    there=True,
    size=9,
    published=9,
    checkpoint_at=NOW - 2 * S,
    last_at=NOW - 3 * S,
    writer="process 4",
)
SECRET = SecretFile(place="data/keys/seal.key", there=True, mode=0o600, own=True)
NAMED = SecretFile(place="pin", there=True, mode=0o400, own=False)
HOLDER = HolderLook(
    place="epoch.key", in_data_folder=False, forgets=True, unfinished=False, epochs=(3,), made=3
)
PLANES = PlanesLook(off=False, place="planes", there=True, free_bytes=GIB)
DOOR = DoorLook(
    address="127.0.0.1:8700", named=True, who=Answering.SERVICE, version="1", running="1"
)


def case(
    subject: Subject, state: State, said: str, check: Callable[[], Check], named: str
) -> ParameterSet:
    return pytest.param(subject, state, said, check, id=f"{subject}: {named}")


def program(**changed: object) -> ProgramLook:
    return replace(PROGRAM, **changed)  # type: ignore[arg-type]


def folder(**changed: object) -> Callable[[], Check]:
    return lambda: folder_check(replace(FOLDER, **changed))  # type: ignore[arg-type]


def database(**changed: object) -> Callable[[], Check]:
    return lambda: database_check(replace(DATABASE, **changed))  # type: ignore[arg-type]


def log(**changed: object) -> LogLook:
    return replace(LOG, **changed)  # type: ignore[arg-type]


def holder(**changed: object) -> Callable[[], Check]:
    return lambda: holder_check(replace(HOLDER, **changed))  # type: ignore[arg-type]


def planes(**changed: object) -> Callable[[], Check]:
    return lambda: planes_check(replace(PLANES, **changed))  # type: ignore[arg-type]


def door(**changed: object) -> Callable[[], Check]:
    return lambda: door_check(replace(DOOR, **changed))  # type: ignore[arg-type]


WELL, NOTE, DUE = State.WELL, State.NOTE, State.DUE
LATE = log(published=7, last_at=NOW - 90 * S)
CASES = [
    case(Subject.CHILD, WELL, "reads these alone", lambda: child_check(tuple(Layer)), "all"),
    case(
        Subject.CHILD,
        NOTE,
        "not held by: rules on files (Landlock); memory",
        lambda: child_check((Layer.RIGHTS, Layer.CALLS)),
        "no landlock",
    ),
    case(Subject.CHILD, NOTE, "run on Linux 5.13", lambda: child_check(()), "nothing"),
    case(Subject.PYTHON, WELL, "3.11.7", lambda: python_check(PROGRAM), "fits"),
    case(
        Subject.PYTHON,
        DUE,
        "3.11.7, but >=3.11 is needed",
        lambda: python_check(program(python_fits=False)),
        "too old",
    ),
    case(Subject.PACKAGES, WELL, "all 1 fit", lambda: packages_check(PROGRAM), "fit"),
    case(
        Subject.PACKAGES,
        DUE,
        "numpy 2.1 (needs >=2.2)",
        lambda: packages_check(program(packages=(OLD,))),
        "old",
    ),
    case(
        Subject.PACKAGES,
        DUE,
        "numpy missing",
        lambda: packages_check(program(packages=(GONE,))),
        "gone",
    ),
    case(Subject.EXTRAS, WELL, "price", lambda: extras_check(PROGRAM), "all there"),
    case(
        Subject.EXTRAS,
        NOTE,
        "not there: spark",
        lambda: extras_check(program(extras=(UNUSED,))),
        "one that nothing needs is missing",
    ),
    case(
        Subject.EXTRAS,
        DUE,
        "price (needed by [prices])",
        lambda: extras_check(program(extras=(UNUSED, NEEDED))),
        "one that a setting needs is missing",
    ),
    case(
        Subject.CALENDAR,
        WELL,
        "to 2027",
        lambda: calendar_check(date(2027, 12, 31), DECEMBER),
        "next year is known",
    ),
    case(
        Subject.CALENDAR,
        NOTE,
        "2026 only",
        lambda: calendar_check(date(2026, 12, 31), NOW),
        "next year in November",
    ),
    case(
        Subject.CALENDAR,
        DUE,
        "2026 only",
        lambda: calendar_check(date(2026, 12, 31), DECEMBER),
        "next year from December on",
    ),
    case(
        Subject.CALENDAR,
        DUE,
        "2025 only",
        lambda: calendar_check(date(2025, 12, 31), NOW),
        "not even this year",
    ),
    case(Subject.LAW, WELL, "5 months", lambda: law_check("v", "2026-06", NOW), "fresh"),
    case(Subject.LAW, NOTE, "6 months", lambda: law_check("v", "2026-05", NOW), "half a year"),
    case(Subject.LAW, DUE, "12 months", lambda: law_check("v", "2025-11", NOW), "a year"),
    case(Subject.LAW, DUE, "clock", lambda: law_check("v", "2026-12", NOW), "of the future"),
    case(
        Subject.REGISTER,
        WELL,
        "it loads",
        lambda: register_check(RegisterLook(folder="r", version="ab")),
        "folder",
    ),
    case(
        Subject.REGISTER,
        WELL,
        "kept last",
        lambda: register_check(RegisterLook(folder="", version="ab")),
        "kept",
    ),
    case(
        Subject.REGISTER,
        DUE,
        "none",
        lambda: register_check(RegisterLook(folder="", version="")),
        "none",
    ),
    case(Subject.DATA_FOLDER, WELL, "9.0 GiB", folder(), "well"),
    case(Subject.DATA_FOLDER, WELL, "alone", folder(runs_as=0), "looked at by root"),
    case(Subject.DATA_FOLDER, NOTE, "no `data` yet", folder(there=False), "not made"),
    case(Subject.DATA_FOLDER, DUE, "mode 0750", folder(mode=0o750), "open to a group"),
    case(Subject.DATA_FOLDER, DUE, "account 7", folder(runs_as=8), "of another account"),
    case(Subject.DATA_FOLDER, DUE, "written", folder(writable=False), "read only"),
    case(Subject.DATA_FOLDER, DUE, "restored", folder(waits_for_sweep=True), "not swept"),
    case(Subject.DATA_FOLDER, DUE, "1023 MiB", folder(free_bytes=GIB - 1), "full"),
    case(Subject.DATABASE, WELL, "newest", database(), "newest"),
    case(Subject.DATABASE, NOTE, "whoever answers", database(verified=False), "not verified"),
    case(Subject.DATABASE, NOTE, "brings it to 0019", database(revision="0018"), "older"),
    case(Subject.DATABASE, DUE, "newer program", database(revision="0020", known=False), "newer"),
    case(Subject.DATABASE, NOTE, "none yet", database(there=False, revision=""), "none"),
    case(Subject.LOG, WELL, "process 4 writes it", lambda: log_check(LOG, NOW), "well"),
    case(Subject.LOG, NOTE, "none", lambda: log_check(LogLook(there=False), NOW), "none"),
    case(
        Subject.LOG,
        NOTE,
        "nobody writes",
        lambda: log_check(replace(LATE, writer=""), NOW),
        "left behind by a kill",
    ),
    case(
        Subject.LOG,
        WELL,
        "size 7",
        lambda: log_check(log(published=7), NOW),
        "records of this moment",
    ),
    case(Subject.LOG, DUE, "2 records are overdue", lambda: log_check(LATE, NOW), "stuck"),
    case(Subject.CLOCK, WELL, "not behind", lambda: clock_check(LOG, NOW), "well"),
    case(Subject.CLOCK, NOTE, "no record", lambda: clock_check(LogLook(there=False), NOW), "none"),
    case(
        Subject.CLOCK,
        DUE,
        "2 min behind",
        lambda: clock_check(log(last_at=NOW + 130 * S), NOW),
        "behind the last record",
    ),
    case(
        Subject.CLOCK,
        DUE,
        "1 d behind",
        lambda: clock_check(log(checkpoint_at=NOW + timedelta(days=1)), NOW),
        "behind the last checkpoint",
    ),
    case(Subject.SECRETS, WELL, "2 files", lambda: secrets_check([SECRET, NAMED]), "well"),
    case(
        Subject.SECRETS,
        DUE,
        "seal.key` (0640)",
        lambda: secrets_check([replace(SECRET, mode=0o640), NAMED]),
        "open to a group",
    ),
    case(
        Subject.SECRETS,
        DUE,
        "not there: pin",
        lambda: secrets_check([SECRET, replace(NAMED, there=False)]),
        "one that a setting names is missing",
    ),
    case(
        Subject.SECRETS,
        NOTE,
        "none yet",
        lambda: secrets_check([replace(SECRET, there=False)]),
        "not made",
    ),
    case(Subject.EPOCH_KEY, WELL, "in `epoch.key`", holder(), "apart"),
    case(Subject.EPOCH_KEY, DUE, "epoch.key", holder(in_data_folder=True), "beside the data"),
    case(
        Subject.EPOCH_KEY,
        NOTE,
        "epoch.key",
        holder(in_data_folder=True, demo=True),
        "beside the data of a demonstration",
    ),
    case(Subject.EPOCH_KEY, NOTE, "epoch.key", holder(forgets=False), "that never forgets"),
    case(Subject.EPOCH_KEY, DUE, "epoch 3", holder(epochs=(2,)), "of another epoch"),
    case(Subject.EPOCH_KEY, NOTE, "interrupted", holder(unfinished=True), "being changed"),
    case(Subject.EPOCH_KEY, DUE, "no folder", holder(homeless=True), "without a folder"),
    case(Subject.PLANES, WELL, "they are in", planes(), "in memory"),
    case(Subject.PLANES, WELL, "will be in", planes(there=False), "not made"),
    case(Subject.PLANES, WELL, "want none", planes(off=True), "off"),
    case(Subject.PLANES, NOTE, "no file system of memory", planes(in_memory=False), "on disk"),
    case(Subject.PLANES, NOTE, "of memory", planes(beside_data=True), "beside the data"),
    case(Subject.PLANES, DUE, "other accounts", planes(ours=False), "of somebody else"),
    case(Subject.PLANES, DUE, "63 MiB", planes(free_bytes=64 * MIB - 1), "memory full"),
    case(Subject.PORT, WELL, "answers", door(), "our service"),
    case(Subject.PORT, NOTE, "restart", door(version="0"), "an older service"),
    case(Subject.PORT, NOTE, "free", door(who=Answering.NOBODY), "free"),
    case(Subject.PORT, DUE, "another program", door(who=Answering.SOMEBODY_ELSE), "taken"),
    case(
        Subject.PORT,
        DUE,
        "another installation",
        door(who=Answering.OTHER_SERVICE),
        "taken by another installation",
    ),
    case(
        Subject.PORT,
        NOTE,
        "another",
        door(who=Answering.SOMEBODY_ELSE, named=False),
        "taken, and not asked for",
    ),
    case(Subject.PROVIDER, WELL, "none is set", lambda: provider_check(""), "none"),
    case(Subject.PROVIDER, WELL, "answers", lambda: provider_check("https://id"), "answers"),
]


@pytest.mark.parametrize(("subject", "state", "said", "check"), CASES)
def test_a_check_says_how_it_stands_and_what_to_do(
    subject: Subject, state: State, said: str, check: Callable[[], Check]
) -> None:
    found = check()
    assert (found.subject, found.state) == (subject, state)
    advice = "" if found.advice is None else found.advice.en or ""
    assert said in f"{found.says.en}; {advice}"
    assert found.says.zh.endswith("。")
    if state is State.DUE:
        assert found.advice is not None
    if found.advice is not None:
        assert found.advice.zh.endswith("。")
        assert found.advice.en


def test_every_subject_has_a_case_that_is_well_and_one_that_is_not() -> None:
    seen = {(values[0], values[1] is WELL) for one in CASES for values in [one.values]}
    # What can be wrong of the other three only an error tells: `test_checkup.py`.
    judged = set(Subject) - {Subject.PAPER, Subject.SETTINGS}
    wanted = {(subject, is_well) for subject in judged for is_well in (True, False)}
    assert wanted - seen == {(Subject.PROVIDER, False)}
