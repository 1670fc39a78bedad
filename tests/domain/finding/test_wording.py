"""Words that say nothing are seen; words that only look like them are left alone."""

import pytest

from chengnuo.domain.finding.wording import is_vague_purpose, umbrella_word


@pytest.mark.parametrize(
    "text",
    [
        "姓名、电话等",
        "姓名、电话等信息",
        "设备型号等，用于排查",
        "相关信息",
        "其他信息",
        "包括但不限于姓名",
        "例如昵称",
        "必要的个人信息",
    ],
)
def test_umbrella_words_are_seen(text: str) -> None:
    assert umbrella_word(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "会员等级",
        "等待时长",
        "平等协商的方式",
        "中等偏上",
        "相等的信息",
        "姓名、电话、收货地址",
        "其他人可见的昵称",
        "航班和等候室",
        "相关性得分",
    ],
)
def test_words_that_only_look_like_them_are_left_alone(text: str) -> None:
    assert umbrella_word(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "提升用户体验",
        "提升用户体验、优化服务",
        "为您提供更好的服务",
        "业务需要",
        "改善产品和服务质量",
        "研发新产品",
    ],
)
def test_vague_purposes_are_seen(text: str) -> None:
    assert is_vague_purpose(text)


@pytest.mark.parametrize(
    "text",
    [
        "推荐附近门店",
        "统计页面崩溃次数，优化服务",
        "提供送货上门服务",
        "向您发送订单状态通知",
        "识别恶意刷单",
        "改善语音识别的准确率",
    ],
)
def test_purposes_that_name_something_are_left_alone(text: str) -> None:
    assert not is_vague_purpose(text)
