"""What a scan of the stores tells of de-identification, beside a plain count."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chengnuo.base.text import Text
from chengnuo.domain.finding.package_report import Drift
from chengnuo.domain.finding.stores_report import StoresReport
from chengnuo.domain.observation.knowledge import KnowledgeVersion
from chengnuo.domain.observation.stores import ColumnSeen, StoreSeen, StoresSeen, TableSeen
from chengnuo.domain.register.ids import StoreId, Version
from chengnuo.domain.register.store import Store, StoreKind
from chengnuo.engines.text.columns import Holding
from chengnuo.law.catalogue import Catalogue
from chengnuo.law.ids import CategoryId
from chengnuo.usecases.dossier.scan_look import de_identification_look

COLUMNS = st.lists(
    st.tuples(
        st.sampled_from(["main", "vault"]),
        st.sampled_from(list(Holding)),
        st.sampled_from(["sensitive", "ordinary", ""]),
    ),
    max_size=12,
)


def categories(catalogue: Catalogue) -> dict[str, CategoryId | None]:
    every = sorted(catalogue.categories.values(), key=lambda one: one.id)
    return {
        "sensitive": next(one.id for one in every if one.is_sensitive),
        "ordinary": next(one.id for one in every if not one.is_sensitive),
        "": None,
    }


@given(columns=COLUMNS, whole=st.booleans())
def test_columns_in_plain_are_found_as_by_a_plain_count(
    catalogue: Catalogue, columns: list[tuple[str, Holding, str]], whole: bool
) -> None:
    named = categories(catalogue)
    tables = {
        store: tuple(
            ColumnSeen(
                column=f"c{number}", holding=holding, category=named[sort], rows=9, filled=9, held=9
            )
            for number, (where, holding, sort) in enumerate(columns)
            if where == store
        )
        for store in ("main", "vault")
    }
    report = StoresReport(
        seen=StoresSeen(
            knowledge=KnowledgeVersion(date="2026-11", digest="a" * 64),
            on=date(2026, 11, 1),
            stores=tuple(
                StoreSeen(
                    store=store,
                    tables=(TableSeen(table="t", all_columns=(), columns=some, is_whole=whole),),
                )
                for store, some in tables.items()
            ),
        ),
        findings=(),
        drift=Drift(rows=()),
        register_version=Version("b" * 64),
        law_version=catalogue.version,
    )
    stores = [
        Store(
            store=StoreId(name),
            name=Text(name, name),
            kind=StoreKind.SQLITE,
            connection="DB",
            encrypted=name == "vault",
        )
        for name in ("main", "vault")
    ]
    look = de_identification_look(report, stores, catalogue)
    held = Counter(holding for _, holding, _ in columns if holding is not Holding.NOTHING)
    if not held:
        assert look is None
        return
    assert look is not None
    hidden = held[Holding.MASKED] + held[Holding.DIGESTS]
    assert look.looked_at == held.total()
    assert f"掩码或者摘要 {hidden} 个" in look.said.zh
    bare = [
        f"main.t.c{number}"
        for number, (store, holding, sort) in enumerate(columns)
        if store == "main" and sort == "sensitive" and holding in {Holding.VALUES, Holding.INSIDE}
    ]
    assert bool(look.faults) == bool(bare)
    assert look.shows == (report.seen.is_complete or bool(bare))
    assert look.on == date(2026, 11, 1)
    assert all(one in look.faults[0].zh for one in bare[:10])
