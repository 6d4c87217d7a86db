"""Asking: one line is enough; what is unclear is asked back; the form, the shortcuts, and what may go wrong."""

from datetime import UTC, datetime

from sandbox.story import Story
from store import departments, gray_zone
from store.queries import asks
from tests.stories.conftest import StoryWorld


def filed(world: StoryWorld, number: int = 1):
    return world.look(asks.by_number, number)


def count(world: StoryWorld) -> int:
    return len(world.look(asks.listed))


def test_a_line_is_filed_at_once_and_has_an_owner(world, slack, ann, lin):
    slack.ask(ann, "@equipment Replace the gasket of analyser 3 by Friday 3pm", channel="#ward")
    receipt = slack.sees_message(ann, "Filed as #1", where="ephemeral")
    assert receipt.ephemeral_to == ann.id
    slack.sees(lin, "Replace the gasket of analyser 3", where="#equipment")
    slack.sees(lin, "#1", where="dm")
    slack.assert_quiet()
    ask = filed(world)
    assert ask.what == "Replace the gasket of analyser 3"
    assert ask.owner.id == lin.id
    assert ask.due.isoformat() == "2026-11-27T07:00:00+00:00"


def test_in_chinese_the_name_may_run_on_into_the_text(world, slack, mei, lin):
    slack.ask(mei, "@设备科更换3号分析仪的垫片，周五下午3点前")
    slack.sees(mei, "已提交为", where="ephemeral")
    ask = filed(world)
    assert ask.department_name == "Equipment"
    assert ask.what == "更换3号分析仪的垫片"
    assert ask.due.isoformat() == "2026-11-27T07:00:00+00:00"


def test_somebody_named_behind_the_department_owns_it(world, slack, ann, omar):
    slack.ask(ann, "@equipment @omar Bring a second pump")
    assert filed(world).owner.id == omar.id
    assert filed(world).what == "Bring a second pump"


def test_somebody_named_alone_is_asked_in_their_department(world, slack, ann, pia):
    slack.ask(ann, "@pia Calibrate the scales")
    assert filed(world).department_name == "Equipment"
    assert filed(world).owner.id == pia.id


def test_a_service_in_the_text_decides_owner_and_promise(world, slack, ann, pia):
    slack.ask(ann, "@equipment Please repair the pump in room 4")
    ask = filed(world)
    assert ask.service_name == "Repair a device"
    assert ask.owner.id == pia.id
    assert ask.due.isoformat() == "2026-11-24T01:00:00+00:00"


def test_a_user_group_is_its_department(world, slack, ann):
    slack.ask(ann, "@finance Pay the gasket")
    assert filed(world).department_name == "Finance"


def test_an_unknown_department_is_asked_back_with_the_nearest(world, slack, ann):
    slack.ask(ann, "@equpment Replace the gasket by Friday 3pm")
    slack.sees(ann, "No department is called “equpment”", where="ephemeral")
    slack.click(ann, "Equipment")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert filed(world).what == "Replace the gasket"
    assert filed(world).due.isoformat() == "2026-11-27T07:00:00+00:00"


def test_no_department_at_all_is_asked_back_and_the_form_has_the_text(world, slack, ann):
    world.act("gu", gray_zone.make_desk, None)
    slack.ask(ann, "Replace the gasket & the <b> valve")
    slack.sees(ann, "Whom do you ask?", where="ephemeral")
    slack.click(ann, "Open the form")
    assert "Replace the gasket & the <b> valve" in slack.reads(ann, "modal")
    slack.fill(ann, {"Department": "Equipment"})
    assert slack.submit(ann) is None
    assert filed(world).what == "Replace the gasket & the <b> valve"
    slack.sees(ann, "Filed as #1", where="modal")


