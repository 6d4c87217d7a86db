"""Is this phrase what the asker wishes, or does the date belong to a thing?

"the May 14 report by Monday": Monday is wished, May 14 is not. Where a phrase stands decides it: behind "by" or before
前 it is a wish, at the end or the beginning of a sentence too; before a noun it may be either, which is asked back.
"""

import re
from enum import IntEnum

from .line import HIDDEN
from .meanings import (
    CalendarDate,
    Clock,
    Day,
    DayOfMonth,
    Holiday,
    Later,
    Misspelt,
    NotATime,
    Number,
    Period,
    RelativeDay,
    Weekday,
    Weekend,
    WorkingLater,
)
from .moments import Words
from .phrases import Phrase


class Wish(IntEnum):
    """How surely a phrase says when the asker wants the thing."""

    THING = 0
    DOUBTFUL = 1
    BARE = 2
    SPAN = 3
    DEADLINE = 4


_NEAR = 48
_FOLLOWS_WELL = re.compile(
    r"\s*(?:$|[.,;:!?)\]\n，。；：！？）、-]|[^\x00-\x7f]"
    r"|(?:please|pls|plz|thanks|thank|thx|ty|latest|if|so|because|since|for|to|the|a|an|and|but|or|as|when|with|"
    r"via|at|from|"
    r"my|our|your|his|her|their|this|that|it|we|i|you|he|she|they|would|will|can|could|must|should|otherwise|"
    r"then|max|ok|"
    r"okay|urgent|urgently|asap|send|need|needed|by|before|in|on|is fine|is ok|works|would be|before|instead|"
    r"about|into)(?![a-z0-9'])|@)"
)
_YESTERDAYS_WISH = re.compile(r" ?(?:就要|就得|就该|要$|之?前)")
_HAPPENED = re.compile(
    r"(?<![a-z])(?:[a-z]{2,}ed|what|who|when|why|how|which|was|were|had|did|got|broke|fell|came|went|sent|left|lost|"
    r"bought|told|said|gave|took|made|paid|began|since|from|of|until|for|on|as|like)(?![a-z])|[了过的坏到从自是]"
)
_STARTS_TO_ASK = re.compile(
    r"^\W*(?:please |pls )?(?:<?@?\w+>? )?[a-z]{2,}(?: [^ ]+){1,6},? ?$"
    r"|[付交修买换寄发送做办给][^。]{0,20}[，, ]$"
)
_HAS_A_VERB_BEFORE = re.compile(r"(?:is|was|are|were|has|had)(?![a-z])")
_POSSESSIVE = re.compile(r"'s?(?![a-z])|s'")
_GOES_ON = re.compile(r"[./@_\\-][a-z0-9]")
_MORE_TO_COME = re.compile(
    r"(?:,? (?:or|to|till|until|through)|-|/) ?(?:the )?(?:day|week|following|one after|later|weekend|\d|an? |"
    r"one |two |three )"
    r"|,? and (?:an? half|half|\d{1,3} ?(?:m|h|d|w|day|week|min|month))|(?:或|到|至|-)[一二两三四五六七八九十\d]"
)
_NOT_DUE_BEFORE = re.compile(
    r"(?<![a-z0-9])(?:after|since|starting|starts?|started|begins?|beginning|every|each|last|past|as of|"
    r"effective|dated|than|"
    r"previous|earliest|earlier than|opened on|closed on|valid from|re|regarding|per|not|never) (?:the |on |at )?$"
)
_LABEL_BEFORE = re.compile(
    r"(?<![a-z0-9])(?:room|floor|version|ticket|page|step|no|number|nr|item|model|size|type|line|chapter|"
    r"section|gate|level|"
    r"building|unit|bay|ward|task|invoice|order|phase|stage|day|week|sprint|build|release)[. #]{1,2}$"
)
_OF = re.compile(r"(?<![a-z0-9])(?:of|about|covering|minutes|invoice|dated) (?:the )?$")
_DETERMINER = re.compile(
    r"(?<![a-z0-9])(?:the|our|my|your|his|her|their|its|a|an|that|those|these|any|which|upcoming) $"
)
_EVENT_BEFORE = re.compile(
    r"(?<![a-z])(?:meeting|call|workshop|event|visit|flight|appointment|conference|launch|party|interview|"
    r"training|audit|trip|"
    r"holiday|webinar|offsite|lunch|dinner|demo|train|session|review|exam|class|surgery|shift|arrives|arrive|"
    r"leaves|leave|"
    r"departs|starting|happens|held|scheduled|booked|opens|closes|takes place) (?:is |are |will be |starts )?$"
)
_BEFORE_SOMETHING = re.compile(
    r"(?<![a-z])(?:before|until|till|prior to|by|ahead of) (?:the|our|my|your|their|his|her|a) [a-z-]{1,20}"
    r"(?: [a-z-]{1,20}){0,2} (?:on |of |at )?$"
)
_CHANGES = re.compile(
    r"(?<![a-z])(?:increas|rais|reduc|cut|lower|multipl|divid|extend|chang|grow|grew|shift|mov|delay|drop|"
    r"decreas|shorten|"
    r"widen|scal|bump|improv|expand|shrink|exceed)[a-z]{0,5}(?![a-z])"
)
_AGAIN_AND_AGAIN = re.compile(
    r"(?:(?<![a-z])(?:(?:every|each) [a-z]{1,12}|daily|weekly|monthly|yearly|everyday),? |(?:每天|每日|天天|"
    r"每周|每月|每晚|每早|每年|每个工作日) ?)$"
)
_CHINESE_LABEL_BEFORE = re.compile(r"(?:房间|房|室|号码?|编号|楼|层|桌|床|柜|线|门|座|栋|尺码|型号|版本|单号|车|机) ?$")
_CHINESE_NOT_DUE_BEFORE = re.compile(
    r"(?:每个?|最早|不早于|自从?|从|逢|第|这|那|上|有|几|另|以下|如下|哪|某|"
    r"提出?的?)$"
)
_CHINESE_NOT_DUE_AFTER = re.compile(r"(?:之后|以后|后(?!天)|起|开始|以来|来的)")
_AT_THE_EARLIEST = re.compile(
    r",? ?(?:at the (?:very )?earliest|earliest|or later|onwards?|and (?:later|"
    r"after))(?![a-z])"
)
_ANOTHER_HOLIDAY_BEFORE = re.compile(r"(?:节|中秋|国庆|元旦|五一|端午|清明|圣诞|十一)[、和及]?$")
_CHINESE_EVENT_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,4}(?:之前|以前|前)(?![提面后台])")
_CHINESE_LEAD_IN = re.compile(
    r"(?:^|[\s,.;:!?，。；：！？、()（）\ue000]|[请要需望能得于在我们你您帮务必好须可让想最把给])$", re.ASCII
)
_CHINESE_NOUN = re.compile(
    r" ?(?:例会|晨会|早会|晚会|会议|会|开会|活动|报[告表]|发[票布]|培训|航班|班|订单|账|数据|版|课|考试|面试|"
    r"比赛|演出|聚餐|"
    r"值班|上班|休|放假|是|有|还|去|来|菜|餐|饭|午餐|晚餐|订|天气|新闻|股|价|销|流水|库存|计划|安排|日程|行程)"
)
_CHINESE_VERB = re.compile(
    r" ?(?:把|给|要|交|发(?![票布])|完|送|到|用|需|得|能|做|弄|修|办|拿|取|提|付|结|出|上线|搞|买|换|寄|回|帮|"
    r"请|就|我|你|您|"
    r"必|务|可|搞定|处理|准备|安装|检|提供|确认|审|批|采购|更换|调|装|打|写|看|定|让|想|收|拍|预)"
)


