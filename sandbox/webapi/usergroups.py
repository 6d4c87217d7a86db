"""usergroups.*: groups with a handle, on paid plans only."""

from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method


@method("usergroups.list", "usergroups:read", tier=2)
def usergroups_list(call: Call) -> Json:
    """All groups; users, counts and disabled ones on request."""
    _paid(call)
    call.offset()
    groups = [
        group.as_slack(with_users=call.arguments.flag("include_users"), with_count=call.arguments.flag("include_count"))
        for group in call.workspace.usergroups.values()
        if not group.disabled or call.arguments.flag("include_disabled")
    ]
    return {"usergroups": groups}


@method("usergroups.users.list", "usergroups:read", tier=2, required=("usergroup",))
def usergroups_users_list(call: Call) -> Json:
    """The people of one group."""
    _paid(call)
    group = call.workspace.usergroups.get(call.arguments.text("usergroup"))
    if group is None or (group.disabled and not call.arguments.flag("include_disabled")):
        raise Refused("no_such_subteam")
    call.offset()
    return {"users": list(group.users)}


def _paid(call: Call) -> None:
    if not call.workspace.paid:
        raise Refused("plan_upgrade_required")
