"""What a department promises, in a sentence: "Finance promises this in 2 working days: Thu 14 May 17:00"."""

from datetime import datetime

from handlers.cards import parts
from handlers.words import Words
from store.rules.lead_time import LeadTime
from store.snapshots import Department, Service


def promise(department: Department, service: Service | None, earliest: datetime, words: Words) -> str:
    """For mrkdwn: each reader sees their own zone's time."""
    if department.is_gray_zone:
        return words.say(
            "The gray-zone desk finds out within {span} whose this is; that department says by when: *{time}*",
            span=span(department.lead_time, words),
            time=parts.when_on_weekday(earliest, words),
        )
    return words.say(
        "*{department}* promises this in {span}: *{time}*",
        department=parts.one_line(department.name, 80),
        span=span(service.lead_time if service else department.lead_time, words),
        time=parts.when_on_weekday(earliest, words),
    )


def span(lead_time: LeadTime, words: Words) -> str:
    """A lead time in words."""
    if lead_time.unit == "days":
        return words.count("{n} working day", "{n} working days", lead_time.amount)
    return words.count("{n} working hour", "{n} working hours", lead_time.amount)
