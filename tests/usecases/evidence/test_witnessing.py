"""What is kept as proof of misbehaviour contradicts this log; our own checkpoint does not."""

from dataclasses import dataclass, replace

from tests.usecases.evidence.tea_log import TeaLog

from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.note import Signature, VKey
from chengnuo.ports.witnessing import ConsistencyProof, WitnessSawAnotherError
from chengnuo.usecases.evidence.witnessing import Witnessing


@dataclass(frozen=True)
class _SawAnother:
    """A witness that holds another history than the one it is shown."""

    vkey: VKey

    def cosign(
        self, signed: SignedCheckpoint, old_size: int, proof: ConsistencyProof
    ) -> tuple[Signature, ...]:
        del old_size, proof
        raise WitnessSawAnotherError(self.vkey.name, signed.checkpoint.size, "its root is another")


def _asking(tea: TeaLog) -> Witnessing:
    return Witnessing(
        log=tea.opened.log,
        stamps=tea.opened.stamps,
        witnesses=[_SawAnother(tea.opened.signer.vkeys[0])],
        authorities=[],
        quorum=1,
    )


def test_a_witness_that_only_says_so_is_told_of_and_nothing_is_kept_as_proof(tea: TeaLog) -> None:
    tea.register_published()
    tea.opened.stamps.keep_note(tea.opened.log.publish())
    tea.register_published()
    (asked,) = _asking(tea).ask().witnesses
    assert isinstance(asked.error, WitnessSawAnotherError)
    assert tea.opened.stamps.misbehaviour() == ()


def test_a_checkpoint_that_was_cosigned_and_is_no_beginning_of_the_log_is_kept(tea: TeaLog) -> None:
    tea.register_published()
    found = tea.opened.log.publish().checkpoint
    forked = replace(found, root=b"\x05" * 32)
    note = SignedCheckpoint.parse(tea.opened.signer.sign_note(forked.text()))
    tea.opened.stamps.keep_note(note)
    _asking(tea).ask()
    (name,) = tea.opened.stamps.misbehaviour()
    folder = tea.opened.stamps.folder / "misbehaviour"
    assert note.text in (folder / name).read_text("utf-8")