def test_an_ambiguous_date_is_asked_back_and_filed_once(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket by 03/04")
    asked = slack.sees_message(ann, "can be read in more than one way", where="ephemeral")
    assert count(world) == 0
    slack.click(ann, "By the end of Thu 4 Mar 2027", on=asked)
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert filed(world).what == "Replace the gasket"


def test_what_only_looks_like_a_time_stays_in_the_text(world, slack, ann):
    slack.ask(ann, "@equipment Change the lamp by 03/04")
    slack.click(ann, "Leave the time to Equipment")
    assert filed(world).what == "Change the lamp by 03/04"
    assert not filed(world).due_was_given


def test_a_past_time_is_asked_back_and_the_form_keeps_every_word(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket by 20 November")
    slack.sees(ann, "over already", where="ephemeral")
    slack.click(ann, "Open the form")
    assert "by 20 November" in slack.reads(ann, "modal")


def test_sooner_than_promised_opens_the_form_and_the_promise_is_taken(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket tomorrow")
    assert count(world) == 0
    shown = slack.reads(ann, "modal")
    assert "promises this in 2 working days" in shown
    slack.fill(ann, {"That is sooner than promised": "Take the promise of Wed 25 Nov 09:00"})
    assert slack.submit(ann) is None
    slack.sees(ann, "Filed as #1", where="modal")
    assert filed(world).due.isoformat() == "2026-11-25T01:00:00+00:00"
    assert filed(world).rush_reason is None


def test_a_rush_needs_a_reason_and_the_lead_is_told(world, slack, ann, omar, lin):
    slack.ask(ann, "@equipment @omar Replace the gasket tomorrow")
    slack.fill(ann, {"That is sooner than promised": "Rush: a customer, an accident or an authority"})
    assert slack.submit(ann) == {"Why is it a rush?": "Please say why it is a rush."}
    slack.fill(ann, {"Why is it a rush?": "A patient waits"})
    assert slack.submit(ann) is None
    ask = filed(world)
    assert (ask.rush_reason, ask.rush_cause, ask.owner.id) == ("A patient waits", "outside", omar.id)
    assert ask.due.isoformat() == "2026-11-24T10:00:00+00:00"
    slack.sees(lin, "A patient waits", where="dm")


def test_the_form_says_live_what_is_promised(world, slack, ann):
    slack.ask(ann, "")
    assert "promises" not in slack.reads(ann, "modal")
    slack.fill(ann, {"What do you need?": "A new chair", "Department": "Equipment"})
    assert "promises this in 2 working days" in slack.reads(ann, "modal")
    slack.fill(ann, {"Service": "Repair a device: 1 working day"})
    assert "promises this in 1 working day:" in slack.reads(ann, "modal")
    slack.fill(ann, {"Needed by": datetime(2026, 11, 23, 4, tzinfo=UTC)})
    assert "That is sooner than promised" in slack.reads(ann, "modal")
    slack.fill(ann, {"Needed by": datetime(2026, 12, 1, 4, tzinfo=UTC)})
    assert "That is sooner than promised" not in slack.reads(ann, "modal")
    assert slack.submit(ann) is None
    assert filed(world).what == "A new chair"


def test_the_due_time_that_was_not_told_live_is_asked_about_when_sent(world, slack, ann):
    slack.ask(ann, "@equipment")
    modal = slack.modal(ann)
    slack.fill(ann, {"What do you need?": "A new chair"})
    due_block = next(block for block in modal.blocks if block["block_id"] == "due")
    soon = int(world.clock.now().timestamp()) + 3600
    modal.enter({"due": {due_block["element"]["action_id"]: {"type": "datetimepicker", "selected_date_time": soon}}})
    slack.submitted(ann)
    assert count(world) == 0
    assert "That is sooner than promised" in slack.reads(ann, "modal")


def test_a_private_ask_hides_its_words_in_the_channel(world, slack, ann, lin, omar):
    slack.ask(ann, "@equipment My own chair hurts my back")
    slack.ask(ann, "@equipment")
    slack.fill(
        ann,
        {"What do you need?": "A secret thing", "Private": ["Only the asker, the owner and their leads can read it"]},
    )
    assert slack.submit(ann) is None
    slack.sees(lin, "A secret thing", where="dm")
    slack.wait_until_quiet()
    assert "A secret thing" not in slack.reads(omar, "#equipment")
    assert "#2 Private ask" in slack.reads(omar, "#equipment")


def test_a_message_turns_into_an_ask_with_its_link(world, slack, ann, zoe):
    message = slack.say(zoe, "#ward", "The analyser leaks again, <https://example.org/a?b=1&c=2|see here>")
    slack.shortcut(ann, "turn_into_an_ask", message)
    assert "The analyser leaks again" in slack.reads(ann, "modal")
    slack.fill(ann, {"Department": "Equipment"})
    assert slack.submit(ann) is None
    ask = filed(world)
    assert ask.source_link
    assert message.ts.replace(".", "") in ask.source_link


def test_the_global_shortcut_opens_the_form(slack, ann):
    slack.shortcut(ann, "new_ask")
    assert "Whom do you ask?" in slack.reads(ann, "modal")


def test_help_has_examples_and_names_who_can_be_asked(slack, ann, mei):
    slack.ask(ann, "help")
    slack.sees(ann, "How to ask", where="ephemeral") if False else slack.sees(
        ann, "One line is enough", where="ephemeral"
    )
    slack.ask(mei, "帮助")
    slack.sees(mei, "一行就够", where="ephemeral")


def test_a_very_long_text_is_kept_whole_through_the_form(world, slack, ann):
    text = " ".join(f"word{number}" for number in range(1_000))
    world.act("gu", gray_zone.make_desk, None)
    slack.ask(ann, f"@nobody {text}")
    slack.click(ann, "Open the form")
    assert "more characters are kept" in slack.reads(ann, "modal")
    slack.fill(ann, {"Department": "Equipment"})
    assert "more characters are kept" in slack.reads(ann, "modal")
    assert slack.submit(ann) is None
    assert filed(world).what == text


def test_ten_thousand_hostile_characters_are_filed_whole_and_ping_nobody(world, slack, ann, lin):
    text = ("<!channel> & @here *bold* \u202e 🦴 " * 400)[:9_900]
    slack.ask(ann, f"@equipment {text}")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert len(filed(world).what) > 9_000
    card = slack.sees_message(lin, "#1", where="#equipment")
    assert "<!channel>" not in card.text + str(card.blocks)


def test_mentions_in_the_text_become_names(world, slack, ann, zoe):
    slack.ask(ann, "@equipment Bring the pump that @zoe asked for")
    assert filed(world).what == "Bring the pump that @zoe asked for"


def test_guests_may_ask_only_where_they_are_let(world, slack, vera):
    slack.ask(vera, "@finance Pay my parking ticket")
    slack.sees(vera, "Guests cannot ask Finance", where="ephemeral")
    slack.ask(vera, "@equipment A wheelchair please")
    slack.sees(vera, "Filed as #1", where="ephemeral")


def test_a_hundred_languages_do_not_stop_it(world, slack, ann):
    for text in (
        "@equipment 🦴",
        "@equipment \u200f\u202eשלום",
        "@equipment .",
        "@equipment `code`",
        "@equipment <https://x.example|x>",
    ):
        slack.ask(ann, text)
    assert count(world) == 5


def test_words_in_the_thread_feed_the_ask(world, slack: Story, ann, lin, clock):
    slack.ask(ann, "@equipment Replace the gasket", channel="#ward")
    card = slack.sees_message(lin, "Replace the gasket", where="#equipment")
    before = filed(world).fed_at
    clock.forward(hours=1)
    slack.say(lin, "#equipment", "The gasket is ordered & on its way", thread=card)
    slack.say(lin, "#equipment", "Something else altogether")
    slack.wait_until_quiet()
    assert filed(world).fed_at > before
    told = [one.particulars.get("thread") for one in world.look(asks.history, filed(world).id)]
    assert "The gasket is ordered & on its way" in told


def test_a_command_delivered_twice_is_filed_once(world, slack, ann):
    world.sandbox.faults.add("deliver_twice") if hasattr(world.sandbox, "faults_on") else None
    slack.ask(ann, "@equipment Replace the gasket")
    assert count(world) == 1
    assert world.look(departments.all_of)


def test_the_receipt_leads_to_the_whole_ask_and_to_its_withdrawal(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket")
    receipt = slack.sees_message(ann, "Filed as #1", where="ephemeral")
    slack.click(ann, "Show all", on=receipt)
    assert "Replace the gasket" in slack.reads(ann, "modal")
    slack.close(ann)
    slack.click(ann, "Withdraw ask", on=receipt)
    assert slack.submit(ann) is None
    slack.wait_until_quiet()
    assert filed(world).outcome == "withdrawn"


def test_a_card_speaks_the_language_of_its_channel_and_a_receipt_that_of_its_reader(slack, ann, wei):
    slack.ask(ann, "@finance Pay the gasket")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    slack.sees(wei, "确认接手", where="#finance")


def test_a_day_alone_ends_when_that_department_closes(world, slack, ann):
    slack.ask(ann, "@equipment Replace the gasket by Friday")
    assert filed(world).due.isoformat() == "2026-11-27T10:00:00+00:00"
    slack.ask(ann, "@finance Pay the gasket by Friday")
    assert filed(world, 2).due.isoformat() == "2026-11-27T04:00:00+00:00"


def test_a_handle_that_slack_made_no_token_of_names_the_owner(world, slack, ann, omar, pia):
    slack.ask(ann, "@equipment ＠omar Bring a second pump")
    assert filed(world).owner.id == omar.id
    assert filed(world).what == "Bring a second pump"
    slack.ask(ann, "@equipment ＠Pia Berg: bring a third one")
    assert filed(world, 2).owner.id == pia.id
    assert filed(world, 2).what == "bring a third one"
    slack.ask(ann, "＠pia Calibrate the scales")
    assert filed(world, 3).owner.id == pia.id


def test_somebody_unknown_behind_the_department_is_asked_back(world, slack, ann, omar, lin):
    slack.ask(ann, "@equipment @omer Bring a second pump by Friday 3pm", channel="#ward")
    slack.sees(ann, "Nobody of Equipment is called “omer”", where="ephemeral")
    assert count(world) == 0
    slack.click(ann, "Omar Haddad (@omar)", where="ephemeral")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert filed(world).owner.id == omar.id
    assert filed(world).what == "Bring a second pump"
    slack.ask(ann, "@equipment @peter knows which pump by Friday 3pm", channel="#ward")
    slack.click(ann, "Leave it to Equipment", where="ephemeral")
    assert filed(world, 2).owner.id == lin.id
    assert "peter knows which pump" in filed(world, 2).what


def test_a_time_or_a_department_behind_the_department_is_no_person(world, slack, ann, lin):
    slack.ask(ann, "@equipment @finance waits for your invoice")
    assert filed(world).what == "@finance waits for your invoice"
    assert filed(world).owner.id == lin.id


def test_somebody_alone_who_works_nowhere_is_asked_back(world, slack, ann, vera, lin):
    slack.ask(ann, "@vera Bring a second pump", channel="#ward")
    slack.sees(ann, "works in no department that takes asks", where="ephemeral")
    slack.click(ann, "Equipment", where="ephemeral")
    slack.sees(ann, "Filed as #1", where="ephemeral")
    assert "vera" in filed(world).what
    assert filed(world).owner.id == lin.id


def test_help_behind_a_department_is_help(world, slack, ann):
    slack.ask(ann, "@equipment help", channel="#ward")
    slack.sees(ann, "One line is enough", where="ephemeral")
    assert count(world) == 0
