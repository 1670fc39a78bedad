"""What doors say about errors of text: files that are none, and knowledge that is no whole."""

from chengnuo.base.text import Text

TEXT_ERRORS: dict[str, Text] = {
    "mask-key": Text(
        "这种脱敏方式需要密钥文件，至少 16 字节。",
        "This way of masking takes a key file of at least 16 bytes.",
    ),
    "mask-vault-damaged": Text(
        "保管原值的文件已损坏：有的值无法用密钥打开。",
        "The vault of masked values is damaged: a value does not open with its key.",
    ),
    "no-word-model": Text(
        "深度查找需要附加组件 ner，请安装 chengnuo[ner]。",
        "The deep search needs the extra `ner`; install `chengnuo[ner]`.",
    ),
    "not-a-mask-vault": Text(
        "这不是保管原值的文件，或不属于这个密钥。",
        "This is no vault of masked values, or not one of this key.",
    ),
    "not-text": Text(
        "这不是文本，或编码不是 UTF-8、UTF-16、GB18030。",
        "This is no text, or is not in UTF-8, UTF-16 or GB18030.",
    ),
    "text-unreadable": Text("无法读取文件。", "A file cannot be read."),
    "wrong-text-knowledge": Text(
        "查找文本中个人信息所用的知识文件有误。",
        "The files that say what text is searched for are wrong.",
    ),
}
