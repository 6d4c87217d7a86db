"""apps.connections.open: the address of a new Socket Mode connection, for an app-level token."""

from sandbox.shapes import Json
from sandbox.webapi.calls import Call, method


@method("apps.connections.open", "connections:write", tier=None, tokens=("app",), takes_json=True)
def apps_connections_open(call: Call) -> Json:
    """A websocket address, good for one connection."""
    return {"url": call.slack.sockets.ticket(call.app.id)}
