"""From an HTTP request to a method and back: arguments, token, scopes, rates, faults, and the answer."""

import asyncio
import base64
import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.apps import Grant
from sandbox.faults import Fault
from sandbox.shapes import Json, read_json
from sandbox.webapi import METHODS
from sandbox.webapi.calls import Arguments, Call, Method, Refused
from sandbox.webapi.whereabouts import workspace_of

if TYPE_CHECKING:
    from sandbox.slack import Slack

BEFORE = ("drop", "error_before", "rate_limited", "refuse", "slow")
AFTER = ("accept_then_drop", "error_after", "internal_error_after")
TOKEN_KINDS = {"bot": "xoxb-", "app": "xapp-"}


@dataclass(frozen=True)
class Given:
    """What came with a request."""

    arguments: Json
    token: str | None
    basic: tuple[str, str] | None


async def answer(slack: "Slack", request: Request) -> Response:
    """The answer to one Web API request."""
    name = request.path_params["method"]
    method = METHODS.get(name)
    at = slack.clock.now().timestamp()
    with slack.traffic.exchange(at, "in", name, None) as entry:
        given = Given({}, None, None)
        try:
            given = await _given(request, method)
            entry.request = {key: value for key, value in given.arguments.items() if key != "token"}
            strike = slack.faults.strike(*BEFORE, method=name)
            response = await _before(request, strike) if strike else None
            if response is None:
                response = JSONResponse(_do(slack, method, given, request), headers=_scopes(slack, method, given))
                after = slack.faults.strike(*AFTER, method=name)
                response = _after(request, after, response) if after else response
        except Refused as refused:
            headers = _scopes(slack, method, given) | _retry_after(refused)
            response = JSONResponse(refused.body, refused.status, headers)
        entry.status = response.status_code
        entry.response = _decoded(bytes(response.body))
    return response


def _decoded(body: bytes) -> object:
    decoded: object = json.loads(body) if body[:1] == b"{" else body.decode()
    return decoded


def _scopes(slack: "Slack", method: Method | None, given: Given) -> dict[str, str]:
    """What Slack tells in every answer: the scopes that the token has, and those that the method takes."""
    grant = slack.grants.get(given.token or "")
    if grant is None or grant.revoked:
        return {}
    accepted = ",".join(method.scopes) if method else ""
    return {"X-OAuth-Scopes": ",".join(grant.scopes), "X-Accepted-OAuth-Scopes": accepted}


def _retry_after(refused: Refused) -> dict[str, str]:
    retry_after = refused.body.pop("retry_after", None)
    return {"Retry-After": str(retry_after)} if retry_after is not None else {}


async def _given(request: Request, method: Method | None) -> Given:
    arguments: Json = dict(request.query_params)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST":
        body = await request.body()
        if content_type == "application/json":
            arguments |= _json_arguments(body, method)
        elif content_type == "multipart/form-data":
            form = await request.form()
            arguments |= {key: value for key, value in form.items() if isinstance(value, str)}
        elif content_type in ("application/x-www-form-urlencoded", ""):
            arguments |= dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
        else:
            raise Refused("invalid_post_type")
    token, basic = _credentials(request.headers.get("authorization", ""))
    return Given(arguments, token or arguments.get("token") or None, basic)


def _json_arguments(body: bytes, method: Method | None) -> Json:
    try:
        decoded: Any = read_json(body or b"{}")
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(decoded, dict):
        raise Refused("json_not_object")
    # Methods that do not take JSON look past the body, as on Slack.
    return decoded if method is None or method.takes_json else {}


def _credentials(header: str) -> tuple[str | None, tuple[str, str] | None]:
    scheme, _, rest = header.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip() or None, None
    if scheme.lower() == "basic":
        with contextlib.suppress(ValueError):
            user, _, password = base64.b64decode(rest).decode().partition(":")
            return None, (user, password)
    return None, None


async def _before(request: Request, fault: Fault) -> Response | None:
    if fault.name == "drop":
        return _dropped(request)
    if fault.name == "error_before":
        return Response("Internal Server Error", 500)
    if fault.name == "rate_limited":
        raise Refused("ratelimited", status=429, retry_after=int(fault.seconds))
    if fault.name == "refuse":
        raise Refused(fault.error)
    await asyncio.sleep(fault.seconds)
    return None


def _after(request: Request, fault: Fault, response: JSONResponse) -> Response:
    if fault.name == "accept_then_drop":
        return _dropped(request)
    if fault.name == "error_after":
        return Response("Internal Server Error", 500)
    return JSONResponse({"ok": False, "error": "internal_error"})


def _dropped(request: Request) -> Response:
    abort = request.scope.get("sandbox.abort")
    if abort is not None:
        abort()
    return Response("", 500)


def _do(slack: "Slack", method: Method | None, given: Given, request: Request) -> Json:
    if method is None:
        raise Refused("unknown_method", req_method=request.path_params["method"])
    with slack.lock:
        grant = _grant(slack, method, given.token)
        if grant is not None and method.scopes and not set(method.scopes) & set(grant.scopes):
            raise Refused("missing_scope", needed=",".join(method.scopes), provided=",".join(grant.scopes))
        arguments = Arguments(given.arguments)
        place = workspace_of(slack, method.name, arguments, grant) if grant is not None else None
        if grant is not None and grant.kind == "bot":
            channel = arguments.text("channel") or None
            team = place.id if place is not None else grant.organisation_id
            wait = slack.rates.retry_after(grant.app.id, team, method.name, method.tier, channel)
            if wait is not None:
                raise Refused("ratelimited", status=429, retry_after=wait)
        _nothing_missing(method, arguments)
        call = Call(slack, method, arguments, grant, slack.base_url, place, given.basic)
        return {"ok": True} | method.act(call)


def _grant(slack: "Slack", method: Method, token: str | None) -> Grant | None:
    if method.tokens == ("none",):
        return None
    if not token:
        raise Refused("missing_args" if method.tokens == ("app",) else "not_authed")
    grant = slack.grants.get(token)
    if grant is None:
        raise Refused("invalid_auth")
    if grant.revoked:
        raise Refused("account_inactive" if grant.uninstalled else "token_revoked")
    if grant.expires is not None and grant.expires <= slack.clock.now():
        raise Refused("token_expired")
    if grant.kind not in method.tokens:
        raise Refused("not_allowed_token_type")
    if grant.kind == "bot" and grant.team_id and slack.workspaces[grant.team_id].people[grant.bot_user_id].deleted:
        raise Refused("account_inactive")
    return grant


def _nothing_missing(method: Method, arguments: Arguments) -> None:
    missing = [name for name in method.required if not arguments.has(name)]
    if not missing:
        return
    code = method.required[missing[0]]
    if code == "invalid_arguments":
        raise Refused(code, *[f"missing required field: {name}" for name in missing])
    raise Refused(code)
