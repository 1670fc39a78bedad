"""What doors say to people about the error codes of decisions, keys and lists."""

from chengnuo.base.text import Text

DECISION_ERRORS: dict[str, Text] = {
    "account-id": Text(
        "列表中有空的或含换行的账户标识，无法发送。",
        "An account id of the list is empty or has a line break and cannot be sent.",
    ),
    "api-key-name": Text(
        "密钥名称的写法不对：请用 1 至 40 个小写字母、数字或连字符。",
        "A key's name is 1 to 40 of a-z, 0-9 and `-`.",
    ),
    "api-key-refused": Text("没有出示有效的接口密钥。", "No API key in force was shown."),
    "api-key-taken": Text(
        "这个名称的密钥已经有了，请更换密钥或另取名称。",
        "There is a key of this name; rotate it, or take another name.",
    ),
    "api-key-terms": Text(
        "密钥的用途、期限或重叠时间不对。", "The key's scopes, end or overlap make no sense."
    ),
    "api-scope": Text("这个密钥不能用于此项。", "This key is not for this."),
    "audience-query": Text(
        "网址中的参数没有说清要做什么。", "The query does not say what shall be done."
    ),
    "publication-mask-missing": Text(
        "要遮盖后公开的信息没有登记脱敏规则。",
        "The register has no mask for what is to be published masked.",
    ),
    "publication-not-declared": Text(
        "登记簿没有登记这样的公开。", "The register declares no such publication."
    ),
    "automated-differs": Text(
        "这个编号的自动化决策已有记录，内容不同；每个决定请用自己的编号。",
        "An automated decision of this id is recorded and says something else.",
    ),
    "automated-refused": Text(
        "这个自动化决策与登记簿不符，没有记录；出错的位置见详情。",
        "The automated decision does not fit the register and was not recorded.",
    ),
    "no-such-automated-decision": Text(
        "这里没有关于该个人的自动化决策记录。",
        "There is no automated decision about this individual here.",
    ),
    "batch-too-large": Text("一批问题为 1 至 1000 个。", "A batch holds 1 to 1,000 questions."),
    "body-over-limit": Text("请求正文超过上限。", "The body is larger than this address takes."),
    "caller-gone": Text(
        "连接在请求发完之前断开了。", "The connection ended before the body was whole."
    ),
    "decision-not-recorded": Text(
        "本进程不写存证日志，无法记录这次决定，因此没有作答。",
        "This process does not write the log: the answer cannot be recorded and is not given.",
    ),
    "frame-malformed": Text(
        "套接字收到的数据不是本服务能读的帧。", "What came over the socket is no frame it takes."
    ),
    "id-list": Text("文件不是账户标识的列表。", "The file is no list of account ids."),
    "id-list-body": Text("请求正文不是账户标识的列表。", "The body is no list of account ids."),
    "id-list-too-long": Text("列表中的标识超过一千万个。", "The list holds over ten million ids."),
    "id-list-type": Text(
        "此处不接受或不能给出这种格式的列表。",
        "Lists of this media type are not taken or not given here.",
    ),
    "id-list-unavailable": Text(
        "列表文件现在无法读取或写入。", "The list cannot be read or written now."
    ),
    "law-version-gone": Text(
        "这次决定所依据的法规版本不是本程序的版本，无法重放。",
        "The decision was made by another version of the law than this program has.",
    ),
    "not-a-decision": Text(
        "这条记录不是可以重放的个人决定。",
        "The record is not a decision about one individual that can be replayed.",
    ),
    "post-only": Text("此地址只接受 POST。", "This address takes POST only."),
    "question-malformed": Text("问题的格式不对。", "The question has a wrong form."),
    "question-time": Text("所问时刻缺少时区。", "The instant asked about has no time zone."),
    "rules-edition-gone": Text(
        "这次决定所依据的判断规则不是本程序的版次，无法重放。",
        "The decision was made by another edition of the rules than this program has.",
    ),
    "service-refused": Text("服务没有接受这次请求。", "The service did not take the request."),
    "service-silent": Text(
        "服务没有作答，因此没有许可任何事。",
        "The service gave no answer, so nothing was permitted.",
    ),
    "snapshot-refused": Text(
        "离线快照不能在此使用，因此没有许可任何事。",
        "The snapshot may not be used here, so nothing was permitted.",
    ),
    "label-deleted": Text(
        "本人已经删除这个标签，不得再写入或者使用。",
        "The individual deleted this label; it may be neither kept nor used.",
    ),
    "no-such-labels": Text(
        "登记簿中没有这样的标签表，或者没有为这个模型登记标签。",
        "The register has no such table of labels, or none for this model.",
    ),
    "snapshot-terms": Text(
        "离线快照的期限、应用或内容不对。",
        "The snapshot cannot have this end, app or content.",
    ),
    "socket-taken": Text(
        "决定套接字的路径无法使用。", "The path of the decision socket cannot be had."
    ),
    "unknown-api-key": Text("没有这个有效的密钥。", "There is no key of this name in force."),
}
