"""English phrases and the instants that people mean by them, worked out by hand on a calendar."""

import pytest

from .scenes import (
    AT_NIGHT,
    AT_THE_WARD,
    BEFORE_NATIONAL_DAY,
    BEFORE_SPRING_FESTIVAL,
    BERLIN_IN_MARCH,
    BERLIN_IN_OCTOBER,
    FRIDAY_EVENING,
    FROM_NEW_YORK,
    IN_NEW_YORK,
    WEDNESDAY,
    Scene,
)

# Said on Wednesday, 13 May 2026, at 10:00 to a department that works from 9:00 to 18:00, Monday to Friday.
ON_A_WEDNESDAY = """
today                                   | 2026-05-13 18:00
by today                                | 2026-05-13 18:00
eod                                     | 2026-05-13 18:00
by EOD                                  | 2026-05-13 18:00
by end of day                           | 2026-05-13 18:00
by the end of the day                   | 2026-05-13 18:00
COB                                     | 2026-05-13 18:00
by close of business                    | 2026-05-13 18:00
tomorrow                                | 2026-05-14 18:00
by tomorrow                             | 2026-05-14 18:00
by tmrw                                 | 2026-05-14 18:00
before tomorrow                         | 2026-05-14 18:00
eod tomorrow                            | 2026-05-14 18:00
by end of day tomorrow                  | 2026-05-14 18:00
the day after tomorrow                  | 2026-05-15 18:00
by Friday                               | 2026-05-15 18:00
by Fri                                  | 2026-05-15 18:00
by fri                                  | 2026-05-15 18:00
before Friday                           | 2026-05-15 18:00
until Friday                            | 2026-05-15 18:00
due Friday                              | 2026-05-15 18:00
on Friday                               | 2026-05-15 18:00
Friday                                  | 2026-05-15 18:00
no later than Friday                    | 2026-05-15 18:00
by Friday at the latest                 | 2026-05-15 18:00
needed by: Friday                       | 2026-05-15 18:00
deadline: Friday                        | 2026-05-15 18:00
EOD Friday                              | 2026-05-15 18:00
by close of business on Friday          | 2026-05-15 18:00
end of Friday                           | 2026-05-15 18:00
by Wednesday                            | 2026-05-13 18:00
by Tuesday                              | 2026-05-19 18:00
by Monday                               | 2026-05-18 18:00
this Friday                             | 2026-05-15 18:00
coming Friday                           | 2026-05-15 18:00
this coming Friday                      | 2026-05-15 18:00
next Friday                             | 2026-05-22 18:00
by next Monday                          | 2026-05-18 18:00
Friday next week                        | 2026-05-22 18:00
next week Friday                        | 2026-05-22 18:00
Tuesday of next week                    | 2026-05-19 18:00
Friday week                             | 2026-05-22 18:00
by Friday 3pm                           | 2026-05-15 15:00
by 3pm on Friday                        | 2026-05-15 15:00
by 3 pm Friday                          | 2026-05-15 15:00
Friday at 15:00                         | 2026-05-15 15:00
Friday by 3pm                           | 2026-05-15 15:00
before Friday 5pm                       | 2026-05-15 17:00
by Friday noon                          | 2026-05-15 12:00
by noon on Friday                       | 2026-05-15 12:00
by Friday 12pm                          | 2026-05-15 12:00
Friday morning                          | 2026-05-15 12:00
by Friday afternoon                     | 2026-05-15 18:00
tomorrow morning                        | 2026-05-14 12:00
tomorrow afternoon                      | 2026-05-14 18:00
this afternoon                          | 2026-05-13 18:00
this morning                            | 2026-05-13 12:00
tomorrow morning at 9                   | 2026-05-14 09:00
tomorrow at 3                           | 2026-05-14 15:00
by 10 tomorrow                          | 2026-05-14 10:00
tonight at 8                            | 2026-05-13 20:00
by 8 tonight                            | 2026-05-13 20:00
by noon                                 | 2026-05-13 12:00
by 12pm                                 | 2026-05-13 12:00
by 12                                   | 2026-05-13 12:00
by midday                               | 2026-05-13 12:00
by midnight                             | 2026-05-14 00:00
by midnight tomorrow                    | 2026-05-15 00:00
by 24:00                                | 2026-05-14 00:00
by 3pm                                  | 2026-05-13 15:00
by 3 p.m.                               | 2026-05-13 15:00
by 3:30pm                               | 2026-05-13 15:30
by 3:30                                 | 2026-05-13 15:30
by 3                                    | 2026-05-13 15:00
before 5                                | 2026-05-13 17:00
at 5                                    | 2026-05-13 17:00
by 6                                    | 2026-05-13 18:00
by 15:00                                | 2026-05-13 15:00
by 15h                                  | 2026-05-13 15:00
by 11pm                                 | 2026-05-13 23:00
by three o'clock                        | 2026-05-13 15:00
by half past three                      | 2026-05-13 15:30
by quarter to five                      | 2026-05-13 16:45
by a quarter past two                   | 2026-05-13 14:15
in 2 hours                              | 2026-05-13 12:00
within 2 hours                          | 2026-05-13 12:00
in an hour                              | 2026-05-13 11:00
in half an hour                         | 2026-05-13 10:30
in an hour and a half                   | 2026-05-13 11:30
in 1.5 hours                            | 2026-05-13 11:30
within 90 minutes                       | 2026-05-13 11:30
in 30 min                               | 2026-05-13 10:30
in a day or two                         | 2026-05-15 10:00
in a quarter of an hour                 | 2026-05-13 10:15
by end June                             | 2026-06-30 18:00
by New Year's Eve                       | 2026-12-31 18:00
by tomorrow or the day after            | 2026-05-15 18:00
by close                                | 2026-05-13 18:00
later today                             | 2026-05-13 18:00
in 2h 30m                               | 2026-05-13 12:30
within 24h                              | 2026-05-14 10:00
within 48 hours                         | 2026-05-15 10:00
in 3 days                               | 2026-05-16 10:00
within three days                       | 2026-05-16 10:00
in a week                               | 2026-05-20 10:00
in two weeks                            | 2026-05-27 10:00
in 2-3 weeks                            | 2026-06-03 10:00
in 3 or 4 days                          | 2026-05-17 10:00
two weeks from now                      | 2026-05-27 10:00
in a month                              | 2026-06-13 10:00
in 1 working day                        | 2026-05-14 10:00
in 3 working days                       | 2026-05-18 10:00
within 5 business days                  | 2026-05-20 10:00
within ten working days                 | 2026-05-27 10:00
in 4 working hours                      | 2026-05-13 14:00
by the end of the week                  | 2026-05-15 18:00
end of week                             | 2026-05-15 18:00
EOW                                     | 2026-05-15 18:00
this week                               | 2026-05-15 18:00
within this week                        | 2026-05-15 18:00
end of next week                        | 2026-05-22 18:00
next week                               | 2026-05-22 18:00
sometime next week                      | 2026-05-22 18:00
by the end of the month                 | 2026-05-29 18:00
EOM                                     | 2026-05-29 18:00
month-end                               | 2026-05-29 18:00
end of next month                       | 2026-06-30 18:00
end of quarter                          | 2026-06-30 18:00
end of Q3                               | 2026-09-30 18:00
end of the year                         | 2026-12-31 18:00
by end of August                        | 2026-08-31 18:00
by end of 2026                          | 2026-12-31 18:00
before the weekend                      | 2026-05-15 18:00
by the weekend                          | 2026-05-15 18:00
by May 14                               | 2026-05-14 18:00
May 14th                                | 2026-05-14 18:00
14 May                                  | 2026-05-14 18:00
by the 14th of May                      | 2026-05-14 18:00
14-May-2026                             | 2026-05-14 18:00
by May 20, 2026                         | 2026-05-20 18:00
on Friday, May 15                       | 2026-05-15 18:00
Fri 15 May 2026 at 14:30                | 2026-05-15 14:30
by May 15 at 2pm                        | 2026-05-15 14:00
by January 5                            | 2027-01-05 18:00
by March 3rd                            | 2027-03-03 18:00
by the first of June                    | 2026-06-01 18:00
by the 25th                             | 2026-05-25 18:00
by the 4th                              | 2026-06-04 18:00
on the 1st of next month                | 2026-06-01 18:00
by 5/14                                 | 2026-05-14 18:00
by 14/5                                 | 2026-05-14 18:00
by 14.5.                                | 2026-05-14 18:00
by 28.05.2026                           | 2026-05-28 18:00
by 5/28/26                              | 2026-05-28 18:00
by 8/8/2028                             | 2028-08-08 18:00
by Tue 02/06                            | 2026-06-02 18:00
by 2026-06-03                           | 2026-06-03 18:00
by 2026/06/03                           | 2026-06-03 18:00
by 2026-06-03 15:00                     | 2026-06-03 15:00
2026-06-03T15:00                        | 2026-06-03 15:00
2026-06-03T15:00:00Z                    | 2026-06-03 23:00
2026-06-03T15:00+02:00                  | 2026-06-03 21:00
2026-06-03T15:00-05:00                  | 2026-06-04 04:00
by 9am UTC                              | 2026-05-13 17:00
by 5pm Beijing time                     | 2026-05-13 17:00
by Friday 9am CET                       | 2026-05-15 15:00
Thu or Fri                              | 2026-05-15 18:00
by Thursday or Friday                   | 2026-05-15 18:00
Thu-Fri                                 | 2026-05-15 18:00
Thursday/Friday                         | 2026-05-15 18:00
Mon to Wed                              | 2026-05-20 18:00
between Monday and Wednesday            | 2026-05-20 18:00
between 2 and 4pm                       | 2026-05-13 16:00
2-4pm                                   | 2026-05-13 16:00
tomorrow 2pm-4pm                        | 2026-05-14 16:00
tomorrow 14:00-16:00                    | 2026-05-14 16:00
today or tomorrow                       | 2026-05-14 18:00
May 18-20                               | 2026-05-20 18:00
18-20 May                               | 2026-05-20 18:00
before National Day                     | 2026-09-30 18:00
before the National Day holiday         | 2026-09-30 18:00
before the Dragon Boat Festival         | 2026-06-18 18:00
before the holiday                      | 2026-06-18 18:00
before Mid-Autumn Festival              | 2026-09-24 18:00
by 7                                    | ? no_hour_fits
by 8:30                                 | ? no_hour_fits
by 9                                    | ? past
by 9am                                  | ? past
by May 11                               | ? past
by the 11th                             | ? past
by yesterday                            | ? past
this Monday                             | ? past
by 2026-05-12                           | ? past
by 03/04                                | ? ambiguous
by 6/7                                  | ? ambiguous
by 3.4.2027                             | ? ambiguous
by next week                            | ? ambiguous
before next week                        | ? ambiguous
by June                                 | ? ambiguous
by 12am tomorrow                        | ? ambiguous
tonight at 2                            | ? ambiguous
30 February                             | ? impossible
by 31 June                              | ? impossible
by the 32nd                             | ? impossible
by 25:00                                | ? impossible
by 3:75                                 | ? impossible
by 13pm                                 | ? impossible
by Friday May 14                        | ? contradiction
tomorrow morning at 3pm                 | ? contradiction
by Wendesday                            | ? misspelt
by Thrusday                             | ? misspelt
by Firday 3pm                           | ? misspelt
by Saturday                             | ? not_a_working_day
by Sunday                               | ? not_a_working_day
before Christmas                        | ? unknown_holiday
by 5pm CST                              | ? unknown_zone
by 5pm Mars time                        | ? unknown_zone
tonight                                 | ? vague
tomorrow night                          | ? vague
first thing tomorrow                    | ? vague
early next week                         | ? vague
late Friday                             | ? vague
mid-June                                | ? vague
in a few days                           | ? vague
two days before Friday                  | ? vague
by 1700                                 | ? vague
by 20                                   | ? vague
by noon the next day                    | ? vague
by mid next week                        | ? vague
by Friday or the day after              | ? ambiguous
in 1 day and 4 hours                    | ? ambiguous
in 99999 days                           | ? too_far
"""

