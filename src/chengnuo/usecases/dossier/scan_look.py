"""What a scan of the stores tells of de-identification; apart, for a service never reads one."""

from collections.abc import Sequence

from chengnuo.base.text import Text
from chengnuo.domain.dossier.sorts.safeguard import DE_IDENTIFICATION
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.stores import ColumnSeen
from chengnuo.domain.register.store import Store
from chengnuo.engines.text.columns import Holding
from chengnuo.law.catalogue import Catalogue
from chengnuo.usecases.dossier.safeguard_looks import SafeguardLook

_HIDDEN = frozenset({Holding.MASKED, Holding.DIGESTS})
_NAMED = 10
_NOT_WHOLE = Text(
    "扫描没有看完所有存储和表，不算证据",
    "the scan did not see every store and table; that shows nothing",
)


def de_identification_look(
    report: StoresReport, stores: Sequence[Store], catalogue: Catalogue
) -> SafeguardLook | None:
    """Return what a scan of the stores tells; None where it saw no column of a kind.

    A column of sensitive information counts as in order where its values are masked or digests, or
    where its store is declared encrypted at rest, which is not verified here.
    """
    encrypted = {str(one.store) for one in stores if one.encrypted}
    found = [
        (store.store, table.table, column)
        for store in report.seen.stores
        for table in store.tables
        for column in table.columns
        if column.holding is not Holding.NOTHING
    ]
    if not found:
        return None
    hidden = sum(column.holding in _HIDDEN for *_, column in found)
    bare = [
        f"{store}.{table}.{column.column}"
        for store, table, column in found
        if column.holding not in _HIDDEN
        and store not in encrypted
        and _is_sensitive(column, catalogue)
    ]
    faults = []
    if bare:
        zh = "、".join(bare[:_NAMED]) + ("等" if len(bare) > _NAMED else "")
        en = ", ".join(bare[:_NAMED]) + (" and others" if len(bare) > _NAMED else "")
        faults.append(
            Text(
                f"{len(bare)} 个敏感信息的列是明文，所在存储也未登记静态加密：{zh}",
                f"{len(bare)} columns of sensitive information in plain, in stores not declared"
                f" encrypted: {en}",
            )
        )
    on = report.seen.on.isoformat()
    return SafeguardLook(
        measure=DE_IDENTIFICATION,
        looked_at=len(found),
        said=Text(
            f"{on} 的存储扫描：有个人信息的列 {len(found)} 个，其中掩码或者摘要 {hidden} 个",
            f"scan of the stores of {on}: {len(found)} columns hold personal information,"
            f" {hidden} of them masked or digests",
        ),
        faults=tuple(faults),
        unseen=None if report.seen.is_complete else _NOT_WHOLE,
        on=report.seen.on,
    )


def _is_sensitive(column: ColumnSeen, catalogue: Catalogue) -> bool:
    return column.category is not None and catalogue.category(column.category).is_sensitive
