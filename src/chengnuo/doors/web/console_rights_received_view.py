"""What individuals had moved here, as the page shows it; whose it is stays unsaid."""

from collections.abc import Sequence
from dataclasses import dataclass

from chengnuo.doors.web.centre_rights_request_view import size_of
from chengnuo.doors.web.console_rights_acts_view import Reason
from chengnuo.doors.web.console_rights_words import PATH, RightsWords
from chengnuo.doors.web.page_parts import Empty, Fact, Status, StatusKind, Words, said
from chengnuo.usecases.rights.receiving import ReceivedSeen

RECEIVED_PATH = f"{PATH}/received"


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedView:
    """One transfer.

    Attributes:
        id: Id of its offer.
        title: Who sent it, as its manifest says.
        status: Whether all of it is here.
        facts: Its id, the sender's key, since when and until when it is kept, its files.
        files: What can be taken out.
        href: Where the form to take out goes; empty where nothing can be.

    """

    id: str
    title: str
    status: Status
    facts: tuple[Fact, ...]
    files: tuple[Reason, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPage:
    """All transfers for which something has come.

    Attributes:
        moved: The newest offer first.
        empty: What to say if there are none.
        error: What was wrong with the form that came back, or empty.
        wrong: Of which transfer it was.
        reason: What was typed in there.

    """

    moved: tuple[MovedView, ...]
    empty: Empty
    error: str
    wrong: str
    reason: str


def received_page(  # noqa: PLR0913  what the page is made from
    say: RightsWords,
    received: Sequence[ReceivedSeen],
    *,
    acts: bool,
    error: str = "",
    wrong: str = "",
    reason: str = "",
) -> ReceivedPage:
    """Return the page.

    Args:
        say: Words.
        received: What came.
        acts: Whether whoever looks may take something out.
        error: What was wrong with the form that came back.
        wrong: Of which transfer it was.
        reason: What was typed in there.

    """
    return ReceivedPage(
        moved=tuple(_moved(say, one, acts=acts) for one in received),
        empty=Empty(
            name=say.t("console.rights.none-received"),
            text=say.t("console.rights.none-received-text"),
            href="/centre/rights",
            act=say.t("nav.rights"),
        ),
        error=error,
        wrong=wrong,
        reason=reason,
    )


def _moved(say: RightsWords, seen: ReceivedSeen, *, acts: bool) -> MovedView:
    status = Status(kind=StatusKind.FINE, word=say.t("console.rights.received-whole"))
    if seen.at is None:
        status = Status(kind=StatusKind.NOTE, word=say.t("console.rights.received-coming"))
    rows = (
        ("offer", (Words(text=seen.offer, code=True),)),
        ("key", (Words(text=seen.vkey, code=True),)),
        ("at", said(say.when(seen.at))),
        ("until", said(say.when(seen.files[0].expires))),
        ("files", said(*(f"{file.name} · {size_of(file.size)}" for file in seen.files))),
    )
    return MovedView(
        id=seen.offer,
        title=seen.sender,
        status=status,
        facts=tuple(
            Fact(name=say.t(f"console.rights.received-{name}"), value=value)
            for name, value in rows
            if seen.at is not None or name != "at"
        ),
        files=tuple(Reason(value=str(file.part), name=file.name) for file in seen.files),
        href=f"{RECEIVED_PATH}/{seen.offer}/take" if acts and seen.at is not None else "",
    )
