"""The settings of a department, for its lead and admins: each part as it stands, with the button that changes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.cards import ladder, parts, promise, times
from handlers.cards.parts import Block
from handlers.words import LANGUAGES, Words, language_of
from handlers.words.countries import country
from store.snapshots import Department

LISTED = 25  # people named in one part; the rest is counted


@dataclass(frozen=True, slots=True)
class Standing:
    """How its rota stands. `on_duty`: who has today; `gaps`, `absences`: working days of the next four weeks on which
    nobody, or somebody who is away, is on duty."""

    on_duty: str | None = None
    gaps: int = 0
    absences: int = 0


def overview(
    department: Department,
    standing: Standing,
    words: Words,
    told: str = "",
    *,
    is_new: bool = False,
    desk: Department | None = None,
    may_mark: bool = False,
) -> Block:
    """The window. `told`: what was done a moment ago, as mrkdwn. `is_new`: with what comes next, on top.

    `desk`: the gray-zone desk; `may_mark`: whether the reader may make this department it.
    """
    carried = str(department.id)
    blocks: list[Block | None] = [
        parts.header(department.name),
        parts.section(told) if told else None,
        _next_steps(department, words) if is_new else None,
        _part(words.say("Names and channel"), _names(department, words), "department.names", carried, words),
        _part(words.say("People"), _people(department, words), "department.people", carried, words),
        _part(words.say("Working hours"), _hours(department, words), "department.hours", carried, words),
        _part(
            words.say("Lead time"),
            words.say("{span}, where no service says otherwise.", span=promise.span(department.lead_time, words)),
            "department.lead_time",
            carried,
            words,
        ),
        _part(words.say("Services"), _services(department, words), "services.open", carried, words),
        _part(words.say("Nudges"), ladder.on_overview(department, words), "ladder.open", carried, words),
        _part(words.say("Duty rota"), _rota(department, standing, words), "duty.people", carried, words),
        _part(words.say("Deputies"), _deputies(department, words), "department.deputies", carried, words),
        _gray_zone(department, desk, may_mark, words),
        parts.divider(),
        parts.actions(
            parts.button(words.say("What others see"), "department.see", carried),
            parts.button(words.say("What changed"), "department.history", carried),
            parts.button(words.say("Cover a day"), "duty.cover", carried),
            parts.button(words.say("Close this department"), "department.close", carried),
        ),
    ]
    return {
        "type": "modal",
        "callback_id": "department_overview",
        "title": {"type": "plain_text", "text": words.say("Department")},
        "close": {"type": "plain_text", "text": words.say("Close")},
        "blocks": [block for block in blocks if block],
    }


def _part(name: str, said: str, action_id: str, carried: str, words: Words) -> Block:
    return parts.section(f"*{name}*\n{said}", parts.button(words.say("Edit"), action_id, carried))


def _next_steps(department: Department, words: Words) -> Block:
    example = parts.one_line(department.key, 40)
    return parts.context(
        words.say(
            "Anybody can ask it now: `/ask @{department} …`. Next, if you like: its services, its rota.",
            department=example,
        )
    )


def _names(department: Department, words: Words) -> str:
    lines = [
        words.say(
            "{names}; key {key}; {channel}, cards in {language}.",
            names=", ".join(parts.one_line(name, 80) for name in department.names),
            key=parts.one_line(department.key, 60),
            channel=parts.channel(department.channel_id),
            language=LANGUAGES[language_of(department.locale)],
        )
    ]
    if department.usergroup_id:
        lines.append(words.say("User group: {group}.", group=f"<!subteam^{department.usergroup_id}>"))
    if department.guests_may_ask:
        lines.append(words.say("Guests may ask, too."))
    return "\n".join(lines)


def _people(department: Department, words: Words) -> str:
    lead = words.say("{person} leads it.", person=parts.person(department.lead_id))
    if not department.member_ids:
        return lead
    return f"{lead}\n{_listed([parts.person(one) for one in department.member_ids], words)}"


def _hours(department: Department, words: Words) -> str:
    calendar = department.calendar
    place = country(calendar.country, words) if calendar.country else ""
    if calendar.region:
        place += f" ({calendar.region})"
    free = words.say("Holidays of {country}.", country=place) if place else words.say("No public holidays.")
    lines = [
        parts.one_line(times.working_hours(calendar.hours, words), 600),
        words.say("{zone}. {holidays}", zone=parts.one_line(calendar.zone), holidays=free),
    ]
    if calendar.closed:
        days = sorted(day.isoformat() for day in calendar.closed)
        lines.append(words.say("Closed on {days}.", days=_listed(days, words)))
    return "\n".join(lines)


def _services(department: Department, words: Words) -> str:
    if not department.services:
        return words.say("None yet. Say how long what takes, what it needs to start, and who owns it.")
    named = [f"{parts.one_line(one.name, 80)} ({promise.span(one.lead_time, words)})" for one in department.services]
    return _listed(named, words)


def _rota(department: Department, standing: Standing, words: Words) -> str:
    if not department.rota.people and not department.rota.covers:
        lead = parts.person(department.lead_id)
        return words.say("There is no rota: what comes in goes to {lead}, the lead.", lead=lead)
    lines = [_listed([parts.person(one) for one in department.rota.people], words)] if department.rota.people else []
    if standing.on_duty:
        lines.append(words.say("On duty today: {person}.", person=parts.person(standing.on_duty)))
    if standing.gaps:
        lines.append(
            words.count(
                "*{n} working day has nobody on duty:* the lead gets what comes in.",
                "*{n} working days have nobody on duty:* the lead gets what comes in.",
                standing.gaps,
            )
        )
    if standing.absences:
        lines.append(
            words.count(
                "*On {n} working day who is on duty is away:* their deputy gets what comes in, else the lead.",
                "*On {n} working days who is on duty is away:* their deputy gets what comes in, else the lead.",
                standing.absences,
            )
        )
    return "\n".join(lines)


def _gray_zone(department: Department, desk: Department | None, may_mark: bool, words: Words) -> Block:
    """Which department owns what fits none, and for admins the button that makes it this one."""
    if department.is_gray_zone:
        said = words.say("This is the gray-zone desk: it owns what fits no department, and places it.")
    elif desk is not None:
        said = words.say("{desk} owns what fits no department, and places it.", desk=parts.one_line(desk.name, 80))
    else:
        said = words.say("There is no desk: who asks nobody in particular is asked back whom they mean.")
    name, button = words.say("Gray zone"), None
    if may_mark and not department.is_gray_zone:
        button = parts.button(words.say("Make it the desk"), "department.desk", str(department.id))
        asked = words.say("What fits no department goes to {department} from now on.", department=department.name)
        button["confirm"] = {
            "title": {"type": "plain_text", "text": words.say("Make it the desk")},
            "text": {"type": "plain_text", "text": parts.plain(asked, 300)},
            "confirm": {"type": "plain_text", "text": words.say("Make it the desk")},
            "deny": {"type": "plain_text", "text": words.say("Cancel")},
        }
    elif may_mark:
        button = parts.button(words.say("No desk any more"), "department.no_desk", str(department.id))
    return parts.section(f"*{name}*\n{said}", button)


def _deputies(department: Department, words: Words) -> str:
    if not department.deputies:
        return words.say("None. Who is away without naming a deputy is replaced by the lead.")
    pairs = [
        words.say("{deputy} for {person}", deputy=parts.person(deputy), person=parts.person(person))
        for person, deputy in department.deputies
    ]
    return _listed(pairs, words)


def _listed(shown: Sequence[str], words: Words) -> str:
    """With commas; what is too much for a window is counted."""
    named = ", ".join(shown[:LISTED])
    if len(shown) <= LISTED:
        return named
    return words.count("{named} and {n} more", "{named} and {n} more", len(shown) - LISTED, named=named)
