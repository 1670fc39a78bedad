"""What else is kept of one individual: how their information was used, dossiers, their records.

The parts of one page: whoever may look at somebody sees all there is about them in one place, and
each part leads to where the whole of it stands.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from chengnuo.domain.disclosure.used import WINDOWS_DAYS, Used
from chengnuo.doors.web.consent_words import ConsentWords
from chengnuo.doors.web.page_parts import Empty, Row, Section, Table, Words, linked, said
from chengnuo.ports.evidence_log import Record
from chengnuo.usecases.dossier.seen import Seen

MOST_RECORDS = 100
"""Records of the chain that are shown; the evidence file has them all."""


def more_of(
    say: ConsentWords, used: Used, dossiers: Sequence[Seen], records: Sequence[Record]
) -> Iterator[Section]:
    """Yield the sections.

    Args:
        say: Words.
        used: How often their information was used and provided.
        dossiers: Dossiers about them that whoever looks may see, the newest first.
        records: Their chain, the newest first.

    """
    yield _used(say, used)
    yield _dossiers(say, dossiers)
    yield _records(say, records)


def _used(say: ConsentWords, used: Used) -> Section:
    heads = [say.t(f"individual.{head}") for head in ("used-for", "given-to")]
    heads += [say.t("consents.days", n=days) for days in WINDOWS_DAYS]
    return Section(
        anchor="used",
        name=say.t("individual.used"),
        lead=say.t("individual.used-lead"),
        tables=(
            Table(
                caption=say.t("individual.used"),
                heads=(*heads, say.t("individual.used-last")),
                rows=tuple(
                    Row(
                        cells=(
                            said(say.activity(one.activity) if one.activity else "—"),
                            said(say.recipient(one.recipient) if one.recipient else "—"),
                            *(said(f"{count:,}") for count in one.counts),
                            say.instant(one.last),
                        )
                    )
                    for one in used.uses
                ),
                empty=Empty(
                    name=say.t("individual.no-use"),
                    text=say.t("individual.no-use-text"),
                    href="/console/decisions",
                    act=say.t("nav.decisions"),
                ),
                numbers=tuple(range(2, 2 + len(WINDOWS_DAYS))),
            ),
        ),
    )


def _dossiers(say: ConsentWords, dossiers: Sequence[Seen]) -> Section:
    heads = ("dossier", "dossier-state", "dossier-opened")
    return Section(
        anchor="dossiers",
        name=say.t("individual.dossiers"),
        tables=(
            Table(
                caption=say.t("individual.dossiers"),
                heads=tuple(say.t(f"individual.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            linked(
                                one.sort.text.in_lang(say.lang),
                                f"/console/{one.sort.path}/{one.dossier.id}",
                                one.dossier.id,
                            ),
                            said(one.state.text.in_lang(say.lang)),
                            said(one.opened_at.date().isoformat()),
                        )
                    )
                    for one in dossiers
                ),
                empty=Empty(
                    name=say.t("individual.no-dossier"),
                    text=say.t("individual.no-dossier-text"),
                    href="/console/complaints",
                    act=say.t("nav.complaints"),
                ),
            ),
        ),
    )


def _records(say: ConsentWords, records: Sequence[Record]) -> Section:
    heads = ("record", "record-kind", "record-at")
    return Section(
        anchor="records",
        name=say.t("individual.records"),
        lead=say.t("individual.records-lead", n=f"{len(records):,}", most=MOST_RECORDS),
        tables=(
            Table(
                caption=say.t("individual.records"),
                heads=tuple(say.t(f"individual.{head}") for head in heads),
                rows=tuple(
                    Row(
                        cells=(
                            say.record(one.position),
                            said(say.kind(one.leaf.kind), say.told(one.leaf)),
                            say.instant(one.leaf.at),
                        )
                    )
                    for one in islice(records, MOST_RECORDS)
                ),
                empty=Empty(
                    name=say.t("individual.no-use"),
                    text=say.t("individual.no-use-text"),
                    href="/console/decisions",
                    act=say.t("nav.decisions"),
                ),
            ),
        ),
        more=Words(text=say.t("individual.records-file"), href="/console/evidence/files"),
    )
