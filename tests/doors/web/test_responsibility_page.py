"""Who answers for what: for everybody without agreements, for staff with them."""

from collections.abc import Iterator

import pytest
from tests.doors.browser_kit import Browser
from tests.doors.http.asking_kit import Asking, service_asked

from chengnuo.ports.api_keys import ApiScope


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asking]:
    made = service_asked(tmp_path_factory.mktemp("chain"), ApiScope.DECIDE)
    yield made
    made.kit.service.close()


def test_everybody_reads_the_chain_with_a_picture_that_says_it_in_words(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)
    for lang, operator, store in (
        ("zh", "应用运营者", "示例应用商店（虚构）"),
        ("en", "Operator of the app", "Shili App Store (invented)"),
    ):
        page = browser.client.get(f"/centre/responsibility?lang={lang}")
        assert page.status_code == 200
        assert 'role="img"' in page.text
        assert operator in page.text
        assert store in page.text
        assert "privacy@tongqu.example" in page.text
        assert "contracts/" not in page.text
        assert "2031" not in page.text


def test_it_is_a_document_that_can_be_taken_along(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)
    file = browser.client.get("/centre/files/responsibility.json?app=jishi-app")
    assert file.status_code == 200
    assert file.json()["kind"] == "responsibility"


def test_nobody_but_staff_sees_agreements_and_approvals(asking: Asking) -> None:
    browser = Browser(asking.kit.service.app)
    refused = browser.client.get("/console/responsibility", follow_redirects=False)
    assert refused.status_code in {303, 401, 403}
    assert "2031" not in refused.text
