"""Files of tests that take long: `make all` and CI run them, `make test` leaves them out.

What they try, another file of the same room tries in short, or they are whole walks through browser
and servers. A file comes here when it takes over eight seconds on two cores.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LONG = frozenset(
    {
        "adapters/connectors/test_contract.py",
        "adapters/evidence/test_flipped_bits.py",
        "adapters/evidence/test_key_vault_crashes.py",
        "adapters/formats/test_real_manifests.py",
        "adapters/moving/test_move.py",
        "adapters/register_editing/test_all_or_none.py",
        "adapters/spark/test_spark.py",
        "adapters/sql/test_four_ways.py",
        "adapters/sql/test_sifting.py",
        "clients/test_back_ends.py",
        "docs/test_pages_run.py",
        "domain/decision/test_reference_properties.py",
        "domain/disclosure/test_derivations.py",
        "doors/cli/test_audit_pack.py",
        "doors/cli/test_audit_pack_attacks.py",
        "doors/cli/test_controls_served.py",
        "doors/cli/test_data_move.py",
        "doors/cli/test_evidence_no_fault.py",
        "doors/cli/test_evidence_token.py",
        "doors/cli/test_incident.py",
        "doors/cli/test_init.py",
        "doors/cli/test_inspect_hostile.py",
        "doors/cli/test_price_audit.py",
        "doors/cli/test_serve.py",
        "doors/cli/test_serve_on_postgresql.py",
        "doors/guard/test_guard_processes.py",
        "doors/http/test_api.py",
        "doors/http/test_traces.py",
        "doors/test_attacks_patterns.py",
        "doors/web/browser/test_board.py",
        "doors/web/browser/test_centre_by_keyboard.py",
        "doors/web/browser/test_centre_looks.py",
        "doors/web/browser/test_centre_whole.py",
        "doors/web/browser/test_consents.py",
        "doors/web/browser/test_every_page.py",
        "doors/web/browser/test_every_word.py",
        "doors/web/browser/test_evidence.py",
        "doors/web/browser/test_first_list.py",
        "doors/web/browser/test_host_apps.py",
        "doors/web/browser/test_host_prompts.py",
        "doors/web/browser/test_incidents.py",
        "doors/web/browser/test_kits.py",
        "doors/web/browser/test_prices.py",
        "doors/web/browser/test_prompts.py",
        "doors/web/browser/test_register.py",
        "doors/web/browser/test_releases.py",
        "doors/web/browser/test_rights_centre.py",
        "doors/web/browser/test_rights_console.py",
        "doors/web/browser/test_ways.py",
        "doors/web/test_register_drafts.py",
        "doors/web/test_register_editing.py",
        "doors/web/test_transfer_real.py",
        "doors/web/test_who_may.py",
        "duties/test_at_once.py",
        "engines/classfile/test_oracle.py",
        "following/test_following.py",
        "following/test_taking_over.py",
        "hosts/test_lab.py",
        "real_apps/test_shop_of_django.py",
        "usecases/decision/test_audience.py",
        "usecases/governance/test_kill.py",
        "usecases/inspection/test_published_policies_read_back.py",
        "usecases/rights/test_planner_on_servers.py",
        "usecases/rights/test_planner_properties_on_postgresql.py",
    }
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in them."""
    long = {TESTS / name for name in LONG}
    for item in items:
        if item.path in long:
            item.add_marker(pytest.mark.long)
