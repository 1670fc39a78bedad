"""`chengnuo audience`: a list of ids filtered to those whose information may be used now."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol, cast

import click

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Lang, Text
from chengnuo.domain.decision.decision import Outcome
from chengnuo.domain.decision.request import Request
from chengnuo.domain.individual.standing import AccountState
from chengnuo.domain.register.ids import ActivityId, RecipientId
from chengnuo.doors.cli.app import App
from chengnuo.doors.cli.decide import REGISTER, Opened, opened
from chengnuo.doors.cli.engine_option import ENGINE, batching
from chengnuo.doors.cli.evidence_options import DATA, FORCE, JSON, SETTINGS, hold_free, json_text
from chengnuo.doors.decision_words import outcome_words, ruling_words
from chengnuo.law.age import AgeBand
from chengnuo.law.civil import civil_date
from chengnuo.ports.batches import Engine, ListedIds
from chengnuo.ports.evidence_log import Position
from chengnuo.ports.id_lists import IdLists
from chengnuo.ports.individuals import PersonKey
from chengnuo.usecases.decision.answering import Stated
from chengnuo.usecases.decision.audience import AudienceDesk, Tally, request_of
from chengnuo.usecases.decision.audience_batch import AudienceBatch
from chengnuo.usecases.decision.kept_beside import kept_beside


class ListingProgram(Protocol):
    """What this command asks of the program beside what all do."""

    def id_lists(self) -> IdLists:
        """Return what reads and writes lists of ids."""
        ...


@click.command("audience")
@click.argument("ids", type=click.Path(path_type=Path))
@click.option(
    "--item",
    metavar="ITEM",
    help="同意事项，如 nearby-stores/general。 Consent item that the use rests on.",
)
@click.option(
    "--activity",
    metavar="ID",
    help="或处理活动，含其全部种类。 Or an activity, with all categories.",
)
@click.option("--recipient", metavar="ID", help="与 --activity 同用：向谁提供。 To whom.")
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="写入可以处理的账户标识。 File for the ids that may be processed.",
)
@click.option("--column", default="", help="标识所在的列（默认第一列）。 Column of the ids.")
@click.option(
    "--age",
    type=click.Choice([one.value for one in AgeBand]),
    help="年龄段，未知时采用。 Age band, where it is not known.",
)
@click.option(
    "--account",
    type=click.Choice([one.value for one in AccountState]),
    help="账户状态，未知时采用。 State of the account, where it is not known.",
)
@click.option(
    "--recent",
    type=click.IntRange(0, 2**31),
    help="登记频率的单位时间内已对每人做几次。 How often done to each, for the declared frequency.",
)
@click.option("--record", is_flag=True, help="作为一条记录存证。 Record it in the log, as one.")
@ENGINE
@FORCE
@REGISTER
@DATA
@SETTINGS
@JSON
@click.pass_obj
def audience(  # noqa: PLR0913, PLR0917  one for each option
    app: App,
    ids: Path,
    item: str | None,
    activity: str | None,
    recipient: str | None,
    out: Path,
    column: str,
    age: str | None,
    account: str | None,
    recent: int | None,
    record: bool,  # noqa: FBT001  click passes flags so
    engine: Engine | None,
    force: bool,  # noqa: FBT001
    register: Path | None,
    data: Path | None,
    settings_file: Path | None,
    as_json: bool,  # noqa: FBT001
) -> None:
    """Filter the list IDS to those whose information may be used for an item or activity now.

    IDS and --out are .txt, .csv or .parquet (with the extra `audience`). Those left out are
    counted under every reason that stood in their way. With --engine, IDS is Parquet, a file or a
    folder, and --out a folder. Exit status: 0 nobody was left out, 1 somebody was, 2 wrong usage
    or list, 3 not finished; then --out is not written.

    Example: chengnuo audience ids.parquet --item nearby-stores/general -o out.parquet
    """
    if bool(item) == bool(activity):
        raise click.UsageError(_ONE_OF.in_lang(app.lang))
    if recipient and not activity:
        raise click.UsageError(_WITH_ACTIVITY.in_lang(app.lang))
    hold_free(out, force=force)
    stated = Stated(
        age=None if age is None else AgeBand(age),
        account=None if account is None else AccountState(account),
    )
    at = None
    with opened(app, data, settings_file, register, record=record) as ways:
        state = None if ways.reading is None else kept_beside(ways.reading)
        desk = AudienceDesk(desk=ways.desk, state=state)
        request = replace(_request(ways, item, activity, recipient), recent=recent)
        listed = ListedIds(source=ids, column=column, out=out, person=ways.person)
        if engine is None:
            tally = _here(app, desk, listed, request, stated)
        else:
            with batching(app).opened(engine) as batch:
                apart = AudienceBatch(batch=batch, desk=desk, known=ways.known())
                tally = apart.filtered(listed, request, stated)
        if record:
            at = desk.record(tally, request, item=item or "")
    if as_json:
        click.echo(json_text(_tree(tally, at, out)))
    else:
        click.echo("\n".join(_lines(tally, at, out, app.lang)))
    raise SystemExit(0 if tally.permitted == tally.size else 1)


def _request(
    ways: Opened, item: str | None, activity: str | None, recipient: str | None
) -> Request:
    if item is None:
        return Request(
            activity=ActivityId(activity or ""),
            recipient=RecipientId(recipient) if recipient else None,
        )
    return request_of(item, ways.desk.books.on(civil_date(ways.desk.clock.now())).book)


def _here(
    app: App, desk: AudienceDesk, listed: ListedIds, request: Request, stated: Stated
) -> Tally:
    """Filter a list in this process."""
    lists, tally = cast("ListingProgram", app).id_lists(), Tally()
    batches = _with_keys(listed.person, lists.read(listed.source, column=listed.column))
    permitted = desk.permitted(batches, request, tally, stated=stated)
    lists.write(listed.out, permitted, column=listed.column)
    return tally


def _with_keys(
    person: Callable[[str], PersonKey], batches: Iterator[Sequence[str]]
) -> Iterator[list[tuple[str, PersonKey]]]:
    for batch in batches:
        yield [(account, person(account)) for account in batch]


def _lines(tally: Tally, at: Position | None, out: Path, lang: Lang) -> list[str]:
    zh = lang is Lang.ZH
    lines = [f"{tally.outcomes[one]:>12,}  {outcome_words(one, lang)}" for one in Outcome]
    if tally.reasons:
        lines.append(
            "未列入的原因（一人可计入多项）：" if zh else "left out because (one may count often):"
        )
    lines += [
        f"{count:>12,}  {outcome.value:<8}{ruling_words(ruling, lang)}"
        for (outcome, ruling), count in tally.reasons.most_common()
    ]
    if at is not None:
        lines.append(
            f"存证记录 {at}，结果根 {tally.root}" if zh else f"record {at}, root {tally.root}"
        )
    lines.append(f"{'已写入 ' if zh else 'wrote '}{out}")
    return lines


def _tree(tally: Tally, at: Position | None, out: Path) -> dict[str, Tree]:
    return {
        "out": str(out),
        "count": tally.size,
        "permitted": tally.permitted,
        "ask": tally.outcomes[Outcome.ASK],
        "refused": tally.outcomes[Outcome.REFUSE],
        "root": tally.root,
        "recorded": at,
        "reasons": [
            {
                "outcome": outcome.value,
                "rule": ruling.rule.value,
                "article": ruling.rule.article,
                "row": ruling.row,
                "why": ruling.why,
                "count": count,
            }
            for (outcome, ruling), count in tally.reasons.most_common()
        ],
    }


_ONE_OF = Text("请给出 --item 或 --activity 其中之一。", "give either --item or --activity")
_WITH_ACTIVITY = Text("--recipient 与 --activity 同用。", "--recipient goes with --activity")