def wish_of(phrase: Phrase, text: str, typed: str) -> Wish:
    """How surely the phrase is a wish, judged by the words around it in the folded text, and by capitals as typed."""
    words = Words.sorted_from(phrase.means)
    before, after = text[max(0, phrase.start - _NEAR) : phrase.start], text[phrase.end : phrase.end + _NEAR]
    if (
        not words.names_anything
        or _needs_more(phrase, words, text, typed)
        or _is_of_a_thing(phrase, words, text, before, after)
    ):
        return Wish.THING
    if not phrase.deadline and not phrase.lead and all(isinstance(side[0], Number) for side in phrase.sides):
        return Wish.DOUBTFUL
    if _MORE_TO_COME.match(after) or _ANOTHER_HOLIDAY_BEFORE.search(before):
        return Wish.DOUBTFUL
    if phrase.deadline and not words.days and not words.clocks and text.startswith("morning", phrase.core):
        # By morning: of which day?
        return Wish.DOUBTFUL
    if phrase.deadline:
        return Wish.DOUBTFUL if _is_doubtful_deadline(phrase, words, text, before, after) else Wish.DEADLINE
    if any(isinstance(day, Weekend) for day in words.days) or (words.days and all(map(_is_a_long_period, words.days))):
        return Wish.DOUBTFUL
    if phrase.lead == "between" and not words.days and all(isinstance(one, Number) for one in words.clocks):
        return Wish.DOUBTFUL
    if not words.days and not words.clocks and words.parts and _is_a_mere_part(words):
        return Wish.DOUBTFUL
    if (
        after.lstrip().startswith("of ")
        or _CHINESE_EVENT_BEFORE.match(after)
        or _BEFORE_SOMETHING.search(before + phrase.lead + " ")
    ):
        return Wish.DOUBTFUL
    if _follows_well(after, before) and phrase.lead not in {"for", "about"} and not _EVENT_BEFORE.search(before):
        if _is_span(words):
            return Wish.SPAN
        if phrase.lead == "in" and all(isinstance(day, Period) for day in words.days):
            return Wish.DOUBTFUL
        return Wish.BARE
    if _is_span(words):
        return Wish.BARE
    if _stands_first(before) and words.days and words.clocks and not _CHINESE_NOUN.match(after):
        return Wish.BARE
    return Wish.DOUBTFUL


