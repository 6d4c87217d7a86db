"""A small campaign (see tests/campaign): two web and two clock processes on PostgreSQL, kills, cuts."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.campaign import campaign
from tests.campaign.trouble import Plan


@pytest.mark.timeout(240)
def test_processes_are_killed_and_slack_fails_and_nothing_is_lost_or_said_twice(
    fresh_postgres: str, tmp_path: Path
) -> None:
    plan = Plan(kills=2, cuts=15, databases=1, days=timedelta(minutes=50), longest=(2,))
    report = campaign(tmp_path, fresh_postgres, 40, plan, victims=("web 1", "web 2"))
    assert report.wrong == []
    assert report.answered > 20
