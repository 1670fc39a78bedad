"""Receipts from the log: one record, its proof, and what the register of that day said about it.

A receipt is made anew whenever it is asked for, under the checkpoint given or the newest; for one
checkpoint it is the same to the byte. It needs the payload, so once its key is destroyed there is
none any more: the record stays in the log and in every proof.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chengnuo.base.canonical import Tree
from chengnuo.base.digest import Digest, short
from chengnuo.base.errors import ConflictError
from chengnuo.base.text import Lang, Text
from chengnuo.domain.disclosure.consent_notice import (
    ConsentNotice,
    NoSuchConsentItemError,
    matter_of,
    notice_of,
)
from chengnuo.domain.disclosure.consent_terms import consent_terms
from chengnuo.domain.evidence.checkpoint import SignedCheckpoint
from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.leaf import Leaf
from chengnuo.domain.evidence.proof import Claim, Disclosure, Proof, RecordProof
from chengnuo.domain.evidence.receipt import STATES, Receipt
from chengnuo.domain.register.model import Register
from chengnuo.domain.register.reading import LoadedRegister
from chengnuo.engines.merkle.hashing import leaf_hash
from chengnuo.law.catalogue import Catalogue
from chengnuo.ports.evidence_log import LogReader, NoSuchRecordError, Position, Record
from chengnuo.ports.evidence_payloads import Payloads
from chengnuo.ports.individuals import PersonKey
from chengnuo.ports.versions import UnknownVersionError

_NO_REGISTER = Text(
    "存档中没有这条记录所指的登记簿版本，因此不能列出事项的具体内容。",
    "The register version that the record names is not in the archive, so what the matter was"
    " cannot be set out.",
)
_OTHER_TERMS = Text(
    "这条记录所指的登记簿版本已经没有同一内容的事项，因此不能列出；记录中的指纹和告知哈希仍然有效。",
    "The register version that the record names no longer has this matter with these terms, so"
    " they cannot be set out; the fingerprint and the hash of the notice in the record stand.",
)
_OTHER_NOTICE = Text(
    "按该登记簿版本重新生成的告知文本与记录中的哈希不同，因此不附文本；可以要求处理者出示原文。",
    "The notice made again from that register version has another hash than the record names, so"
    " it is not attached; the handler can be asked for the text.",
)


class ReceiptErasedError(ConflictError):
    """The payload of a record is erased, so there is nothing left to give a receipt of."""

    code = "receipt-erased"

    def __init__(self, position: int) -> None:
        super().__init__(
            f"the payload of record {position} is erased; the record and its proofs remain"
        )
        self.position = position


class ReceiptOtherGuardianError(ConflictError):
    """A guardian asks for the receipt of what another guardian of the child did or stated."""

    code = "receipt-other-guardian"

    def __init__(self, position: int) -> None:
        super().__init__(
            f"record {position} says something of another guardian; the child can open its receipt"
        )
        self.position = position


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Makes receipts.

    Attributes:
        log: The log.
        payloads: Opens payloads.
        register_of: Returns the register of a kept version.
        catalogue: The law catalogue.

    """

    log: LogReader
    payloads: Payloads
    register_of: Callable[[str], LoadedRegister]
    catalogue: Catalogue

    def receipt(self, position: Position, *, under: SignedCheckpoint | None = None) -> Receipt:
        """Return the receipt of a record.

        Args:
            position: Which record.
            under: A checkpoint of this log that reaches it; the newest if None.

        Raises:
            NoSuchRecordError: There is none there, or the checkpoint does not reach it yet.
            ReceiptErasedError: Its payload is erased.

        """
        signed = under if under is not None else self.log.checkpoint()
        size = 0 if signed is None else signed.checkpoint.size
        if signed is None or position >= size:
            raise NoSuchRecordError(position, size)
        record = self.log.record(position)
        receipt = Receipt(
            proof=Proof(
                claim=Claim.INCLUSION,
                checkpoint=signed,
                keys=self.log.keys(),
                records=(
                    RecordProof(
                        index=position,
                        entry=record.entry,
                        path=self.log.inclusion(position, size),
                    ),
                ),
                disclosed=(self._disclosure(record),),
            ),
            as_of=self.log.record(Position(size - 1)).leaf.at,
        )
        return self._with_terms(receipt) if record.leaf.kind in _CONSENTS else receipt

    def own(
        self, person: PersonKey, position: Position, *, kept_back: Callable[[Kind, bytes], bool]
    ) -> Receipt:
        """Return the receipt of a record of an individual, and of nobody else.

        Args:
            person: Whose record.
            position: Which record.
            kept_back: Tells by kind and payload what is not for whoever asks.

        Raises:
            NoSuchRecordError: There is none there that is about this individual.
            ReceiptErasedError: Its payload is erased.
            ReceiptOtherGuardianError: It is kept back from whoever asks.

        """
        tag = self.payloads.tag(person)
        leaf = self.log.record(position).leaf
        tags = {leaf.tag, "" if leaf.also is None else leaf.also.tag}
        if tag is None or tag.hex() not in tags:
            raise NoSuchRecordError(position, position)
        receipt = self.receipt(position)
        if kept_back(Kind(leaf.kind), receipt.proof.disclosed[0].payload):
            raise ReceiptOtherGuardianError(position)
        return receipt

    def notice_named(self, leaf: Leaf, payload: Mapping[str, Tree]) -> ConsentNotice | None:
        """Return the notice that a record names by its hash; None if it cannot be made again."""
        register = self.register(leaf.register)
        lang = payload.get("lang")
        if register is None or not isinstance(lang, str) or lang not in _LANGS:
            return None
        try:
            found = notice_of(register, self.catalogue, leaf.item, Lang(lang))
        except NoSuchConsentItemError:
            return None
        return found if found.digest == payload.get("notice") else None

    def _disclosure(self, record: Record) -> Disclosure:
        opened = self.payloads.opened(record)
        if opened.payload is None or opened.salt is None:
            raise ReceiptErasedError(record.position)
        return Disclosure(
            leaf_hash=leaf_hash(record.entry),
            payload=opened.payload,
            salt=opened.salt,
            sealed=record.sealed,
        )

    def register(self, version: str) -> Register | None:
        """Return the register of a version; None if the archive does not hold it."""
        if not version:
            return None
        try:
            return self.register_of(version).register
        except UnknownVersionError:
            return None

    def _with_terms(self, receipt: Receipt) -> Receipt:
        """Return the receipt of a consent record with its terms, or with why there are none."""
        leaf, payload = receipt.leaf, receipt.payload
        register = self.register(leaf.register)
        if register is None:
            return _remarked(receipt, _NO_REGISTER)
        try:
            matter = matter_of(register, self.catalogue, leaf.item)
        except NoSuchConsentItemError:
            return _remarked(receipt, _OTHER_TERMS)
        if matter.item.fingerprint != payload["fingerprint"]:
            return _remarked(receipt, _OTHER_TERMS)
        named = str(payload["lang"])
        lang = Lang(named) if named in _LANGS else Lang.ZH
        terms = consent_terms(
            matter,
            notice_of(register, self.catalogue, leaf.item, lang),
            named=Digest(str(payload["notice"])),
        )
        remarks: list[Text] = []
        if terms.notice_text is None:
            remarks.append(_OTHER_NOTICE)
        if leaf.law != self.catalogue.version.digest:
            remarks.append(_other_law(leaf.law, self.catalogue.version.digest))
        return Receipt(
            proof=receipt.proof, as_of=receipt.as_of, terms=terms, remarks=tuple(remarks)
        )


_CONSENTS = frozenset(kind.value for kind in STATES)
_LANGS = frozenset(lang.value for lang in Lang)


def _remarked(receipt: Receipt, remark: Text) -> Receipt:
    return Receipt(proof=receipt.proof, as_of=receipt.as_of, remarks=(remark,))


def _other_law(then: str, now: str) -> Text:
    return Text(
        f"信息种类的名称取自法规目录 {short(now)}；记录时的目录为 {short(then) or '—'}。",
        f"Categories are named by law catalogue {short(now)}; the record was made under"
        f" {short(then) or '—'}.",
    )
