"""The owner's side, told through the whole bot: acknowledge, deliver, the asker's verdict; and clicks of others."""

from sandbox.people import Person
from sandbox.story import Story

GASKET = "@equipment Replace the gasket of the big analyser by Friday 3pm"


def filed(slack: Story, asker: Person, owner: Person, text: str = GASKET) -> None:
    """The ask is filed; asker, owner and the channel have read so."""
    slack.ask(asker, text, channel="#ward")
    slack.sees(asker, "#1", where="ephemeral")
    slack.sees(owner, "You own #1", where="dm")
    slack.sees(owner, "#1", where="#equipment")


def acknowledged(slack: Story, asker: Person, owner: Person, text: str = GASKET) -> None:
    """The same, and the owner has committed to it."""
    filed(slack, asker, owner, text)
    slack.click(owner, "Acknowledge", on="You own #1", where="dm")
    slack.sees(asker, "has acknowledged #1", where="dm")
    slack.wait_until_quiet()


def delivered(slack: Story, asker: Person, owner: Person) -> None:
    """The same, and the owner has delivered."""
    acknowledged(slack, asker, owner)
    slack.click(owner, "Deliver", on="You own #1", where="dm")
    slack.fill(owner, {"What shows that it is done": "New gasket, no leak at 3 bar"})
    assert slack.submit(owner) is None
    slack.sees(asker, "New gasket, no leak at 3 bar", where="dm")
    slack.wait_until_quiet()


def test_from_the_ask_to_the_yes(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    question = slack.sees(ann, "Done.", where="dm")
    assert "Yes, that's it" not in [button["text"]["text"] for button in buttons(question)]
    slack.sees(lin, "#1 is off your back", where="dm")
    slack.assert_quiet()


def test_not_quite_says_what_is_missing_and_the_owner_goes_on(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.click(ann, "Not quite", where="dm")
    slack.fill(ann, {"What is missing": "It still drips"})
    assert slack.submit(ann) is None
    slack.sees(ann, "#1", where="dm")
    told = slack.sees(lin, "It still drips", where="dm")
    slack.click(lin, "Deliver", on=told)
    slack.fill(lin, {"What shows that it is done": "Tightened", "Link to it": "https://photos.example/a_b"})
    assert slack.submit(lin) is None
    slack.sees(ann, "Tightened", where="dm")
    slack.click(ann, "Yes, that's it", on="Tightened", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.assert_quiet()


def test_a_delivery_needs_a_line_of_evidence_and_a_link_that_opens(slack: Story, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Deliver", on="You own #1", where="dm")
    slack.fill(lin, {"What shows that it is done": "   "})
    assert slack.submit(lin) == {"What shows that it is done": "Please write a line that shows it is done."}
    slack.fill(lin, {"What shows that it is done": "Done", "Link to it": "ftp://server/file"})
    assert "Link to it" in (slack.submit(lin) or {})
    slack.close(lin)
    slack.assert_quiet()


def test_a_click_by_somebody_else_says_who_may(slack: Story, ann: Person, lin: Person, omar: Person) -> None:
    filed(slack, ann, lin)
    slack.click(omar, "Acknowledge", where="#equipment")
    slack.sees(omar, "who owns ask #1", where="ephemeral")
    slack.click(omar, "Acknowledge with changes", where="#equipment")
    slack.sees(omar, "who owns ask #1", where="ephemeral")
    slack.assert_quiet()


def test_a_click_on_a_button_that_has_moved_on_says_how_it_stands(slack: Story, ann: Person, lin: Person) -> None:
    delivered(slack, ann, lin)
    slack.click(ann, "Yes, that's it", where="dm")
    slack.sees(lin, "said “Yes, that's it” to #1", where="dm")
    slack.wait_until_quiet()
    old = slack.sees(lin, "#1", where="#equipment")
    slack.click(lin, "Reopen ask", on=old)
    slack.sees(lin, "who asked for #1", where="ephemeral")
    slack.assert_quiet()


def test_show_all_has_every_word_and_the_history(slack: Story, ann: Person, lin: Person, omar: Person) -> None:
    delivered(slack, ann, lin)
    slack.click(omar, "Show all", where="#equipment")
    slack.sees(omar, "Replace the gasket of the big analyser", where="modal")
    for sentence in ("filed it", "acknowledged it", "delivered it", "New gasket, no leak at 3 bar"):
        slack.sees(omar, sentence, where="modal")
    assert "Yes, that's it" not in slack.reads(omar, "modal")
    slack.assert_quiet()


def test_from_the_whole_ask_one_can_act_too(slack: Story, ann: Person, lin: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.click(lin, "Show all", on="You own #1", where="dm")
    slack.click(lin, "Deliver", where="modal")
    slack.fill(lin, {"What shows that it is done": "In place"})
    assert slack.submit(lin) is None
    slack.sees(lin, "delivered it", where="modal")
    slack.sees(ann, "In place", where="dm")
    slack.assert_quiet()


def test_two_owners_click_alike_at_the_same_instant(slack: Story, ann: Person, lin: Person, pia: Person) -> None:
    acknowledged(slack, ann, lin)
    slack.ask(ann, "@equipment repair: the pump of bed 7 by Friday 3pm", channel="#ward")
    slack.sees(ann, "#2", where="ephemeral")
    slack.click(pia, "Acknowledge", on="You own #2", where="dm")
    slack.sees(ann, "has acknowledged #2", where="dm")


def buttons(message: object) -> list[dict[str, dict[str, str]]]:
    blocks = getattr(message, "blocks", [])
    return [one for block in blocks if block["type"] == "actions" for one in block["elements"]]
