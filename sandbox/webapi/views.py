"""views.*: modals that stack three deep, and the Home tab."""

from typing import Any

from sandbox import showing
from sandbox.blockkit import check_view
from sandbox.shapes import Json
from sandbox.triggers import Trigger
from sandbox.views import DEPTH, View
from sandbox.webapi.calls import Call, Refused, method
from sandbox.webapi.drafts import refuse


@method("views.open", tier=4, required=("view",), takes_json=True)
def views_open(call: Call) -> Json:
    """Open a modal before the person who has just clicked."""
    body = _body(call, "modal")
    trigger = _trigger(call)
    _external_id_is_free(call, body)
    trigger.used = True
    # A person sees one app's modal at a time: opening another one replaces what stood there.
    for former in call.workspace.views.clear(trigger.user):
        showing.tell_closed(call.slack, call.workspace, former)
    view = showing.open_view(call.slack, call.workspace, call.caller, trigger.user, body)
    return {"view": view.as_slack(with_state=False)}


@method("views.push", tier=4, required=("view",), takes_json=True)
def views_push(call: Call) -> Json:
    """Put a modal on top of the one in which the person has just clicked."""
    body = _body(call, "modal")
    trigger = _trigger(call)
    _external_id_is_free(call, body)
    stack = call.workspace.views.stack(trigger.user)
    if not stack or stack[-1].app_id != call.app.id:
        raise Refused("not_found")
    if len(stack) >= DEPTH:
        raise Refused("push_limit_reached")
    trigger.used = True
    view = showing.push_view(call.slack, call.workspace, call.caller, trigger.user, body)
    return {"view": view.as_slack(with_state=False)}


@method("views.update", tier=4, required=("view",), takes_json=True)
def views_update(call: Call) -> Json:
    """Change a modal that is open."""
    if not (call.arguments.has("view_id") or call.arguments.has("external_id")):
        raise Refused("invalid_arguments", "missing required field: view_id")
    view = call.workspace.views.find(
        call.app.id,
        view_id=call.arguments.text("view_id") or None,
        external_id=None if call.arguments.has("view_id") else call.arguments.text("external_id"),
    )
    if view is None or view.kind != "modal":
        raise Refused("not_found")
    body = _body(call, "modal")
    _external_id_is_free(call, body, view)
    _hash_agrees(call, view)
    showing.update_view(call.slack, call.workspace, view, body)
    return {"view": view.as_slack(with_state=False)}


@method("views.publish", tier=4, required=("user_id", "view"), takes_json=True)
def views_publish(call: Call) -> Json:
    """Show the app's Home tab to one person."""
    body = _body(call, "home")
    if not call.app.manifest.home_tab:
        raise Refused("not_enabled")
    person = call.workspace.people.get(call.arguments.text("user_id"))
    if person is None or person.bot or person.deleted:
        raise Refused("invalid_arguments", "invalid `user_id` [json-pointer:/user_id]")
    present = call.workspace.views.homes.get((person.id, call.app.id))
    _external_id_is_free(call, body, present)
    if present is not None:
        _hash_agrees(call, present)
    view = showing.publish_home(call.slack, call.workspace, call.caller, person.id, body)
    if call.caller.organisation_id:  # nothing in the call says where: it is the person's Home wherever they look
        for place in call.slack.organisations[call.caller.organisation_id].granted(call.app.id):
            if person.id in place.people:
                place.views.homes[(person.id, call.app.id)] = view
    return {"view": view.as_slack(with_state=False)}


def _body(call: Call, kind: str) -> Json:
    view: Any = call.arguments.structure("view", "invalid_arguments")
    refuse(check_view(view))
    if view["type"] != kind:
        allowed = "home" if kind == "home" else "modal"
        raise Refused("invalid_arguments", f"must be of type {allowed} [json-pointer:/view/type]")
    result: Json = view
    return result


def _trigger(call: Call) -> Trigger:
    given = call.arguments.text("trigger_id") or call.arguments.text("interactivity_pointer")
    if not given:
        raise Refused("invalid_arguments", "missing required field: trigger_id")
    trigger = call.slack.triggers.check(given, call.app.id, call.workspace.id)
    if isinstance(trigger, str):
        raise Refused(trigger)
    return trigger


def _external_id_is_free(call: Call, body: Json, own: View | None = None) -> None:
    external_id = body.get("external_id")
    if not external_id:
        return
    holder = call.workspace.views.find(call.app.id, external_id=external_id)
    if holder is not None and holder is not own:
        raise Refused("duplicate_external_id")


def _hash_agrees(call: Call, view: View) -> None:
    if call.arguments.has("hash") and call.arguments.text("hash") != view.hash:
        raise Refused("hash_conflict")
