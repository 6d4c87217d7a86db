"""functions.completeSuccess and functions.completeError: no workflow ever runs here, so nothing can be completed."""

from sandbox.shapes import Json
from sandbox.webapi.calls import Call, Refused, method


@method("functions.completeSuccess", tier=3, required=("function_execution_id", "outputs"), takes_json=True)
def functions_complete_success(call: Call) -> Json:
    """Refuse, as Slack refuses the id of an execution that it does not know."""
    if not isinstance(call.arguments.structure("outputs", "parameter_validation_failed"), dict):
        raise Refused("parameter_validation_failed")
    raise Refused("function_execution_not_found")


@method("functions.completeError", tier=3, required=("function_execution_id", "error"), takes_json=True)
def functions_complete_error(call: Call) -> Json:
    """Refuse, as Slack refuses the id of an execution that it does not know."""
    raise Refused("function_execution_not_found")
