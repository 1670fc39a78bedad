"""What sorts of things a report of a package speaks of are called, and the signs with fixed words.

What is seen of settings, screens, parts and blind spots is one of a fixed list, each with words;
anything else is shown as the package writes it.
"""

from chengnuo.base.text import Text
from chengnuo.domain.observation.behaviour import Behaviour
from chengnuo.domain.observation.observation import Subject
from chengnuo.domain.observation.seen import (
    ActSeen,
    BlindSpot,
    ComponentSeen,
    ScreenSeen,
    SettingSeen,
)

_BY_SUBJECT: dict[Subject, dict[str, Text]] = {
    Subject.BEHAVIOUR: {
        **{each.value: each.text for each in Behaviour},
        **{each.value: each.text for each in ActSeen},
    },
    Subject.COMPONENT: {each.value: each.text for each in ComponentSeen},
    Subject.SCREEN: {each.value: each.text for each in ScreenSeen},
    Subject.SETTING: {each.value: each.text for each in SettingSeen},
    Subject.BLIND_SPOT: {each.value: each.text for each in BlindSpot},
}
_SUBJECTS = {
    Subject.INFORMATION: Text("个人信息", "information"),
    Subject.BEHAVIOUR: Text("行为", "act"),
    Subject.PERMISSION: Text("权限", "permission"),
    Subject.SDK: Text("SDK", "SDK"),
    Subject.HOST: Text("域名", "host"),
    Subject.COMPONENT: Text("组件", "part of the app"),
    Subject.SCREEN: Text("界面", "screen"),
    Subject.SETTING: Text("设置", "setting"),
    Subject.BLIND_SPOT: Text("盲区", "blind spot"),
}
_STAGES = {
    "open": Text("打开安装包", "opening the package"),
    "code": Text("读取代码", "reading code"),
    "follow": Text("跟踪启动过程", "following the start"),
    "observe": Text("逐项检查", "looking"),
}


def subject_text(subject: Subject) -> Text:
    """Return what things of a sort are called."""
    return _SUBJECTS[subject]


def stage_text(stage: str) -> Text:
    """Return what a stage of an inspection is called; an observer by its own name."""
    return _STAGES.get(stage, Text(stage))


def seen_text(subject: Subject, what: str) -> Text:
    """Return the words for what was seen; as it is written where it is none of the list."""
    return _BY_SUBJECT.get(subject, {}).get(what, Text(what))