# Said on Friday, 15 May 2026, at 19:00: the department has closed.
ON_A_FRIDAY_EVENING = """
by Friday                               | 2026-05-22 18:00
by Friday 3pm                           | 2026-05-22 15:00
by Friday 9pm                           | ? ambiguous
this Friday                             | ? past
by today                                | ? past
eod                                     | ? past
end of week                             | ? past
before the weekend                      | ? past
by 3                                    | ? past
this afternoon                          | ? past
today 9pm                               | 2026-05-15 21:00
by midnight                             | 2026-05-16 00:00
in 1 working day                        | 2026-05-18 18:00
tomorrow 10am                           | 2026-05-16 10:00
tomorrow                                | ? not_a_working_day
Mon or Tue                              | 2026-05-19 18:00
Fri to Mon                              | 2026-05-25 18:00
"""

# 9 February 2026 in China: Saturday the 14th is worked, the holiday lasts from the 15th to the 23rd.
BEFORE_THE_SPRING_FESTIVAL = """
before Spring Festival                  | 2026-02-14 18:00
before Chinese New Year                 | 2026-02-14 18:00
before the holiday                      | 2026-02-14 18:00
end of the week                         | 2026-02-14 18:00
by Saturday                             | 2026-02-14 18:00
before the weekend                      | 2026-02-14 18:00
in 6 working days                       | 2026-02-24 10:00
by next Monday                          | ? not_a_working_day
end of the month                        | 2026-02-28 18:00
"""

