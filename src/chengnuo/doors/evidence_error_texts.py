"""What doors say to people about the error codes of the evidence log."""

from chengnuo.base.text import Text

EVIDENCE_ERRORS: dict[str, Text] = {
    "add-checkpoint-malformed": Text(
        "见证请求的格式有误。",
        "This is not a request for a cosignature.",
    ),
    "address-not-https": Text(
        "见证方或时间戳机构的地址必须使用 https。",
        "The address of a witness or time-stamping authority must be https.",
    ),
    "board-asked": Text(
        "这一步已经处理过，或者承诺板在这期间有变化。请重新查看后再决定。",
        "This was settled already, or the board has changed meanwhile; look again.",
    ),
    "board-file": Text(
        "这不是可以读取的承诺板文件（board.json）。",
        "This is no published pledge board (board.json) that can be read.",
    ),
    "board-source": Text(
        "请给出 --data（或 --settings）；没有证据日志时，给出 --register 和 --key。",
        "Give --data (or --settings); without an evidence log give --register with --key.",
    ),
    "checkpoint-foreign": Text(
        "给出的文件不是这份日志的检查点，未作任何改动。",
        "The file is no checkpoint of this log; nothing was changed.",
    ),
    "checkpoint-malformed": Text("这不是有效的检查点。", "This is not a checkpoint."),
    "duty-not-recorded": Text(
        "没有哪种记录能单独说明这项义务的履行。",
        "No record that concerns no one individual shows this duty.",
    ),
    "epoch-key-on-one-host": Text(
        "上层密钥在本机的数据目录里，其他主机没有。请让各台使用同一令牌，"
        "或用 master_key_file 指向各台共用、不在数据目录里的文件。",
        "The epoch key lies in the data folder of this host, where no other has it. Give all hosts"
        " one token, or with `master_key_file` one file outside of the data folders.",
    ),
    "evidence-file-too-large": Text(
        "证据文件超出上限，请缩短期间。",
        "The evidence file would be too large; ask for a shorter period.",
    ),
    "evidence-held": Text(
        "记录还在依法留存期内，不能销毁。",
        "The records are under a statutory hold that has not ended; nothing was destroyed.",
    ),
    "evidence-key-database": Text(
        "该文件不是本程序的密钥数据库。",
        "The file is not a key database of this program.",
    ),
    "evidence-key-holder": Text(
        "暂时无法使用保管时期密钥的位置，请稍后再试。",
        "Where the epoch key is kept is not available just now.",
    ),
    "evidence-keys-damaged": Text(
        "存证日志的密钥数据库与写入时不一致，已停止。请联系管理员。",
        "The key database of the evidence log is not what was written; call the administrator.",
    ),
    "evidence-master-key": Text(
        "存证日志的主密钥缺失、格式有误，或不是之前使用的那一个。",
        "The master key of the evidence log is missing, wrong, or not the one used before.",
    ),
    "evidence-request-gone": Text(
        "没有这份证据文件的申请，或者已经过期。请重新申请。",
        "There is no such request for an evidence file, or it has lapsed; ask again.",
    ),
    "evidence-request-settled": Text(
        "这份申请已经处理过，或还没到这一步。请刷新页面。",
        "This step of the request was done already or is not due; load the page again.",
    ),
    "evidence-requests-full": Text(
        "未处理的申请已达上限，请先放行、退回或撤回一些。",
        "Too many requests are open; let some be released, declined or taken back first.",
    ),
    "evidence-row-id": Text(
        "记录所指的登记簿行编号格式不对，没有记录。",
        "An id that the record names has a wrong form; nothing was recorded.",
    ),
    "evidence-window": Text(
        "所问的时间段不对：结束早于开始，或晚于日志最后一条记录。",
        "The window asked about is empty or reaches past the last record of the log.",
    ),
    "evidence-wrapped-key": Text(
        "一个已封装的密钥无法打开，请联系管理员。",
        "A wrapped key does not open; call the administrator.",
    ),
    "four-eyes": Text(
        "这一步须由申请人之外的复核员来做。",
        "This takes a reviewer other than the one who asked.",
    ),
    "instant-malformed": Text(
        "时刻的写法不对：请写日期，或带时区的时刻。",
        "The instant is written wrongly: give a date, or a time with its zone.",
    ),
    "leaf-malformed": Text(
        "存证日志中的一条记录不是本程序认得的格式。",
        "An entry of the evidence log is not a leaf that this program knows.",
    ),
    "log-busy": Text(
        "存证日志的写入队列已满，这次操作没有记录，也没有生效。请稍后再试。",
        "The queue of the evidence log is full; nothing was recorded. Try again.",
    ),
    "log-damaged": Text(
        "存证日志与写入时不一致，已停止。请联系管理员。",
        "The evidence log is not what was written. Stop and call the administrator.",
    ),
    "log-key-missing": Text(
        "存证日志的签名私钥缺失或不符，已停止签名。请联系管理员。",
        "The private key of the evidence log is missing or another; call the administrator.",
    ),
    "log-key-not-endorsed": Text(
        "日志密钥未经前一把密钥背书，不可信任。",
        "A key of the log is not endorsed by the key before it; do not rely on it.",
    ),
    "log-key-only-one": Text(
        "日志只有一把有效密钥，请先生成下一把再停用。",
        "The log has one key in force; make the next one before retiring it.",
    ),
    "log-key-unknown": Text(
        "所信任的密钥不在该日志的密钥列表中。", "The key relied on is not one of this log."
    ),
    "log-keys-malformed": Text("日志密钥列表格式有误。", "This is not the list of a log's keys."),
    "log-keys-overlap": Text(
        "已有两把密钥同时有效，请先停用较旧的一把。",
        "Two keys of the log are in force; retire the older one first.",
    ),
    "log-locked": Text(
        "另一个进程正在写存证日志，多半是正在运行的服务。请改用控制台，或先停止服务。",
        "Another process, most likely the running service, writes the evidence log:"
        " use its console, or stop it first.",
    ),
    "log-origin": Text(
        "此处已有另一名称的存证日志，未作任何改动。",
        "A log of another name is here; nothing was changed.",
    ),
    "log-unavailable": Text(
        "存证日志现在写不进去，这次操作没有生效。请稍后再试，或联系管理员。",
        "The evidence log cannot be written now; nothing was done.",
    ),
    "no-chain": Text(
        "没有找到关于此人的记录链：可能从未记录过，或者账户标识不对。",
        "No chain of records can be found for this individual.",
    ),
    "no-evidence-log": Text(
        "这里没有存证日志。",
        "There is no evidence log here.",
    ),
    "no-reason": Text(
        "请写明理由，4 至 300 个字；理由会记入日志。",
        "A reason of 4 to 300 characters is needed; it is recorded.",
    ),
    "no-such-record": Text(
        "日志中没有这条记录。",
        "The log has no such record.",
    ),
    "note-malformed": Text("这不是有效的签名文本。", "This is not a signed note."),
    "nothing-recorded": Text(
        "该期间没有可以说明这项义务的记录。",
        "Nothing that shows this duty was recorded in the period.",
    ),
    "nothing-seen": Text(
        "日志中没有其他日志的检查点。请在设置 [evidence] 的 witness_of 中写明那些日志的公钥，"
        "并在那些日志的 witnesses 中写明本服务。",
        "The log holds no checkpoint of another log. Name their keys as `witness_of` in [evidence],"
        " and this service among their `witnesses`.",
    ),
    "nothing-signed": Text(
        "日志还没有记录，暂时不能更换密钥。",
        "The log has no record yet; its key cannot be changed.",
    ),
    "other-shard": Text(
        "该账户属于另一份部署，请向那一份请求。",
        "This account belongs to another shard; ask there.",
    ),
    "output-exists": Text(
        "要写入的文件已经存在，未作任何改动。",
        "The file to write is there already; nothing was changed.",
    ),
    "output-not-written": Text(
        "文件无法写入，请检查文件夹、磁盘和权限。",
        "The file could not be written; check folder, disk and mode.",
    ),
    "partial-chain": Text(
        "只能找到关于此人的一部分记录（更早一条链的密钥已销毁，或曾与之合并的账户的密钥已销毁），"
        "因此不能证明完整或没有。证据文件仍可导出，其中写明这一点。",
        "Only a part of the records about this individual can be found: the key of an earlier chain"
        " was destroyed, or that of an account merged with this one. So neither completeness nor"
        " absence is proved; an evidence file can still be made, and says so.",
    ),
    "payload-damaged": Text(
        "记录的内容与写入时不一致。请联系管理员。",
        "The payload of a record is not what was written; call the administrator.",
    ),
    "payload-refused": Text(
        "记录的内容不符合该类记录的要求，没有记录。",
        "The payload is not what its kind of record says; nothing was recorded.",
    ),
    "receipt-erased": Text(
        "这条记录的内容已依法删除，不能再出具凭证；记录和证明仍在。",
        "The content of this record is erased; the record and its proofs remain.",
    ),
    "receipt-other-guardian": Text(
        "这条记录说到另一位监护人，不向您显示；孩子本人可以打开它的凭证。",
        "This record says something of another guardian and is not shown to you; the child can open"
        " its receipt.",
    ),
    "record-refused": Text(
        "这条记录不符合该类记录的规则，没有记录。",
        "The record breaks a rule of its kind; nothing was recorded.",
    ),
    "strict-kind": Text(
        "这类记录必须等到写入磁盘才算数，不能先排队。",
        "Records of this kind cannot be recorded without waiting for the disk.",
    ),
    "time-stamp-rejected": Text(
        "时间戳机构拒绝了请求，日志照常运行。",
        "The time-stamping authority rejected the request; the log goes on.",
    ),
    "time-stamp-unavailable": Text(
        "时间戳机构暂时不可用，日志照常运行。",
        "The time-stamping authority does not answer; the log goes on.",
    ),
    "time-stamp-wrong": Text(
        "时间戳无效，未予采用。请联系管理员。",
        "The time stamp does not hold and is not taken. Call the administrator.",
    ),
    "verifier-unavailable": Text(
        "核验程序没有运行成功，因此没有结论。",
        "The verifier could not be run, so there is no verdict.",
    ),
    "vkey-malformed": Text(
        "公钥或日志名称的格式有误：名称不能为空，不能有空格或加号。",
        "This is not a vkey, or not a name that a key can have.",
    ),
    "witness-answer-wrong": Text(
        "见证方的答复无效，未予采用。请联系管理员。",
        "The answer of the witness is not its cosignature; call the administrator.",
    ),
    "witness-key-missing": Text(
        "本机缺少做见证方用的私钥 keys/witness.pem，无法会签。请从会签过的主机复制。",
        "This host lacks `keys/witness.pem`, the key in use as a witness, and does not cosign;"
        " bring it from the host that did.",
    ),
    "witness-refused": Text(
        "见证方拒绝了请求：请把 log.json 发给见证方登记。",
        "The witness refuses; send its operator `log.json`.",
    ),
    "witness-saw-another": Text(
        "见证方见过与本日志不一致的检查点。请停止写入并联系管理员。",
        "A witness saw a history that this log does not extend. Stop and call the administrator.",
    ),
    "witness-unavailable": Text(
        "见证方暂时不可用，日志照常运行。", "The witness does not answer; the log goes on."
    ),
}
