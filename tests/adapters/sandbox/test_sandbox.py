"""The child that reads hostile files is kept from everything else, by layers that can be named."""

import json
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from tests.adapters.sandbox import attacks

from chengnuo.adapters.packages.in_child import Bounds, Done, in_child
from chengnuo.adapters.packages.standing import standing
from chengnuo.adapters.sandbox.calls import dangerous, program_of, setting_bounds
from chengnuo.adapters.sandbox.numbers import MACHINES, Machine
from chengnuo.ports.installation import Layer

TESTS = Path(attacks.__file__).parents[2]
BOUNDS = Bounds(reads=(TESTS,), memory_bytes=1 << 30)
LOAD, AND, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, EPERM, ENOSYS = 0x7FFF0000, 0x80000000, 0x00050001, 0x00050026
THREAD, OWN = 0x00010000, 4321


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A file that says where it lies: what is worked on is all that an attack is given."""
    path = tmp_path / "app.apk"
    path.write_text(str(path), encoding="ascii")
    return path


@pytest.mark.real
def test_every_attack_from_inside_the_child_is_refused(package: Path) -> None:
    was = (package.stat().st_mode, package.stat().st_mtime_ns, package.read_bytes())
    outcome = in_child(
        attacks.all_at_once, package, dict[str, str], bounds=BOUNDS, tell=lambda _: None
    )
    assert isinstance(outcome, Done)
    assert outcome.result == dict.fromkeys(attacks.ATTACKS, "PermissionError")
    assert [one.name for one in package.parent.iterdir()] == ["app.apk"]
    assert (package.stat().st_mode, package.stat().st_mtime_ns, package.read_bytes()) == was


REFUSED_BY_FILES_ALONE = {
    "reads_a_file", "reads_a_file_in_a_thread", "lists_a_folder", "writes_beside_the_package",
    "reads_the_environment_of_its_parent", "writes_into_the_program", "changes_the_package",
}  # fmt: skip
AS_ON_AN_OLDER_KERNEL = """
import json, sys
from pathlib import Path
from tests.adapters.sandbox import attacks
from chengnuo.adapters.sandbox import confining, files
from chengnuo.adapters.sandbox.calls import refuse_other_bounds
known, package, tests = sys.argv[1:]
really, asked = files.call, (None, 0, 1)
files.call = lambda number, *given: int(known) if given == asked else really(number, *given)
buffer = memoryview(package.encode())
confining.confine(confining.Reach(reads=(Path(package), Path(tests))))
refuse_other_bounds()
print(json.dumps(attacks.all_at_once(buffer, print)))
"""


@pytest.mark.real
@pytest.mark.parametrize("known", [0, 1, 2, 4], ids="rules-on-files-{}".format)
def test_attacks_are_refused_as_well_by_what_older_kernels_know(package: Path, known: int) -> None:
    # 0 has no rules on files at all, so the filter of calls stands alone; 1 is Linux 5.13, 2 6.1.
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", AS_ON_AN_OLDER_KERNEL, str(known), str(package), str(TESTS)],
        check=True,
        capture_output=True,
        cwd=TESTS.parent,
        timeout=60,
    )
    came = json.loads(done.stdout)
    left = {name for name, what in came.items() if what != "PermissionError"}
    assert left == (set() if known else REFUSED_BY_FILES_ALONE)
    assert package.read_text("ascii") == (str(package) if known else str(package)[:1])


@pytest.mark.real
def test_what_is_typed_does_not_reach_the_child(package: Path) -> None:
    before, (end, other) = os.dup(0), os.pipe()
    try:
        os.dup2(end, 0)
        outcome = in_child(
            attacks.inputs_lead, package, list[str], bounds=BOUNDS, tell=lambda _: None
        )
    finally:
        os.dup2(before, 0)
        for one in (before, end, other):
            os.close(one)
    assert outcome == Done(["nowhere"] * 3)


HARMLESS_HERE = sorted(
    attacks.ATTACKS.keys()
    - {"becomes_a_program", "changes_the_package", "traces_its_parent", "takes_a_world_of_its_own"}
    - {"signals_everybody", "writes_into_the_program"}
    - {"types_into_the_terminal", "attaches_memory_of_others"}
)


@pytest.mark.real
@pytest.mark.parametrize("name", HARMLESS_HERE)
def test_the_same_attack_works_where_nothing_holds_it(package: Path, name: str) -> None:
    attacks.ATTACKS[name](memoryview(package.read_bytes()))


@pytest.mark.real
def test_the_child_is_confined_before_the_libraries_of_its_work_are_loaded(package: Path) -> None:
    assert attacks.READS_WHILE_IMPORTED
    outcome = in_child(
        attacks.imported, package, tuple[bool, float], bounds=BOUNDS, tell=lambda _: None
    )
    assert outcome == Done((False, 2.0))


@pytest.mark.real
def test_the_child_holds_no_file_but_its_pipe(package: Path) -> None:
    outcome = in_child(attacks.descriptors, package, int, bounds=BOUNDS, tell=lambda _: None)
    # The pipe; the package is mapped, its file is closed.
    assert outcome == Done(2)


@pytest.mark.real
def test_all_layers_stand_on_this_machine() -> None:
    assert standing() == tuple(Layer)


WITHOUT_POWER = """
import os
from chengnuo.adapters.sandbox.attempts import layers_that_stand
from chengnuo.adapters.sandbox.confining import Reach, confine
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)
before = layers_that_stand()
confine(Reach())
print(*before, "then", *layers_that_stand(), flush=True)
"""


@pytest.mark.real
def test_an_account_without_power_can_confine_itself() -> None:
    done = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", WITHOUT_POWER],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout.split() == ["then", *Layer]


def run(code: bytes, arch: int, number: int, *given: int) -> int:
    """Do what the kernel does with a filter, for one call."""
    arguments = (*given, 0, 0, 0, 0, 0, 0)[:6]
    seen = struct.pack("=IIQ6Q", number, arch, 0, *arguments)
    at, held = 0, 0
    while True:
        what, then, otherwise, value = struct.unpack_from("=HBBI", code, 8 * at)
        at += 1
        if what == LOAD:
            held = struct.unpack_from("=I", seen, value)[0]
        elif what == AND:
            held &= value
        elif what == RETURN:
            return int(value)
        else:
            holds = {
                EQUAL: held == value,
                AT_LEAST: held >= value,
                ANY_BIT: bool(held & value),
            }[what]
            at += then if holds else otherwise


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_the_filter_refuses_its_calls_on_every_machine_and_no_others(name: str) -> None:
    machine = MACHINES[name]
    code = program_of(machine, dangerous(machine, OWN))
    looked_at = {"clone", "clone3", "kill", "tgkill", "prlimit64", "setrlimit"}
    looked_at |= {"open", "openat", "openat2", "fcntl", "ioctl"} & machine.numbers.keys()
    refused = {machine.numbers[one] for one in machine.numbers.keys() - looked_at}
    for number in range(600):
        if number not in {machine.numbers[one] for one in looked_at}:
            expected = EPERM if number in refused else ALLOW
            assert run(code, machine.audit_arch, number) == expected, number


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_what_a_call_is_given_decides_where_it_has_to(name: str) -> None:
    machine = MACHINES[name]
    numbers, arch = machine.numbers, machine.audit_arch
    code = program_of(machine, dangerous(machine, OWN))
    assert run(code, arch, numbers["clone3"]) == ENOSYS
    assert run(code, arch, numbers["clone"], THREAD | 0x100) == ALLOW
    assert run(code, arch, numbers["clone"], 17) == EPERM
    for call in ("kill", "tgkill"):
        assert run(code, arch, numbers[call], OWN) == ALLOW
        assert run(code, arch, numbers[call], OWN + 1) == EPERM
        assert run(code, arch, numbers[call], (1 << 32) - 1) == EPERM
    assert run(code, arch, numbers["prlimit64"], 0, 9, 1 << 40) == ALLOW
    assert run(code, arch, numbers["prlimit64"], OWN + 1, 9, 1 << 40) == EPERM
    later = program_of(machine, setting_bounds(machine))
    assert run(later, arch, numbers["setrlimit"], 9, 1) == EPERM
    assert run(later, arch, numbers["prlimit64"], 0, 9, 0) == ALLOW
    for pointer in (1, 1 << 32, 0x7FFF00001000):
        assert run(later, arch, numbers["prlimit64"], 0, 9, pointer) == EPERM


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_what_empties_a_file_without_writing_is_refused(name: str) -> None:
    machine = MACHINES[name]
    numbers, arch = machine.numbers, machine.audit_arch
    code = program_of(machine, dangerous(machine, OWN))
    assert run(code, arch, numbers["truncate"]) == EPERM
    assert run(code, arch, numbers["openat2"]) == ENOSYS
    read, write, both, neither, make, empty = 0, 1, 2, 3, 0o100, 0o1000
    for call, before in (("open", (77,)), ("openat", (77, 78))):
        if call in numbers:
            for flags in (read | empty, neither | empty, read | make | empty):
                assert run(code, arch, numbers[call], *before, flags | 1 << 19) == EPERM
            for flags in (read, write, both, neither, write | make | empty, both | empty):
                assert run(code, arch, numbers[call], *before, flags | 1 << 19) == ALLOW


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_no_file_is_made_to_signal_or_to_type(name: str) -> None:
    machine = MACHINES[name]
    numbers, arch = machine.numbers, machine.audit_arch
    code = program_of(machine, dangerous(machine, OWN))
    refused = {"fcntl": {8, 10, 15}, "ioctl": {0x5412, 0x541C, 0x8901, 0x8902}}
    for call, kinds in refused.items():
        for kind in (*range(40), 1024, 1030, 0x5401, 0x5413, *kinds):
            expected = EPERM if kind in kinds else ALLOW
            assert run(code, arch, numbers[call], 5, kind) == expected, kind
            # The kernel looks at the lower half alone.
            assert run(code, arch, numbers[call], 5, kind | 1 << 32) == expected, kind


@pytest.mark.parametrize("name", sorted(MACHINES))
def test_calls_of_another_machine_end_the_process(name: str) -> None:
    machine: Machine = MACHINES[name]
    code = program_of(machine, dangerous(machine, OWN))
    assert run(code, 0x40000003, 11) == KILL  # 32-bit x86: its numbers mean other calls
    if machine.other_numbers_from:
        assert run(code, machine.audit_arch, machine.other_numbers_from | 1) == KILL
