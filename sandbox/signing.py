"""Slack's request signature, version v0: what an app checks before it believes that a request is Slack's."""

import hashlib
import hmac
import time


def signed_headers(signing_secret: str, body: bytes) -> dict[str, str]:
    """The two headers over ``body``. Real time on purpose: apps compare it with their own real clock (5 minutes)."""
    timestamp = str(int(time.time()))
    base = b"v0:" + timestamp.encode() + b":" + body
    digest = hmac.new(signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
