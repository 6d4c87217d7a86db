"""What an app answers to a submitted modal, and what then happens to the person's stack of modals."""

from typing import TYPE_CHECKING, Any

from sandbox import payloads, showing
from sandbox.answers import Answer
from sandbox.apps import App, Grant
from sandbox.blockkit import check_view
from sandbox.outcomes import Outcome
from sandbox.people import Person
from sandbox.views import DEPTH, View
from sandbox.workspace import Workspace

if TYPE_CHECKING:
    from sandbox.slack import Slack

TROUBLE = "We had some trouble connecting. Try again?"


class Submissions:
    """Takes answers to view_submission in one workspace."""

    def __init__(self, slack: "Slack", workspace: Workspace) -> None:
        self.slack = slack
        self.workspace = workspace

    def take(self, person: Person, view: View, app: App, answer: Answer) -> Outcome:
        """Close, keep open with errors, change, stack or clear, as the answer says; trouble keeps the view open."""
        body: Any = answer.body if isinstance(answer.body, dict) else {}
        action = body.get("response_action")
        error = answer.error
        errors: dict[str, str] = {}
        grant = self.slack.grants[self.workspace.installations[app.id].bot_token]
        stack = self.workspace.views.stack(person.id)
        if error is None and view in stack:
            if action == "errors":
                errors = {str(block): str(text) for block, text in (body.get("errors") or {}).items()}
                known = {block.get("block_id") for block in view.blocks if block.get("type") == "input"}
                if not errors or not set(errors) <= known:
                    error, errors = "invalid_response", {}
            elif action in ("update", "push"):
                error = self._show_next(person, view, grant, action, body.get("view"))
            elif action == "clear":
                self.tell_closing(
                    person, showing.clear_views(self.slack, self.workspace, person.id), view, cleared=True
                )
            elif action is None and answer.body in ("", None, {}):
                showing.close_view(self.slack, self.workspace, view)
            else:
                error = "invalid_response"
        if error is not None:
            self.slack.notice(self.workspace, person.id, TROUBLE)
        if errors:
            showing.show_errors(self.slack, self.workspace, view, errors)
        return Outcome(answer.status, answer.body, answer.milliseconds, error, errors, action if not error else None)

    def _show_next(self, person: Person, view: View, grant: Grant, action: str, body: Any) -> str | None:
        if not isinstance(body, dict) or check_view(body):
            return "invalid_response"
        if action == "update":
            showing.update_view(self.slack, self.workspace, view, body)
            return None
        if len(self.workspace.views.stack(person.id)) >= DEPTH:
            return "push_limit_reached"
        showing.push_view(self.slack, self.workspace, grant, person.id, body)
        return None

    def tell_closing(self, person: Person, taken: list[View], submitted: View | None, *, cleared: bool) -> None:
        """Deliver view_closed for each view with notify_on_close, except the one that was submitted."""
        for view in taken:
            if view.body.get("notify_on_close") and view is not submitted:
                app = self.slack.apps[view.app_id]
                payload = payloads.closing(self.workspace, app, person, view, cleared=cleared)
                self.slack.delivery.carry_later(
                    app, "interactive", payload, f"close {view.body.get('callback_id', '')}"
                )
