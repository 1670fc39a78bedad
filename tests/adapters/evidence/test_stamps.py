"""What is kept of cosigned checkpoints never loses sight of a fork."""

from pathlib import Path

from tests.adapters.evidence.log_kit import ORIGIN, Kit

from chengnuo.adapters.evidence.stamps import FileStamps
from chengnuo.domain.evidence.checkpoint import Checkpoint, SignedCheckpoint


def test_a_second_note_of_one_size_and_another_root_is_kept_as_misbehaviour(
    tmp_path: Path,
) -> None:
    kit = Kit(tmp_path)
    signer = kit.signer()

    def signed(root: bytes) -> SignedCheckpoint:
        text = Checkpoint(origin=ORIGIN, size=5, root=root, map_root=bytes(32)).text()
        return SignedCheckpoint.parse(signer.sign_note(text))

    stamps = FileStamps(kit.log_folder, kit.files)
    one, two = signed(b"a" * 32), signed(b"b" * 32)
    stamps.keep_note(one)
    stamps.keep_note(one)
    assert stamps.misbehaviour() == ()
    stamps.keep_note(two)
    (name,) = stamps.misbehaviour()
    assert one.text in (kit.log_folder / "misbehaviour" / name).read_text("utf-8")