def _is_span(words: Words) -> bool:
    return bool(words.elapsed) or any(isinstance(day, (Later, WorkingLater)) for day in words.days)


def _needs_more(phrase: Phrase, words: Words, text: str, typed: str) -> bool:
    """Whether the words are a time only beside others: 5, 两点, sun, December, National Day."""
    if phrase.deadline:
        return False
    if any(isinstance(day, (Holiday,)) for day in words.days):
        return True
    days: tuple[Day, ...] = words.days
    alone = phrase.start <= _NEAR and phrase.end + _NEAR >= len(text)
    alone = alone and not (text[: phrase.start] + text[phrase.end :]).strip(" .!?。！？")
    if not words.clocks and not words.parts and len(days) == 1:
        day = days[0]
        if isinstance(day, Weekday) and day.weak and not phrase.lead:
            return not typed[phrase.core].isupper() and not alone
        if isinstance(day, CalendarDate) and day.numeric and all(month > 12 or not month for month, _ in day.readings):
            return True
        if isinstance(day, Period) and not day.end and (day.number or day.year) and not words.vague:
            return phrase.lead != "in"
    if not days and not words.parts and words.clocks:
        if alone and isinstance(words.clocks[0], Clock) and (words.clocks[0].hour, words.clocks[0].minute) != (1, 0):
            return False
        return phrase.lead not in {"at", "@", "between"} and all(
            isinstance(one, Number) or one.bare for one in words.clocks
        )
    if not days and not words.clocks and words.parts and _is_a_mere_part(words):
        # In the afternoon, 下午交; but not in a greeting: good morning, 下午好.
        return phrase.lead != "in" and (text[phrase.core].isascii() or text.startswith("好", phrase.end))
    return False


def _is_a_long_period(day: Day) -> bool:
    return isinstance(day, Period) and not day.end and day.unit in {"quarter", "year"}


def _is_only_a_number(words: Words) -> bool:
    if words.parts or words.elapsed or words.wrong or not all(isinstance(one, Number) for one in words.clocks):
        return False
    return all(isinstance(day, DayOfMonth) for day in words.days)


def _is_a_mere_part(words: Words) -> bool:
    return all(part.name not in {"noon", "midnight", "closing"} for part in words.parts)


