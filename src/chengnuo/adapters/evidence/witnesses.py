"""Witnesses over HTTP (C2SP tlog-witness, `add-checkpoint`)."""

import re
from http import HTTPStatus

from chengnuo.adapters.evidence.posting import Answer, NoAnswerError, post, require_https
from chengnuo.domain.evidence.add_checkpoint import written_request
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.cosignature import cosigned_at
from chengnuo.domain.evidence.note import (
    COSIGNATURE,
    NoteMalformedError,
    Signature,
    Verify,
    VKey,
    VKeyMalformedError,
    read_signatures,
)
from chengnuo.ports.witnessing import (
    ConsistencyProof,
    WitnessAnswerError,
    WitnessRefusedError,
    WitnessSawAnotherError,
    WitnessUnavailableError,
)

_LIMIT_BYTES = 64 * 1024
_TIMEOUT_S = 10.0
_SIZE_TYPE = "text/x.tlog.size"
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_REFUSALS = {
    HTTPStatus.BAD_REQUEST: "it takes the request for wrong",
    HTTPStatus.FORBIDDEN: "it does not trust the key of the checkpoint",
    HTTPStatus.NOT_FOUND: "it does not know this log",
}


class HttpWitness:
    """`Witness` at an address."""

    def __init__(
        self, vkey: VKey, address: str, *, verify: Verify, timeout_s: float = _TIMEOUT_S
    ) -> None:
        """Speak to a witness.

        Args:
            vkey: Its key, of cosignatures.
            address: Its submission prefix.
            verify: Checks one signature.
            timeout_s: For one exchange as a whole.

        Raises:
            VKeyMalformedError: The key is not of cosignatures.
            PlainAddressError: The address is plain http to another machine.

        """
        if vkey.algorithm != COSIGNATURE:
            raise VKeyMalformedError("the key of a witness has algorithm 0x04")
        require_https(vkey.name, address)
        self._vkey = vkey
        self._address = f"{address.rstrip('/')}/add-checkpoint"
        self._verify = verify
        self._timeout_s = timeout_s

    @property
    def vkey(self) -> VKey:
        """See `Witness.vkey`."""
        return self._vkey

    def cosign(
        self, signed: SignedCheckpoint, old_size: int, proof: ConsistencyProof
    ) -> tuple[Signature, ...]:
        """See `Witness.cosign`."""
        size = signed.checkpoint.size
        old_size = min(old_size, size)
        answer = self._ask(signed, old_size, proof)
        if answer.status == HTTPStatus.CONFLICT:
            seen = self._seen_size(answer, old_size, size)
            if seen != old_size:
                old_size = seen
                answer = self._ask(signed, old_size, proof)
        self._refuse_unless_ok(answer, old_size, size)
        return self._taken(answer, signed)

    def _ask(self, signed: SignedCheckpoint, old_size: int, proof: ConsistencyProof) -> Answer:
        hashes = proof(old_size, signed.checkpoint.size) if old_size else ()
        try:
            return post(
                self._address,
                written_request(signed, old_size, hashes),
                content_type="text/plain; charset=utf-8",
                limit_bytes=_LIMIT_BYTES,
                timeout_s=self._timeout_s,
            )
        except NoAnswerError as error:
            raise WitnessUnavailableError(self._vkey.name, str(error)) from error

    def _seen_size(self, answer: Answer, old_size: int, size: int) -> int:
        """Return the size that a conflict names; it may name none if only the root differs."""
        found = _SIZE.fullmatch(answer.body)
        if answer.content_type != _SIZE_TYPE or found is None:
            if old_size == size:
                raise WitnessSawAnotherError(self._vkey.name, size, "its root is another")
            raise WitnessAnswerError(
                self._vkey.name, "it speaks of a conflict and does not name a size"
            )
        seen = int(found[1])
        if seen > size:
            raise WitnessSawAnotherError(self._vkey.name, seen, f"this one has {size} records")
        return seen

    def _refuse_unless_ok(self, answer: Answer, old_size: int, size: int) -> None:
        name, status = self._vkey.name, answer.status
        if status == HTTPStatus.OK:
            return
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            raise WitnessSawAnotherError(name, old_size, "this one does not extend it")
        if status == HTTPStatus.CONFLICT:
            if old_size == size == self._seen_size(answer, old_size, size):
                raise WitnessSawAnotherError(name, size, "its root is another")
            raise WitnessUnavailableError(name, "it is being moved on by somebody else")
        if status in _REFUSALS:
            raise WitnessRefusedError(name, status, _REFUSALS[HTTPStatus(status)])
        raise WitnessUnavailableError(name, f"status {status}")

    def _taken(self, answer: Answer, signed: SignedCheckpoint) -> tuple[Signature, ...]:
        try:
            lines = read_signatures(answer.body.decode())
        except (UnicodeDecodeError, NoteMalformedError) as error:
            raise WitnessAnswerError(self._vkey.name, "it is not signature lines") from error
        own = tuple(line for line in lines if line.is_of(self._vkey))
        if not own:
            raise WitnessAnswerError(self._vkey.name, "it holds no line of the witness's key")
        text = signed.note.text
        if any(cosigned_at(line, text, self._vkey, self._verify) is None for line in own):
            raise WitnessAnswerError(self._vkey.name, "a cosignature does not fit the checkpoint")
        return own
