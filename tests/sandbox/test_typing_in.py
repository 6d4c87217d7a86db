"""From what people type to what apps get."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.typing_in import command_text, entities, message_text
from sandbox.workspace import Workspace
from tests.sandbox.conftest import TEAM

WORKSPACE = Workspace.from_yaml({**TEAM, "users": [*TEAM["users"], {"handle": "ann.marie", "name": "Ann Marie"}]})
ANN, MARIE = WORKSPACE.someone("ann").id, WORKSPACE.someone("ann.marie").id
WARD, SECRET = WORKSPACE.place("#ward").id, WORKSPACE.place("#secret").id
FINANCE = next(iter(WORKSPACE.usergroups))


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("@ann please", f"<@{ANN}|ann> please"),
        ("@ann.", f"<@{ANN}|ann>."),
        ("@ann.marie!", f"<@{MARIE}|ann.marie>!"),
        ("@ann请看", f"<@{ANN}|ann>请看"),
        ("@annabel", "@annabel"),
        ("(@ann)", f"(<@{ANN}|ann>)"),
        ("@finance pay", f"<!subteam^{FINANCE}|@finance> pay"),
        ("@设备科 修", "@设备科 修"),
        ("#ward", f"<#{WARD}|ward>"),
        ("#secret", f"<#{SECRET}|>"),
        ("#214", "#214"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U123>", "&lt;@U123&gt;"),
        ("@channel", "<!channel>"),
        ("see https://a.example/x?y=1&z=2.", "see <https://a.example/x?y=1&amp;z=2>."),
        ("mail ann@harbour.example", "mail <mailto:ann@harbour.example|ann@harbour.example>"),
        ("  padded  ", "padded"),
        ("", ""),
    ],
)
def test_commands_with_should_escape(typed: str, escaped: str) -> None:
    assert command_text(WORKSPACE, typed, should_escape=True) == escaped


def test_commands_without_should_escape_keep_names_as_typed() -> None:
    assert command_text(WORKSPACE, "@ann in #ward & more", should_escape=False) == "@ann in #ward &amp; more"


def test_messages_carry_ids_alone() -> None:
    assert (
        message_text(WORKSPACE, "@ann in #secret for @finance") == f"<@{ANN}> in <#{SECRET}> for <!subteam^{FINANCE}>"
    )


@given(st.text())
def test_nobody_can_type_a_token(typed: str) -> None:
    text = typed.replace("@", "").replace("#", "").replace("://", "")
    assert message_text(WORKSPACE, text) == entities(text)
