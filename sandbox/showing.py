"""Putting views before people: opening, stacking, changing and closing modals, publishing a Home tab."""

from typing import TYPE_CHECKING

from sandbox.apps import Grant
from sandbox.blocks import complete
from sandbox.shapes import Json
from sandbox.views import View
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack


def open_view(slack: "Slack", workspace: Workspace, grant: Grant, user: str, body: Json) -> View:
    """A new modal at the bottom of an empty stack."""
    view = _view(workspace, grant, user, body, None)
    workspace.views.stack(user).append(view)
    _tell(slack, workspace, view, "view_opened")
    return view


def push_view(slack: "Slack", workspace: Workspace, grant: Grant, user: str, body: Json) -> View:
    """A new modal on top of the others."""
    stack = workspace.views.stack(user)
    view = _view(workspace, grant, user, body, stack[-1] if stack else None)
    stack.append(view)
    _tell(slack, workspace, view, "view_opened")
    return view


def update_view(slack: "Slack", workspace: Workspace, view: View, body: Json) -> None:
    """Another body for an open view; a submission that was answered with errors starts afresh."""
    view.replace(_completed(body))
    _tell(slack, workspace, view, "view_updated")


def show_errors(slack: "Slack", workspace: Workspace, view: View, errors: dict[str, str]) -> None:
    """What is wrong with the entries, below its fields."""
    view.errors = errors
    _tell(slack, workspace, view, "view_updated")


def close_view(slack: "Slack", workspace: Workspace, view: View) -> list[View]:
    """Take a modal away with whatever stands on it. Returns what went, top first."""
    taken = workspace.views.close(view)
    for one in taken:
        tell_closed(slack, workspace, one)
    return taken


def clear_views(slack: "Slack", workspace: Workspace, user: str) -> list[View]:
    """Take all of a person's modals away. Returns what went, top first."""
    taken = workspace.views.clear(user)
    for one in taken:
        tell_closed(slack, workspace, one)
    return taken


def publish_home(slack: "Slack", workspace: Workspace, grant: Grant, user: str, body: Json) -> View:
    """An app's Home tab for one person, new or changed."""
    view = workspace.views.homes.get((user, grant.app.id))
    if view is None:
        view = _view(workspace, grant, user, body, None)
        workspace.views.homes[(user, grant.app.id)] = view
    else:
        view.replace(_completed(body))
    change = {"type": "home", "app": grant.app.id, "view": view.as_slack()}
    slack.stream.tell(workspace.id, change, only=lambda watcher: watcher == user)
    return view


def _completed(body: Json) -> Json:
    return {**body, "blocks": complete(body["blocks"])}


def _view(workspace: Workspace, grant: Grant, user: str, body: Json, below: View | None) -> View:
    view_id = workspace.sequence.identifier("V", workspace.id)
    return View(
        view_id,
        workspace.id,
        grant.app.id,
        grant.bot_id,
        user,
        _completed(body),
        below.root_id if below else view_id,
        below.id if below else None,
        installed_in=grant.organisation_id,
    )


def tell_closed(slack: "Slack", workspace: Workspace, view: View) -> None:
    """Tell the person's page that a modal has gone."""
    _tell(slack, workspace, view, "view_closed")


def _tell(slack: "Slack", workspace: Workspace, view: View, kind: str) -> None:
    stack = [{**one.as_slack(), "errors": one.errors} for one in workspace.views.stack(view.user)]
    change = {"type": kind, "view": {**view.as_slack(), "errors": view.errors}, "view_id": view.id, "stack": stack}
    slack.stream.tell(workspace.id, change, only=lambda watcher: watcher == view.user)