BEFORE_THE_NATIONAL_DAY = """
before National Day                     | 2026-09-30 18:00
by end of quarter                       | 2026-09-30 18:00
end of the week                         | 2026-09-30 18:00
in 4 working days                       | 2026-10-09 10:00
next week                               | 2026-10-10 18:00
"""

# Thursday, 26 March 2026, 11:00; Friday ends at 14:00. On Sunday 02:00 becomes 03:00. Good Friday is 3 April.
IN_BERLIN_IN_MARCH = """
by Friday                               | 2026-03-27 14:00
end of the week                         | 2026-03-27 14:00
by 2 tomorrow                           | 2026-03-27 14:00
tomorrow afternoon                      | 2026-03-27 18:00
end of month                            | 2026-03-31 16:30
before Easter                           | 2026-04-02 16:30
before Good Friday                      | 2026-04-02 16:30
before Ascension Day                    | 2026-05-13 16:30
before Corpus Christi                   | 2026-06-03 16:30
before Christmas                        | 2026-12-24 16:30
in 72 hours                             | 2026-03-29 12:00
in 3 days                               | 2026-03-29 11:00
Sunday at 2:30am                        | ? skipped_by_clock_change
Sunday at 3:30am                        | 2026-03-29 03:30
in 2 working days                       | 2026-03-30 11:00
by 5                                    | ? no_hour_fits
by 13.4.                                | 2026-04-13 16:30
before National Day                     | ? unknown_holiday
"""

