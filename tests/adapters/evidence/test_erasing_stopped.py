"""A deletion that a stop cuts short is finished at the next opening, or never began."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.adapters.evidence.conftest import KitOf
from tests.adapters.evidence.log_kit import Kit, consents, opened, person

from chengnuo.adapters.evidence.log import WritableLog
from chengnuo.base.canonical import Tree
from chengnuo.domain.evidence.kinds import KeyClass, Kind
from chengnuo.ports.evidence_keys import Erasure
from chengnuo.ports.evidence_log import Appended, Draft
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.evidence.erasing import Eraser
from chengnuo.usecases.evidence.recording import InForce, Recorder

WHO, OTHER = person(1), person(2)
VALUES: dict[str, Tree] = {"ground": "PIPL-47.3", "stores": ["main"], "residue": 0}


class _Killed(BaseException):
    """The process ends here; what comes after is not run."""


def _provision(whose: PersonKey = WHO) -> Draft:
    return Draft(kind=Kind.PROVISION, payload=b'{"v":1}', person=whose)


@dataclass
class _Stopping:
    """A deletion that stops around one of its steps."""

    kit: Kit
    log: WritableLog

    def eraser(self) -> Eraser:
        nothing = InForce(register="", law="")
        recorder = Recorder(log=self.log, payloads=self.kit.payloads(), in_force=lambda: nothing)
        return Eraser(
            log=self.log, vault=self.kit.open_vault(), recorder=recorder, clock=self.kit.clock
        )

    def content(self) -> None:
        self.eraser().content(
            WHO, under="PIPL-47", values=VALUES, keep_until=None, keep_under="PIPL-56"
        )

    def proof(self) -> None:
        self.eraser().proof(WHO, under="PIPL-19", values=VALUES)

    def stop(self, step: str, *, after: bool) -> None:
        target = self.log if step in {"append", "erase"} else self.kit.open_vault()
        name = "erase" if step == "vault.erase" else step
        real = getattr(target, name)

        def killed(*args: object, **more: object) -> None:
            if after:
                real(*args, **more)
            raise _Killed

        setattr(target, name, killed)

    def restart(self) -> WritableLog:
        self.log._closed = True  # noqa: SLF001  gone; nothing is finished
        self.log._sequencer.close()  # noqa: SLF001  as above
        self.log._release()  # noqa: SLF001  the process lets go of its files
        self.kit.close()
        return self.kit.open()


@pytest.fixture(name="stopping")
def _stopping(either_kit_of: KitOf, tmp_path: Path) -> _Stopping:
    kit = either_kit_of(tmp_path)
    log = kit.open()
    log.append([_provision(), _provision(OTHER)])
    log.append(consents([3], whose=1))
    return _Stopping(kit, log)


STEPS = [
    pytest.param("intend", False, False, id="before the intention"),
    pytest.param("intend", True, False, id="after the intention"),
    pytest.param("append", True, True, id="after the record"),
    pytest.param("erase", False, True, id="before the erasure"),
    pytest.param("vault.erase", False, True, id="just before the keys go"),
    pytest.param("vault.erase", True, True, id="after the keys went"),
]


@pytest.mark.parametrize("key", [KeyClass.CONTENT, KeyClass.PROOF])
@pytest.mark.parametrize(("step", "after", "recorded"), STEPS)
def test_a_deletion_is_finished_if_it_was_recorded_and_else_never_began(
    stopping: _Stopping, key: KeyClass, step: str, *, after: bool, recorded: bool
) -> None:
    stopping.stop(step, after=after)
    with pytest.raises(_Killed):
        stopping.content() if key is KeyClass.CONTENT else stopping.proof()
    log = stopping.restart()
    vault, payloads = stopping.kit.open_vault(), stopping.kit.payloads()
    assert vault.intentions() == {}
    assert log.status().size == 3 + recorded
    assert (opened(payloads, log, 0) is None) is recorded
    assert opened(payloads, log, 1) is not None
    assert (opened(payloads, log, 2) is None) is (recorded and key is KeyClass.PROOF)
    assert [one.key for one in vault.erasures(WHO)] == [key] * recorded
    assert (vault.find(WHO) is None) is (recorded and key is KeyClass.PROOF)
    assert list(vault.check()) == []
    log.append([_provision()])
    assert opened(payloads, log, 3 + recorded) is not None
    log.close()
    stopping.kit.close()
    assert stopping.kit.problems() == []


def test_what_is_finished_once_is_not_done_again_to_a_key_made_since(stopping: _Stopping) -> None:
    stopping.stop("erase", after=False)
    with pytest.raises(_Killed):
        stopping.content()
    log = stopping.restart()
    added = log.append([_provision()]).first
    log.close()
    stopping.kit.close()
    again = stopping.kit.open()
    assert opened(stopping.kit.payloads(), again, added) is not None
    again.close()
    stopping.kit.close()


def test_a_record_that_lands_between_deletion_and_erasure_is_listed_as_erased(
    stopping: _Stopping,
) -> None:
    log, late = stopping.log, []
    real = log.erase

    def erase(persons: dict[PersonKey, Erasure]) -> None:
        late.append(log.append([_provision()]).first)
        real(persons)

    log.erase = erase  # type: ignore[method-assign, assignment]
    stopping.content()
    log.append([_provision()])  # a new key
    log.publish()
    assert opened(stopping.kit.payloads(), log, late[0]) is None
    proof, records = stopping.kit.prover(log).complete(WHO, disclose=True)
    assert (len(records), [one.last for one in proof.erased]) == (5, [late[0]])
    log.close()
    stopping.kit.close()


def test_nothing_is_sealed_under_a_key_whose_destruction_was_not_finished(
    stopping: _Stopping,
) -> None:
    vault, log = stopping.kit.open_vault(), stopping.log
    before = vault.find(WHO)
    real = vault._rows.truncate_log  # noqa: SLF001  somebody reads for too long

    def busy() -> None:
        vault._rows.truncate_log = real  # type: ignore[method-assign]  # noqa: SLF001
        raise _Killed

    vault._rows.truncate_log = busy  # type: ignore[method-assign]  # noqa: SLF001
    with pytest.raises(_Killed):
        stopping.content()
    added: Appended = log.append([_provision()])
    after = vault.find(WHO)
    assert before is not None
    assert after is not None
    assert after.content not in {None, before.content}
    assert opened(stopping.kit.payloads(), log, added.first) is not None
    log.close()
    stopping.kit.close()
