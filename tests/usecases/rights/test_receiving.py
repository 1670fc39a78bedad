"""What an individual sees of what they had moved here, and how much of it there may be."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.usecases.evidence.tea_log import ONE, OTHER, TeaLog
from tests.usecases.rights.copy_kit import AT
from tests.usecases.rights.transfer_kit import DirectPeer, receiver, sending

from chengnuo.domain.rights.transfer_envelope import read_envelope
from chengnuo.domain.rights.transfer_messages import OFFER, offer_bytes, read_offer
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.transfers import TransferUnknownError
from chengnuo.usecases.rights.receiving import (
    MOST_KEPT,
    TransferInboxFullError,
    fresh_offer,
    receipt_of,
    received_by,
    received_file,
)
from chengnuo.usecases.rights.transferring_in import KEPT_FOR, TransferReceiver


@pytest.fixture
def there(tmp_path: Path, tea: TeaLog) -> TransferReceiver:
    return receiver(tmp_path / "there", tea)


def id_of(text: str) -> str:
    return read_offer(read_envelope(offer_bytes(text), OFFER)).id


def test_a_new_offer_takes_the_place_of_one_that_was_not_used(there: TransferReceiver) -> None:
    first = fresh_offer(there, OTHER, AT)
    others = fresh_offer(there, ONE, AT)
    second = fresh_offer(there, OTHER, AT)
    assert set(there.inbox.offers()) == {id_of(others), id_of(second)}
    assert first != second
    assert received_by(there, OTHER) == ()


def test_what_came_is_shown_to_whom_it_belongs_and_to_nobody_else(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, there: TransferReceiver
) -> None:
    text = fresh_offer(there, OTHER, AT)
    offer = id_of(text)
    own = sending(tmp_path / "here", tea, catalogue, DirectPeer(there))
    done = own.send(text)
    fresh_offer(there, OTHER, AT)
    (seen,) = received_by(there, OTHER)
    assert (seen.offer, seen.sender, seen.at) == (offer, "sender", AT)
    assert [one.sha256 for one in seen.files] == [one.sha256 for one in own.files]
    assert seen.files[0].expires == AT + timedelta(days=1) + KEPT_FOR
    assert seen.receipt == done.receipt == receipt_of(there, offer, OTHER)
    stream = received_file(there, offer, OTHER, 1)
    assert len(b"".join(stream.read(0, stream.size))) == own.files[0].size
    assert received_by(there, ONE) == ()
    for part, person in ((0, OTHER), (2, OTHER), (1, ONE)):
        with pytest.raises(TransferUnknownError):
            received_file(there, offer, person, part)
    with pytest.raises(TransferUnknownError):
        receipt_of(there, offer, ONE)


def test_what_is_still_coming_is_shown_without_files(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, there: TransferReceiver
) -> None:
    class StopsError(Exception):
        pass

    def stops(_: int, __: bytes) -> bytes:
        raise StopsError

    text = fresh_offer(there, OTHER, AT)
    own = sending(tmp_path / "here", tea, catalogue, DirectPeer(there, change=stops))
    with pytest.raises(StopsError):
        own.send(text)
    (seen,) = received_by(there, OTHER)
    assert (seen.at, seen.receipt) == (None, b"")
    with pytest.raises(TransferUnknownError):
        received_file(there, seen.offer, OTHER, 1)


def test_only_so_much_is_kept_for_one_individual(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, there: TransferReceiver
) -> None:
    for number in range(MOST_KEPT):
        text = fresh_offer(there, OTHER, AT)
        sending(tmp_path / str(number), tea, catalogue, DirectPeer(there)).send(text)
    with pytest.raises(TransferInboxFullError):
        fresh_offer(there, OTHER, AT)
    fresh_offer(there, ONE, AT)
    there.destroy(received_by(there, OTHER)[0].offer, OTHER)
    fresh_offer(there, OTHER, AT)
