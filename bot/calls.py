"""Every call of Slack is listened to, whoever makes it: what fails is counted, by method and by Slack's word for it."""

from collections.abc import Callable
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

from slack_bolt.context.respond import Respond
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.webhook import WebhookResponse

from bot.slack_faults import FAULTS, retry_after

RESPONSE_URL = "response_url"  # the method of what is posted there

Failed = Callable[[str, str], None]  # method, code
Limited = Callable[[str, float], None]  # method, for how many seconds Slack wants quiet


class Calls(RetryHandler):
    """Asked by the Slack client whether to try again, after every call: it listens, and says no."""

    def __init__(self, failed: Failed, limited: Limited) -> None:
        super().__init__()
        self._failed, self._limited = failed, limited

    def can_retry(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        """Never."""
        method = _method(request.url)
        if response is None:
            self._failed(method, _reason(error))
        elif response.status_code == 429:
            self._limited(method, retry_after({name: values[0] for name, values in response.headers.items() if values}))
        elif response.status_code != 200:
            self._failed(method, f"http_{response.status_code}")
        elif response.body and not response.body.get("ok", True):
            self._failed(method, str(response.body.get("error")))
        return False

    def answering(self, response_url: str, **given: Any) -> Respond:
        """What Bolt hands to listeners to post to a response_url, listened to as well."""
        return _Heard(self._failed, response_url=response_url, **given)


class _Heard(Respond):
    def __init__(self, failed: Failed, **given: Any) -> None:
        super().__init__(**given)
        self._failed = failed

    def __call__(self, *args: Any, **given: Any) -> WebhookResponse:
        try:
            answer = super().__call__(*args, **given)
        except FAULTS as fault:
            self._failed(RESPONSE_URL, _reason(fault))
            raise
        if answer.status_code != 200:
            self._failed(RESPONSE_URL, f"http_{answer.status_code}")
        return answer


def _method(url: str) -> str:
    """`views.open`, as Slack names it; never the address of a single conversation."""
    path, _, method = urlsplit(url).path.rpartition("/")
    return method if path.endswith("/api") else RESPONSE_URL


def _reason(error: Exception | None) -> str:
    """Why no answer came at all: `TimeoutError`, `ConnectionResetError` …"""
    if isinstance(error, HTTPError):
        return f"http_{error.code}"
    reason = getattr(error, "reason", None)
    return type(reason if isinstance(reason, Exception) else error).__name__
