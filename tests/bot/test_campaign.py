"""A small campaign (see tests/campaign.py): two web and two clock processes on PostgreSQL, kills and cuts."""

from pathlib import Path

import pytest

from tests.campaign import campaign


@pytest.mark.timeout(240)
def test_processes_are_killed_and_slack_fails_and_nothing_is_lost_or_said_twice(
    fresh_postgres: str, tmp_path: Path
) -> None:
    report = campaign(tmp_path, fresh_postgres, asks=50, kills=2, victims=("web 1", "web 2"))
    assert report.wrong == []
    assert report.answered > 20
