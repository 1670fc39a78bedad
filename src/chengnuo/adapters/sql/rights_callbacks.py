"""Callbacks of agents as rows of the outbox, under ids of their own; see `rights_outside`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from chengnuo.adapters.sql.database import Database
from chengnuo.adapters.sql.rights_schema import CALLBACK_ID, RIGHTS_NOTICE
from chengnuo.adapters.sql.schema import from_us_or_none
from chengnuo.base.canonical import canonical_json
from chengnuo.base.instant import to_us
from chengnuo.base.shapes import ready
from chengnuo.domain.rights.request import RequestId
from chengnuo.ports.rights_callbacks import Callback
from chengnuo.ports.rights_outside import OutsideState


class _Kept(msgspec.Struct, frozen=True):
    """Who is told where, and what they know."""

    agent: str
    address: str
    told: str


@dataclass(frozen=True, slots=True)
class SqlCallbacks:
    """`CallbackStore` over SQLite."""

    database: Database

    def put(self, callback: Callback) -> None:
        """See `CallbackStore.put`."""
        values = _values(callback)
        adding = insert(RIGHTS_NOTICE).values(
            id=f"{CALLBACK_ID}{callback.request}", request=callback.request, **values
        )
        with self.database.write() as connection:
            connection.execute(adding.on_conflict_do_update(index_elements=["id"], set_=values))

    def due(self, at: datetime, *, limit: int) -> Sequence[Callback]:
        """See `CallbackStore.due`."""
        query = (
            select(RIGHTS_NOTICE)
            .where(RIGHTS_NOTICE.c.id.startswith(CALLBACK_ID), RIGHTS_NOTICE.c.next_at <= to_us(at))
            .order_by(RIGHTS_NOTICE.c.next_at)
            .limit(limit)
        )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
        found = []
        for row in rows:
            kept = msgspec.json.decode(row.outside, type=ready(_Kept))
            found.append(
                Callback(
                    request=RequestId(row.request),
                    agent=kept.agent,
                    address=kept.address,
                    told=kept.told,
                    attempts=row.attempts,
                    next_at=from_us_or_none(row.next_at),
                )
            )
        return found

    def change(self, callback: Callback, *, attempts: int) -> bool:
        """See `CallbackStore.change`."""
        changed = (
            update(RIGHTS_NOTICE)
            .where(
                RIGHTS_NOTICE.c.id == f"{CALLBACK_ID}{callback.request}",
                RIGHTS_NOTICE.c.attempts == attempts,
            )
            .values(**_values(callback))
        )
        with self.database.write() as connection:
            return connection.execute(changed).rowcount == 1


def _values(callback: Callback) -> dict[str, object]:
    kept = {"address": callback.address, "agent": callback.agent, "told": callback.told}
    is_over = callback.next_at is None
    return {
        "outside": canonical_json(kept),
        "state": (OutsideState.SENT if is_over else OutsideState.TO_SEND).value,
        "attempts": callback.attempts,
        "next_at": None if callback.next_at is None else to_us(callback.next_at),
    }
