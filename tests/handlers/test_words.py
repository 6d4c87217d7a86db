"""Every sentence is collected for translation, and stays what it is in Chinese, where no space parts the words."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

import handlers

HANDLERS = Path(handlers.__file__).parent
CHINESE = HANDLERS / "words" / "locale" / "zh_CN" / "LC_MESSAGES" / "baton.po"


def test_no_sentence_hides_in_an_f_string() -> None:
    """There it is not found by who collects them, and is said in English to everybody."""
    hidden = [
        f"{path.name}:{call.lineno}"
        for path in HANDLERS.rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("say", "count")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_bold_words_stay_bold_in_chinese() -> None:
    """Slack reads `*words*` as bold only where no letter touches the marks from outside."""
    with CHINESE.open("rb") as file:
        catalogue = read_po(file, locale="zh_CN")
    said = [message.string if isinstance(message.string, str) else message.string[0] for message in catalogue]
    told = [re.sub(r"\{\w+\}", "字", re.sub(r"`[^`]*`", "`", sentence)) for sentence in said]
    touched = [
        sentence
        for sentence in told
        for bold in re.finditer(r"\*[^*\n]+\*", sentence)
        if re.search(r"[^\W_]\Z", sentence[: bold.start()]) or re.match(r"[^\W_]", sentence[bold.end() :])
    ]
    assert touched == []
