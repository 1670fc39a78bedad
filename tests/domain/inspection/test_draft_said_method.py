"""Methods out of a policy's words: where information comes from, what sets it off, what is done."""

import pytest

from chengnuo.domain.inspection.draft_said_method import method_said
from chengnuo.domain.register.method import Operation, Provider, Trigger


@pytest.mark.parametrize(
    ("method", "scene", "provider", "trigger"),
    [
        ("您主动填写，由服务端触发", "", Provider.INDIVIDUAL, Trigger.SERVER),
        ("您提供", "", Provider.INDIVIDUAL, Trigger.USER_ACTION),
        ("自动收集", "您点击“附近”时", Provider.DEVICE, Trigger.USER_ACTION),
        ("从第三方取得；提供给您", "", Provider.THIRD_PARTY, Trigger.APP_START),
        ("automatically collected", "when you tap it", Provider.DEVICE, Trigger.USER_ACTION),
        ("arises while you use it, at set times", "", Provider.USE, Trigger.SCHEDULED),
        ("", "", Provider.DEVICE, Trigger.APP_START),
    ],
)
def test_the_word_that_stands_first_decides(
    method: str, scene: str, provider: Provider, trigger: Trigger
) -> None:
    found = method_said(method, scene)
    assert (found.provided_by, found.trigger) == (provider, trigger)
    assert (found.description is None) == (not method)


def test_operations_are_those_of_a_list() -> None:
    assert method_said("您提供后，我们使用、存储和删除", "").operations == (
        Operation.USE,
        Operation.STORE,
        Operation.DELETE,
    )
    assert method_said("处理环节包括使用。", "").operations == (Operation.USE,)
    assert method_said("您提供", "").operations == (Operation.COLLECT,)


def test_the_background_is_told_unless_it_is_denied() -> None:
    assert method_said("在后台收集", "").background
    assert method_said("also in the background", "").background
    assert not method_said("不会在后台收集", "").background