# Thursday, 22 October 2026, 11:00. On Sunday 03:00 becomes 02:00.
IN_BERLIN_IN_OCTOBER = """
Sunday at 2:30am                        | 2026-10-25 02:30
in 3 days                               | 2026-10-25 11:00
in 72 hours                             | 2026-10-25 10:00
end of month                            | 2026-10-30 14:00
"""

# Wednesday, 18 November 2026, 10:00; 9:00 to 17:00.
IN_THE_US = """
before Thanksgiving                     | 2026-11-25 17:00
before Christmas                        | 2026-12-24 17:00
by 5                                    | 2026-11-18 17:00
by EOD Friday                           | 2026-11-20 17:00
by 5pm ET                               | 2026-11-18 17:00
by noon PT                              | 2026-11-18 15:00
"""

# Round the clock, every day, no holidays.
ROUND_THE_CLOCK = """
today                                   | 2026-05-14 00:00
by Sunday                               | 2026-05-18 00:00
end of month                            | 2026-06-01 00:00
by 3                                    | ? ambiguous
by 15:00                                | 2026-05-13 15:00
before the holiday                      | ? unknown_holiday
"""

# 22:00 to 06:00, Monday to Friday; said at 21:00.
ON_THE_NIGHT_SHIFT = """
today                                   | 2026-05-14 06:00
by 5 tomorrow                           | 2026-05-14 05:00
by 11                                   | 2026-05-13 23:00
"""

# Asked in New York on Tuesday 21:30, of Shanghai, where it is Wednesday 9:30. Dates end in Shanghai, at 6:00 here.
FROM_AFAR = """
tomorrow                                | 2026-05-13 06:00
by Friday                               | 2026-05-15 06:00
today                                   | ? past
today 11pm                              | 2026-05-12 23:00
in 2 hours                              | 2026-05-12 23:30
in 1 working day                        | 2026-05-13 21:30
tomorrow at 3                           | ? ambiguous
"""


def rows(table: str) -> list[tuple[str, str]]:
    pairs = (line.split("|") for line in table.strip().splitlines())
    return [(said.strip(), meant.strip()) for said, meant in pairs]


@pytest.mark.parametrize(
    ("where", "said", "meant"),
    [
        (where, said, meant)
        for where, table in (
            (WEDNESDAY, ON_A_WEDNESDAY),
            (FRIDAY_EVENING, ON_A_FRIDAY_EVENING),
            (BEFORE_SPRING_FESTIVAL, BEFORE_THE_SPRING_FESTIVAL),
            (BEFORE_NATIONAL_DAY, BEFORE_THE_NATIONAL_DAY),
            (BERLIN_IN_MARCH, IN_BERLIN_IN_MARCH),
            (BERLIN_IN_OCTOBER, IN_BERLIN_IN_OCTOBER),
            (IN_NEW_YORK, IN_THE_US),
            (AT_THE_WARD, ROUND_THE_CLOCK),
            (AT_NIGHT, ON_THE_NIGHT_SHIFT),
            (FROM_NEW_YORK, FROM_AFAR),
        )
        for said, meant in rows(table)
    ],
)
def test_a_phrase_is_the_instant_that_is_meant(where: Scene, said: str, meant: str) -> None:
    assert where.due(said) == meant
    assert where.due(f"Pay the gasket invoice, {said}, please") == meant