def _is_of_a_thing(phrase: Phrase, words: Words, text: str, before: str, after: str) -> bool:
    if not phrase.deadline and (_POSSESSIVE.match(after) or _GOES_ON.match(after)):
        return True
    if after.startswith("的") and not phrase.deadline and not _CHINESE_EVENT_BEFORE.match(after):
        return True
    if _AT_THE_EARLIEST.match(after):
        return True
    if _CHINESE_NOT_DUE_AFTER.match(after) and not _is_span(words):
        return True
    if _AGAIN_AND_AGAIN.search(before) or (
        not phrase.deadline and _CHINESE_LABEL_BEFORE.search(before) and _is_only_a_number(words)
    ):
        return True
    if _NOT_DUE_BEFORE.search(before) or _CHINESE_NOT_DUE_BEFORE.search(before):
        return True
    if not phrase.lead and not phrase.deadline and text[phrase.start].isdigit() and _LABEL_BEFORE.search(before):
        return True
    if phrase.lead in {"from", "从"} and len(phrase.sides) == 1:
        return True
    if (
        any(isinstance(day, Misspelt) for day in words.days)
        and not phrase.deadline
        and not _follows_well(after, before)
    ):
        return True
    if any(isinstance(day, Weekday) and day.week == -1 for day in words.days) and not phrase.deadline:
        return True
    if all(isinstance(day, RelativeDay) and day.days < 0 for day in words.days) and words.days and not phrase.deadline:
        return not _is_wished_for_yesterday(before, after)
    if _is_only_a_number(words) and not _ends_well(after):
        # By 5 people, by the 3rd party, 3号楼.
        return True
    if phrase.deadline:
        return False
    determined = _DETERMINER.search(before) is not None or text[phrase.core : phrase.core + 4] == "the "
    if determined and not _follows_well(after, before):
        return True
    if phrase.lead == "at" and not words.days and words.clocks and all(isinstance(one, Number) for one in words.clocks):
        return False
    if any(isinstance(day, CalendarDate) and day.numeric for day in words.days) and not _follows_well(after, before):
        return True
    return _OF.search(before) is not None


def _is_wished_for_yesterday(before: str, after: str) -> bool:
    """Pay 4711 yesterday; 昨天就要: nobody can grant it: asked back. The pump broke yesterday: when it was."""
    if _YESTERDAYS_WISH.match(after):
        return True
    return not after.strip(" .!！。?？") and not _HAPPENED.search(before) and _STARTS_TO_ASK.search(before) is not None


def _is_doubtful_deadline(phrase: Phrase, words: Words, text: str, before: str, after: str) -> bool:
    if after.startswith("的") or _POSSESSIVE.match(after) or _GOES_ON.match(after):
        return True
    if any(isinstance(one, Number) or one.bare for one in words.clocks) and _CHANGES.search(before):
        return True
    if words.wrong and any(isinstance(one, NotATime) for one in words.wrong):
        return False
    said = text[phrase.start : phrase.core]
    determined = (
        re.search(r"(?:the|our|your|my|this) $", said) is not None or text[phrase.core : phrase.core + 4] == "the "
    )
    if (
        determined
        and not _follows_well(after, before)
        and any(isinstance(d, (Weekday, CalendarDate, RelativeDay)) for d in words.days)
    ):
        return True
    return _CHINESE_EVENT_BEFORE.match(after) is not None and not _ends_with_before(text, phrase)


def _ends_with_before(text: str, phrase: Phrase) -> bool:
    return text[phrase.core : phrase.end].rstrip().endswith(("前", "内", "止"))


def _follows_well(after: str, before: str) -> bool:
    if not after or after[0] == HIDDEN or after.lstrip()[:1] == HIDDEN:
        return True
    sign = after.lstrip()[:1]
    if "\u4e00" <= sign <= "\u9fff":
        if _CHINESE_NOUN.match(after):
            return False
        return bool(_CHINESE_LEAD_IN.search(before) or not before or _CHINESE_VERB.match(after))
    return _FOLLOWS_WELL.match(after) is not None


def _ends_well(after: str) -> bool:
    sign = after.lstrip()[:1]
    if "\u4e00" <= sign <= "\u9fff":
        return after[:1] == " " or _CHINESE_VERB.match(after) is not None
    return _FOLLOWS_WELL.match(after) is not None


def _stands_first(before: str) -> bool:
    return not before.strip(" \n\t,.;:!?-，。；：！？" + HIDDEN)
