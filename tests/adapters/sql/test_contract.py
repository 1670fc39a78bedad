"""Every store has a contract, which runs on every kind of database."""

import pytest
from tests.adapters.sql import (
    test_contract_accounts,
    test_contract_consent,
    test_contract_dossiers,
    test_contract_governance,
    test_contract_rights,
    test_contract_staff,
    test_contract_telling,
)
from tests.adapters.sql.contract_kit import CONTRACTS, contract_of, methods_of, stores, watching

from chengnuo.adapters.sql.saved_filters import SqlSavedFilters

MODULES = (
    test_contract_accounts,
    test_contract_consent,
    test_contract_dossiers,
    test_contract_governance,
    test_contract_rights,
    test_contract_staff,
    test_contract_telling,
)


def test_every_store_has_a_contract() -> None:
    assert CONTRACTS.keys() == stores()
    for name in CONTRACTS.values():
        assert any(hasattr(module, name) for module in MODULES), name


def test_a_contract_that_calls_not_every_method_is_none() -> None:
    class Store:
        def add(self) -> None: ...

        def every(self) -> tuple[int, ...]:
            return ()

    @contract_of(Store)
    def test_store() -> None: ...

    try:
        with pytest.raises(AssertionError), watching("test_store") as whole:
            whole(Store()).add()
        with watching("test_store") as whole:
            whole(Store()).add()
            assert whole(Store()).every() == ()
    finally:
        del CONTRACTS[Store]
    assert "delete" in methods_of(SqlSavedFilters)
