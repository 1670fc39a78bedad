"""A copy moves to another handler wholly and once, or not at all, and both can show it."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from tests.usecases.evidence.tea_log import ONE, OTHER, TeaLog
from tests.usecases.rights.copy_kit import AT, REQUEST, Found
from tests.usecases.rights.transfer_kit import (
    PROVED,
    DirectPeer,
    Sending,
    party,
    receiver,
    sending,
)

from chengnuo.domain.evidence.dsse import payload_of
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.rights.transfer_conditions import Condition
from chengnuo.domain.rights.transfer_envelope import (
    TransferMessageError,
    TransferSignatureError,
    read_envelope,
)
from chengnuo.domain.rights.transfer_messages import (
    MANIFEST,
    OFFER,
    RECEIPT,
    Offer,
    TransferOfferError,
    offer_bytes,
    offer_text,
    read_offer,
    read_receipt,
    tree_of,
)
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.rights_exports import NoSuchExportError
from chengnuo.ports.transfers import (
    PIECE_BYTES,
    TransferExpiredError,
    TransferPeerRefusedError,
    TransferPeerUnavailableError,
    TransferPieceError,
    TransferReceiptError,
    TransferTooLargeError,
    TransferUnknownError,
    TransferUsedError,
)
from chengnuo.usecases.rights.transferring import Asked, TransferNotAllowedError
from chengnuo.usecases.rights.transferring_in import TransferReceiver


@pytest.fixture
def other(tmp_path: Path, tea: TeaLog) -> TransferReceiver:
    return receiver(tmp_path / "other", tea)


@pytest.fixture
def peer(other: TransferReceiver) -> DirectPeer:
    return DirectPeer(other)


@pytest.fixture
def own(tmp_path: Path, tea: TeaLog, catalogue: Catalogue, peer: DirectPeer) -> Sending:
    return sending(tmp_path, tea, catalogue, peer)


def kinds(tea: TeaLog) -> list[str]:
    tea.opened.log.publish()
    return [record.leaf.kind for record in tea.opened.log.newest()]


def test_what_moves_is_what_may_be_moved_and_both_record_it(
    own: Sending, other: TransferReceiver, tea: TeaLog
) -> None:
    done = own.send(other.offer(OTHER, AT))
    offer_id = other.inbox.offers()[0]
    (stream,) = other.received(offer_id, OTHER)
    data = b"".join(stream.read(0, stream.size))
    assert hashlib.sha256(data).hexdigest() == own.files[0].sha256 == stream.sha256
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        index = json.loads(archive.read("export.json"))
    tables = {one["table"]: one for one in index["tables"]}
    assert tables["customers"]["data"][0]["nickname"] == '=HYPERLINK("x")'
    assert list(tables["children_profiles"]["data"][0]) == ["relation", "relation_checked_at"]
    for table in tables.values():
        for column in table["columns"]:
            assert {use["basis"] for use in column["uses"]} & {"consent", "contract"}
    assert kinds(tea)[:2] == [Kind.PROVISION, Kind.REQUEST_STATE]
    receipt = read_receipt(read_envelope(done.receipt, RECEIPT))
    assert receipt.offer == offer_id
    with pytest.raises(NoSuchExportError):
        own.sender.exports.file(REQUEST, 1, AT)


def test_sending_again_returns_the_same_receipt_and_records_nothing_more(
    own: Sending, other: TransferReceiver, tea: TeaLog
) -> None:
    text = other.offer(OTHER, AT)
    first = own.send(text)
    before = len(kinds(tea))
    assert own.send(text).receipt == first.receipt
    assert len(kinds(tea)) == before


def test_a_stop_goes_on_where_the_receiver_is(
    tmp_path: Path, tea: TeaLog, catalogue: Catalogue, peer: DirectPeer, other: TransferReceiver
) -> None:
    random = Random(1)
    rows = [(random.randbytes(300).hex(),) for _ in range(9_000)]
    found = Found()
    for start in range(0, len(rows), 2_000):
        found.add("customers", ("nickname",), rows[start : start + 2_000])
    own, starts = sending(tmp_path, tea, catalogue, peer, found), []

    def noted(start: int, data: bytes) -> bytes:
        starts.append(start)
        return data

    peer.change = noted
    text, beats = other.offer(OTHER, AT), [0]

    def stops() -> None:
        beats[0] += 1
        if beats[0] == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        own.send(text, beat=stops)
    own.send(text)
    assert starts == sorted(set(starts))
    assert len(starts) > 1


def test_a_changed_piece_is_noticed_thrown_away_and_sent_anew(
    own: Sending, other: TransferReceiver, peer: DirectPeer
) -> None:
    text = other.offer(OTHER, AT)
    peer.change = lambda _, data: data[:-1] + bytes((data[-1] ^ 1,))
    with pytest.raises(TransferPeerRefusedError) as refused:
        own.send(text)
    assert refused.value.said == "transfer-broken"
    peer.change = lambda _, data: data
    assert own.send(text).to == "receiver"


def test_a_lost_piece_is_asked_for_again(
    own: Sending, other: TransferReceiver, peer: DirectPeer
) -> None:
    text = other.offer(OTHER, AT)
    offer = own.sender.offer(text, AT)
    peer.change = lambda _, data: data[:-1]
    with pytest.raises(TransferPeerUnavailableError, match="did not take a piece wholly"):
        own.send(text)
    with pytest.raises(TransferPeerRefusedError) as refused:
        peer.receipt(offer)
    assert refused.value.said == "transfer-incomplete"
    peer.change = lambda _, data: data
    assert own.send(text).to == "receiver"


def test_an_offer_counts_once(
    own: Sending, other: TransferReceiver, tmp_path: Path, tea: TeaLog, catalogue: Catalogue
) -> None:
    text = other.offer(OTHER, AT)
    own.send(text)
    again = sending(tmp_path / "again", tea, catalogue, DirectPeer(other))
    with pytest.raises(TransferPeerRefusedError) as refused:
        again.send(text)
    assert refused.value.said == "transfer-used"


def test_another_copy_than_was_announced_is_not_sent(
    own: Sending, other: TransferReceiver, peer: DirectPeer
) -> None:
    text = other.offer(OTHER, AT)
    peer.change = lambda _, data: data[:-1]
    with pytest.raises(TransferPeerUnavailableError):
        own.send(text)
    remade = tuple(replace(file, sha256="0" * 64) for file in own.files)
    with pytest.raises(TransferUsedError):
        replace(own, files=remade).send(text)


def test_an_expired_offer_is_refused_by_both(
    own: Sending, other: TransferReceiver, peer: DirectPeer
) -> None:
    text = other.offer(OTHER, AT)
    later = AT + timedelta(days=1)
    with pytest.raises(TransferExpiredError):
        own.sender.offer(text, later)
    peer.at = later
    with pytest.raises(TransferPeerRefusedError) as refused:
        own.send(text)
    assert refused.value.said == "transfer-expired"
    assert other.expire(later) == 1
    assert other.inbox.offers() == ()


def test_the_wrong_code_is_told_nothing_more_than_the_wrong_offer(other: TransferReceiver) -> None:
    other.offer(OTHER, AT)
    offer = other.inbox.offers()[0]
    for named in (offer, "to-aaaaaaaaaaaaaaaaaaaa"):
        with pytest.raises(TransferUnknownError):
            other.manifest(named, "x" * 43, b"{}", AT)
        with pytest.raises(TransferUnknownError):
            other.receipt(named, "x" * 43, AT)
        with pytest.raises(TransferUnknownError):
            other.received(named, OTHER)


def test_too_much_is_refused(
    own: Sending, other: TransferReceiver, tmp_path: Path, tea: TeaLog
) -> None:
    text = other.offer(OTHER, AT)
    offer = own.sender.offer(text, AT)
    own.send(text)
    outgoing = own.sender.outbox.find(REQUEST)
    assert outgoing is not None
    fresh = receiver(tmp_path / "third", tea)
    fresh_offer = own.sender.offer(fresh.offer(OTHER, AT), AT)
    with pytest.raises(TransferMessageError, match="another offer"):
        fresh.manifest(fresh_offer.id, fresh_offer.code, outgoing.manifest, AT)
    with pytest.raises(TransferTooLargeError):
        TransferReceiver.piece(
            fresh, *_begun(fresh, fresh_offer, own, size=3), 1, 0, bytes(200), AT
        )
    id_, code = _begun(fresh, fresh_offer, own, size=3)
    with pytest.raises(TransferTooLargeError):
        fresh.piece(id_, code, 1, 0, bytes(PIECE_BYTES + 1), AT)
    with pytest.raises(TransferPieceError) as piece:
        fresh.piece(id_, code, 1, 5, b"x", AT)
    assert piece.value.expected == 0
    large = own.sender.offer(fresh.offer(ONE, AT), AT)
    with pytest.raises(TransferTooLargeError):
        _begun(fresh, large, own, size=fresh.most_bytes + 1)
    assert offer.id != fresh_offer.id


def _begun(to: TransferReceiver, offer: Offer, own: Sending, *, size: int) -> tuple[str, str]:
    """Send a manifest of one part of a size."""
    tree = {
        "offer": offer.id,
        "name": "sender",
        "vkey": own.sender.party.vkey,
        "box": "A" * 42 + "E=",
        "parts": [{"name": "one.zip", "size": size, "header": "QQ=="}],
    }
    payload = payload_of((("one.zip", "0" * 64),), MANIFEST, tree)  # type: ignore[arg-type]  # JSON
    to.manifest(offer.id, offer.code, own.sender.party.signed(payload), AT)
    return offer.id, offer.code


def test_a_message_signed_by_another_key_is_refused(own: Sending, other: TransferReceiver) -> None:
    text = other.offer(OTHER, AT)
    statement = read_envelope(offer_bytes(text), OFFER)
    forged = party("receiver").signed(statement.payload)
    with pytest.raises(TransferSignatureError):
        own.sender.offer(offer_text(forged), AT)
    offer = read_offer(statement)
    moved = payload_of((), OFFER, {**tree_of(offer), "address": "https://evil.example"})  # type: ignore[dict-item]  # JSON
    with pytest.raises(TransferSignatureError):
        own.sender.offer(offer_text(party("evil").signed(moved)), AT)
    manifest = party("evil").signed(
        payload_of(
            (("one.zip", "0" * 64),),
            MANIFEST,
            {
                "offer": offer.id,
                "name": "sender",
                "vkey": own.sender.party.vkey,
                "box": "A" * 42 + "E=",
                "parts": [{"name": "one.zip", "size": 1, "header": "QQ=="}],
            },
        )
    )
    with pytest.raises(TransferSignatureError):
        other.manifest(offer.id, offer.code, manifest, AT)


@pytest.mark.parametrize(
    "text", ["", "cnoffer1.", "cnoffer1.@@", "hello", "cnoffer1.e30", "cnoffer1.bnVsbA"]
)
def test_what_is_no_offer_is_refused(own: Sending, text: str) -> None:
    with pytest.raises((TransferOfferError, TransferMessageError)):
        own.sender.offer(text, AT)


def test_an_offer_cut_off_on_its_way_is_refused(own: Sending, other: TransferReceiver) -> None:
    text = other.offer(OTHER, AT)
    for length in range(0, len(text), 97):
        with pytest.raises((TransferOfferError, TransferMessageError)):
            own.sender.offer(text[:length], AT)
    broken_over_lines = "\n".join(text[at : at + 60] for at in range(0, len(text), 60))
    assert own.sender.offer(broken_over_lines, AT) == own.sender.offer(text, AT)


def test_a_receipt_for_something_else_is_refused(
    own: Sending, other: TransferReceiver, peer: DirectPeer, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = other.offer(OTHER, AT)
    real = peer.receipt

    def about_something_else(offer: Offer) -> bytes:
        statement = read_envelope(real(offer), RECEIPT)
        said = json.loads(statement.predicate)
        payload = payload_of((("other.zip", "1" * 64),), RECEIPT, said)
        return other.party.signed(payload)

    monkeypatch.setattr(peer, "receipt", about_something_else)
    with pytest.raises(TransferReceiptError):
        own.send(text)
    monkeypatch.setattr(peer, "receipt", real)
    assert own.send(text).to == "receiver"


@pytest.mark.parametrize(
    ("asked", "lacking"),
    [
        pytest.param(Asked(proved=False, before=0), Condition.IDENTITY, id="NDSR-25 item 1"),
        pytest.param(Asked(proved=True, before=4), Condition.FEE, id="NDSR-25 para. 2"),
    ],
)
def test_a_condition_that_is_not_met_stops_it(
    own: Sending, other: TransferReceiver, asked: Asked, lacking: Condition
) -> None:
    with pytest.raises(TransferNotAllowedError) as refused:
        own.send(other.offer(OTHER, AT), asked=asked)
    assert [one.condition for one in refused.value.conditions if not one.met] == [lacking]
    assert own.sender.outbox.find(REQUEST) is None


def test_an_agreed_fee_meets_the_condition(own: Sending, other: TransferReceiver) -> None:
    asked = Asked(proved=True, before=9, fee_agreed=True)
    assert own.send(other.offer(OTHER, AT), asked=asked).to == "receiver"


def test_nobody_else_gets_what_came_in(own: Sending, other: TransferReceiver) -> None:
    own.send(other.offer(OTHER, AT), asked=PROVED)
    offer = other.inbox.offers()[0]
    for reach in (other.received, other.destroy):
        with pytest.raises(TransferUnknownError):
            reach(offer, ONE)
    other.destroy(offer, OTHER)
    assert other.inbox.offers() == ()
