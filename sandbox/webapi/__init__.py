"""The Web API: one file per family of methods, and ``METHODS``, the list of all of them."""

from sandbox.webapi import (
    auth,
    chat,
    conversations,
    dnd,
    files,
    functions,
    oauth,
    reactions,
    sockets,
    usergroups,
    users,
    views,
)
from sandbox.webapi.calls import METHODS

__all__ = [
    "METHODS",
    "auth",
    "chat",
    "conversations",
    "dnd",
    "files",
    "functions",
    "oauth",
    "reactions",
    "sockets",
    "usergroups",
    "users",
    "views",
]
