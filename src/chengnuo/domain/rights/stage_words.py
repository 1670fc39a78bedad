"""Where a request stands and who asks it, in words."""

from chengnuo.base.text import Text
from chengnuo.domain.rights.machine import Stage
from chengnuo.domain.rights.request import AskedBy

STAGE_WORDS: dict[Stage, Text] = {
    Stage.NEEDS_IDENTITY: Text("待确认身份", "needs identity"),
    Stage.NEEDS_PLAN: Text("待制定方案", "needs a plan"),
    Stage.NEEDS_RELEASE: Text("待复核", "needs release"),
    Stage.WAITING: Text("反悔期", "waiting"),
    Stage.QUEUED: Text("待执行", "queued"),
    Stage.RUNNING: Text("执行中", "running"),
    Stage.PARKED: Text("受阻", "parked"),
    Stage.OUTSIDE: Text("待外部回执", "outside"),
    Stage.FULFILLED: Text("已办结", "fulfilled"),
    Stage.PARTLY: Text("部分办结", "partly fulfilled"),
    Stage.REFUSED: Text("未予办理", "refused"),
    Stage.TAKEN_BACK: Text("已撤回", "taken back"),
}
BY_WORDS: dict[AskedBy, Text] = {
    AskedBy.INDIVIDUAL: Text("本人", "the individual"),
    AskedBy.GUARDIAN: Text("监护人", "a guardian"),
    AskedBy.CLOSE_RELATIVE: Text("近亲属", "a close relative"),
    AskedBy.AGENT: Text("代理人", "an agent"),
    AskedBy.STAFF: Text("处理者自行发起", "the handler itself"),
    AskedBy.AUTOMATIC: Text("到期自动发起", "automatically, when due"),
}
