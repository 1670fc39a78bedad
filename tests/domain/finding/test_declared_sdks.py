"""Which recipients are which SDKs: by id, code, name; never by the company alone."""

from dataclasses import replace

import pytest
from tests.domain.finding.inspection_kit import ALIKE, LIBRARY, UMENG
from tests.strategies.clean_parties import RECIPIENTS

from chengnuo.base.text import Text
from chengnuo.domain.finding.declared_sdks import DeclaredSdks, plain_name
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.domain.observation.observation import OWN, Owner, OwnerKind
from chengnuo.domain.register.recipient import SDK, Channel, Recipient, SdkStart

MAPS = next(one for one in RECIPIENTS if one.recipient == "maps")


def recipient(
    name: str = "某服务",
    company: str = "某公司",
    packages: tuple[str, ...] = (),
    catalogue: str | None = None,
    kit: str = "某 SDK",
) -> Recipient:
    sdk = SDK(name=kit, packages=packages, starts=SdkStart.AFTER_CONSENT, catalogue=catalogue)
    return replace(MAPS, name=Text(name), company=Text(company), sdk=sdk)


@pytest.mark.parametrize(
    ("given", "owner", "is_it"),
    [
        pytest.param(recipient(catalogue="umeng-analytics"), UMENG, True, id="id"),
        pytest.param(recipient(catalogue="jpush"), UMENG, False, id="another id"),
        pytest.param(
            recipient(name="友盟+移动统计 U-App", catalogue="jpush"),
            UMENG,
            False,
            id="its own id wins over a name",
        ),
        pytest.param(
            recipient(name="友盟+移动统计 U-App", catalogue="no-such"),
            UMENG,
            True,
            id="an id that is not in the catalogue tells nothing",
        ),
        pytest.param(recipient(catalogue="amap-map"), ALIKE, True, id="one that it may also be"),
        pytest.param(recipient(packages=("com.umeng",)), UMENG, True, id="package above"),
        pytest.param(
            recipient(packages=("com.umeng.commonsdk.internal",)), UMENG, True, id="package below"
        ),
        pytest.param(recipient(packages=("com.umen",)), UMENG, False, id="half a word"),
        pytest.param(recipient(name="友盟移动统计U-App SDK"), UMENG, True, id="name"),
        pytest.param(recipient(kit="友盟+移动统计 u-app"), UMENG, True, id="name of the kit"),
        pytest.param(
            recipient(name="移动统计", company="友盟同欣（北京）科技有限公司"),
            UMENG,
            True,
            id="company and a part of the name",
        ),
        pytest.param(
            recipient(company="友盟同欣（北京）科技有限公司"), UMENG, False, id="company alone"
        ),
        pytest.param(
            recipient(packages=("com.acme",)), LIBRARY, True, id="no kit of the catalogue"
        ),
        pytest.param(recipient(packages=("com.acme",)), OWN, False, id="the app's own code"),
    ],
)
def test_who_is_who(given: Recipient, owner: Owner, is_it: bool, knowledge: Knowledge) -> None:
    declared = DeclaredSdks(recipients=(given,), catalogue=knowledge.sdks)
    assert declared.of(owner) == ((given,) if is_it else ())


def test_who_gets_information_in_another_way_is_no_sdk(knowledge: Knowledge) -> None:
    by_page = replace(MAPS, name=Text("友盟+移动统计 U-App"), sdk=None, channel=Channel.API)
    declared = DeclaredSdks(recipients=(by_page,), catalogue=knowledge.sdks)
    assert declared.of(UMENG) == ()
    assert declared.ids(by_page) == frozenset()


def test_a_kit_is_declared_by_its_own_name(knowledge: Knowledge) -> None:
    for kit in list(knowledge.sdks.sdks.values())[::10]:
        named = recipient(name=kit.name.zh)
        declared = DeclaredSdks(recipients=(named,), catalogue=knowledge.sdks)
        if len(plain_name(kit.name.zh)) > 1:
            assert declared.of(Owner(kind=OwnerKind.SDK, id=kit.id)) == (named,), kit.id
