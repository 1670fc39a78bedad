"""Which requests an individual has made, as a part of the page of their record."""

from collections.abc import Sequence

from chengnuo.doors.web.console_rights_words import RightsWords
from chengnuo.doors.web.page_parts import Empty, Row, Section, Table, Words, said
from chengnuo.usecases.rights.seen import RequestLine

_HEADS = ("request", "days", "due", "stage", "right", "by", "received")


def requests_of(say: RightsWords, lines: Sequence[RequestLine]) -> Section:
    """Return somebody's requests, newest first, each a way to its page."""
    return Section(
        anchor="requests",
        name=say.t("console.rights.person-title"),
        tables=(
            Table(
                caption=say.t("console.rights.person-title"),
                heads=tuple(say.t(f"console.rights.head.{head}") for head in _HEADS),
                rows=tuple(
                    Row(
                        cells=(
                            (say.request_words(line.id),),
                            (Words(status=say.days_of(line)),),
                            say.due(line.due),
                            (Words(status=say.stage_of(line)),),
                            said(say.right(line.right)),
                            said(say.by(line.by)),
                            said(say.when(line.received)),
                        )
                    )
                    for line in lines
                ),
                empty=Empty(
                    name=say.t("console.rights.person-none"),
                    text=say.t("empty.person"),
                    href="/console/rights/new",
                    act=say.t("nav.rights"),
                ),
            ),
        ),
    )
