"""What the service can see of safeguards by itself: accounts, drills, connections, stores.

Each look tells what it saw and what is wrong with it, in numbers and ids of the register; nobody is
named. Where there is nothing to see, there is no look, and the safeguard stays as it was. How long
something may lie unused, and how old a drill may be, are yardsticks of ours; the law sets none.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from chengnuo.base.canonical import Tree, canonical_json
from chengnuo.base.digest import sha256_hex
from chengnuo.base.text import Text
from chengnuo.domain.dossier.dossier import Dossier
from chengnuo.domain.dossier.sorts.incident import INCIDENT
from chengnuo.domain.dossier.sorts.safeguard import ACCESS, DRILL, ENCRYPTION
from chengnuo.domain.dossier.standing import state_of
from chengnuo.domain.register.store import Store
from chengnuo.ports.accounts import Account
from chengnuo.ports.protection import ConnectionSeen, KeyFileSeen, OnTheWay

UNUSED_AFTER = timedelta(days=90)
DRILL_COUNTS_FOR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeguardLook:
    """What was seen of a measure.

    Attributes:
        measure: Which.
        looked_at: How many things.
        said: What was seen, in numbers.
        faults: What is wrong with it; empty where all is in order.
        unseen: What could not be seen of it; then no fault shows nothing. None for all was seen.
        on: Civil day on which it was seen; None for today.
        source: Where it is from, where the service was handed it; None where it looked itself.

    """

    measure: str
    looked_at: int
    said: Text
    faults: tuple[Text, ...] = ()
    unseen: Text | None = None
    on: date | None = None
    source: Text | None = None

    @property
    def shows(self) -> bool:
        """Tell whether it is evidence: of what is wrong, or that all of it is in order."""
        return bool(self.faults) or self.unseen is None

    @property
    def text(self) -> Text:
        """Everything in words."""
        parts = (self.said, *self.faults, *(() if self.source is None else (self.source,)))
        return Text("；".join(one.zh for one in parts), "; ".join(one.en or "" for one in parts))

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of what was seen; day and source are not in it."""
        tree: dict[str, Tree] = {
            "measure": self.measure,
            "looked_at": self.looked_at,
            "said": self.said.zh,
            "faults": [one.zh for one in self.faults],
        }
        return sha256_hex(canonical_json(tree))


def handed_in(look: SafeguardLook, report: bytes, by: str) -> SafeguardLook:
    """Return a look with the report that it is from: who handed it in, and its SHA-256."""
    digest = sha256_hex(report)
    source = Text(
        f"报告由 {by} 交来，SHA-256 {digest}", f"report handed in by {by}, SHA-256 {digest}"
    )
    return replace(look, source=source)


def access_look(accounts: Sequence[Account], now: datetime) -> SafeguardLook | None:
    """Return what is seen of the accounts of this service; None where there is none."""
    enabled = [one for one in accounts if one.enabled]
    if not enabled:
        return None
    single = sum(not one.has_totp and one.identity is None for one in enabled)
    unused = sum(now - (one.last_sign_in_at or one.created_at) > UNUSED_AFTER for one in enabled)
    faults = []
    if single:
        faults.append(
            Text(f"{single} 个账号没有第二重验证", f"{single} accounts without a second factor")
        )
    if unused:
        days = UNUSED_AFTER.days
        faults.append(
            Text(
                f"{unused} 个启用的账号 {days} 天以上没有登录",
                f"{unused} enabled accounts not used for over {days} days",
            )
        )
    disabled = len(accounts) - len(enabled)
    return SafeguardLook(
        measure=ACCESS,
        looked_at=len(accounts),
        said=Text(
            f"本服务的账号：启用 {len(enabled)}，停用 {disabled}",
            f"accounts of this service: {len(enabled)} enabled, {disabled} disabled",
        ),
        faults=tuple(faults),
    )


def drill_look(incidents: Iterable[Dossier], now: datetime) -> SafeguardLook | None:
    """Return what is seen of drills; None where none came to its end in the time that counts."""
    done = [
        one
        for one in incidents
        if one.value("drill") is True
        and state_of(INCIDENT, one).final
        and now - one.acts[-1].at <= DRILL_COUNTS_FOR
    ]
    if not done:
        return None
    newest = max(one.acts[-1].at for one in done)
    return SafeguardLook(
        measure=DRILL,
        looked_at=len(done),
        said=Text(
            f"一年内走完的演练 {len(done)} 次，最近一次结束于 {newest.date().isoformat()}（UTC）",
            f"{len(done)} drills came to their end within a year, the last on"
            f" {newest.date().isoformat()} (UTC)",
        ),
    )


def encryption_look(
    connections: Sequence[ConnectionSeen], key_files: Sequence[KeyFileSeen], stores: Sequence[Store]
) -> SafeguardLook | None:
    """Return what is seen of encryption; None where there is no store and no key file."""
    if not connections and not key_files:
        return None
    return SafeguardLook(
        measure=ENCRYPTION,
        looked_at=len(connections) + len(key_files),
        said=_encryption_said(connections, key_files, stores),
        faults=tuple(_encryption_faults(connections, key_files)),
        unseen=_not_told(connections),
    )


def _not_told(connections: Sequence[ConnectionSeen]) -> Text | None:
    unknown = [one.store for one in connections if one.way is OnTheWay.UNKNOWN]
    if not unknown:
        return None
    return Text(
        f"看不出怎样连接的存储：{'、'.join(unknown)}；不算证据",
        f"stores whose connection cannot be told: {', '.join(unknown)}; that shows nothing",
    )


def _encryption_said(
    connections: Sequence[ConnectionSeen], key_files: Sequence[KeyFileSeen], stores: Sequence[Store]
) -> Text:
    ways = {way: sum(one.way is way for one in connections) for way in OnTheWay}
    safe = ways[OnTheWay.CHECKED] + ways[OnTheWay.ENCRYPTED]
    at_rest = sum(one.encrypted for one in stores)
    closed = sum(one.closed for one in key_files)
    return Text(
        f"存储 {len(connections)} 个：加密连接 {safe}，本机 {ways[OnTheWay.LOCAL]}，"
        f"看不出 {ways[OnTheWay.UNKNOWN]}；登记为静态加密（未验证）{at_rest}；"
        f"密钥文件 {len(key_files)} 个，仅所有者可读 {closed}",
        f"{len(connections)} stores: {safe} over encrypted connections,"
        f" {ways[OnTheWay.LOCAL]} on this machine, {ways[OnTheWay.UNKNOWN]} cannot be told;"
        f" {at_rest} declared encrypted at rest (not verified);"
        f" {len(key_files)} key files, {closed} for their owner alone",
    )


def _encryption_faults(
    connections: Sequence[ConnectionSeen], key_files: Sequence[KeyFileSeen]
) -> Iterator[Text]:
    plain = [one.store for one in connections if one.way is OnTheWay.PLAIN]
    if plain:
        yield Text(
            f"经网络而未加密的连接：{'、'.join(plain)}",
            f"connections over a network without encryption: {', '.join(plain)}",
        )
    unchecked = [one.store for one in connections if one.way is OnTheWay.ENCRYPTED]
    if unchecked:
        yield Text(
            f"不核对对方身份的加密连接：{'、'.join(unchecked)}",
            f"encrypted connections that do not check who answers: {', '.join(unchecked)}",
        )
    open_files = [one.name for one in key_files if not one.closed]
    if open_files:
        yield Text(
            f"他人可以读写的密钥文件：{'、'.join(open_files)}",
            f"key files that others may read or write: {', '.join(open_files)}",
        )
