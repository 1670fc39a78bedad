"""The centre's receipts: what the log has of the individual who came in, and the page to verify it.

Everybody sees their own chain and no other; a number that is not in it does not exist for them.
The page that verifies is open to anyone. It is the one page with a script and a style of its own;
both are pinned by their hashes in its policy, and it fetches nothing.
"""

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Annotated

from litestar import MediaType, Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, QueryParameter

from chengnuo.domain.evidence.kinds import Kind
from chengnuo.domain.evidence.receipt import receipt_bytes
from chengnuo.domain.evidence.receipt_view import receipt_view, short_id
from chengnuo.doors.http.audience import ANYONE, INDIVIDUAL, requires
from chengnuo.doors.http.evidence import kept_back_from, person_of, receipt_for
from chengnuo.doors.http.exchange import exchange_of
from chengnuo.doors.web.centre_receipts_view import (
    PAGE_SIZE,
    erased_page,
    receipt_page,
    receipts_page,
)
from chengnuo.doors.web.evidence_words import RecordWords
from chengnuo.doors.web.frames import centre_frame
from chengnuo.doors.web.given import GivenServices
from chengnuo.doors.web.qr import qr_svg
from chengnuo.doors.web.rendering import render
from chengnuo.doors.web.showing import Asked, Page
from chengnuo.ports.evidence_log import Position, Record
from chengnuo.usecases.evidence.receipts import ReceiptErasedError, Receipts
from chengnuo.usecases.register_desk import Desk

_OWN = requires(INDIVIDUAL)
_SCRIPT = re.compile(r"<script>(.*)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
GivenRegister = NamedDependency[Desk]
GivenReceipts = NamedDependency[Receipts]
RecordPath = Annotated[str, PathParameter(pattern=r"^(0|[1-9][0-9]{0,14})$")]
BeforeQuery = Annotated[str, QueryParameter(pattern=r"^(0|[1-9][0-9]{0,14})?$")]


@get("/receipts", guards=[_OWN], sync_to_thread=True)
def receipts_list(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    before: BeforeQuery = "",
) -> Page:
    """Show what the log has of the individual, newest first."""
    person, desk = person_of(request), services.evidence
    page = receipts_page(
        record_words(request, register_desk),
        desk.some_of_mine(
            person, limit=PAGE_SIZE, before=Position(int(before)) if before else None
        ),
        desk.payloads.erasures(person),
    )
    return _shown(request, register_desk, "centre/receipts.html", page)


@get("/receipts/complete.json", guards=[_OWN], sync_to_thread=True)
def complete(request: Asked, services: GivenServices) -> Response[bytes]:
    """Give the proof that these are all records about the individual, with what they say.

    What another guardian did or stated is in the proof for a guardian, but not what it says.
    """
    desk = services.evidence
    person = person_of(request)
    desk.mine(person)  # brings the checkpoint up to what is durable now, if there is anything
    kept_back = kept_back_from(request)

    def shown(record: Record) -> bool:
        payload = desk.payloads.opened(record).payload
        return payload is None or not kept_back(Kind(record.leaf.kind), payload)

    proof, records = desk.prover.complete(person, disclose=True, chosen=shown)
    content = json.dumps(proof.as_tree(), ensure_ascii=False).encode()
    return _file(content, f"all-{len(records)}-records.json")


@get("/receipts/{position:str}", guards=[_OWN], sync_to_thread=True)
def one_receipt(
    request: Asked,
    services: GivenServices,
    register_desk: GivenRegister,
    receipts: GivenReceipts,
    position: RecordPath,
) -> Page:
    """Show one receipt: what it says, what it shows and what not, how to verify it."""
    person, at = person_of(request), Position(int(position))
    say = record_words(request, register_desk)
    try:
        receipt = receipt_for(request, receipts, at)
    except ReceiptErasedError:
        record = services.evidence.record(at)
        page = erased_page(say, record, services.evidence.payloads.erasures(person))
    else:
        view = receipt_view(receipt)
        vkeys = [str(one.vkey) for one in services.evidence.log.keys().in_force]
        page = receipt_page(say, receipt, view, qr=qr_svg(view.code), vkeys=vkeys)
    return _shown(request, register_desk, "centre/receipt.html", page)


@get("/receipts/{position:str}/receipt.json", guards=[_OWN], sync_to_thread=True)
def receipt_file(request: Asked, receipts: GivenReceipts, position: RecordPath) -> Response[bytes]:
    """Give one receipt as the file that can be verified."""
    receipt = receipt_for(request, receipts, Position(int(position)))
    name = short_id(receipt.index, receipt.leaf_hash)
    return _file(receipt_bytes(receipt), f"receipt-{name}.json")


@get("/verify", guards=[requires(ANYONE)], sync_to_thread=False)
def verify() -> Response[bytes]:
    """Give the page that verifies receipts and proofs in the browser, by itself."""
    return Response(
        verify_page(),
        media_type=MediaType.HTML,
        headers={"content-security-policy": verify_policy(verify_page().decode())},
    )


ROUTES = (receipts_list, complete, one_receipt, receipt_file, verify)


def receipt_pages(desk: Desk, receipts: Receipts) -> Router:
    """Return the routes of the centre that are about the log.

    Args:
        desk: The register in force.
        receipts: Makes receipts.

    """

    def register_desk() -> Desk:
        return desk

    def given_receipts() -> Receipts:
        return receipts

    return Router(
        path="/centre",
        route_handlers=ROUTES,
        include_in_schema=False,
        dependencies={
            "register_desk": Provide(register_desk, sync_to_thread=False),
            "receipts": Provide(given_receipts, sync_to_thread=False),
        },
    )


@cache
def verify_page() -> bytes:
    """Return the page that verifies, which the verifier's own folder makes."""
    return files("chengnuo.doors.web").joinpath("static", "verify.html").read_bytes()


def verify_policy(page: str) -> str:
    """Return the policy of the page: its own script and style by their hashes, nothing else."""
    script, style = (
        " ".join(f"'sha256-{_hashed(text)}'" for text in pattern.findall(page)) or "'none'"
        for pattern in (_SCRIPT, _STYLE)
    )
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hashed(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode("ascii")


def _file(content: bytes, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=MediaType.JSON, headers=headers)


def record_words(request: Asked, desk: Desk) -> RecordWords:
    """Return the words of records in the language that is asked for."""
    served = desk.current()
    return RecordWords(
        lang=exchange_of(request.scope).lang,
        register=None if served is None else served.register,
        catalogue=desk.catalogue,
    )


def _shown(request: Asked, desk: Desk, template: str, page: object) -> Page:
    html = render(template, frame=centre_frame(request, desk.current()), page=page)
    return Response(html, media_type=MediaType.HTML)
