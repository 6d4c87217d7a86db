"""Who leads a department and who works there has changed, by `/dept` or by the YAML file: those it concerns are told.

A new lead is also handed what the last one has not decided: an objection must not wait for somebody who may not answer.
"""

from store import objecting, outbox
from store.database import Act
from store.plans import Plan


def changed(act: Act, department_id: int, before: Plan, after: Plan) -> None:
    """Tell the new lead, who is new there and who is there no more; nobody is told of what they did themselves."""
    if after.lead_id != before.lead_id:
        lead(act, department_id, after.lead_id)
        objecting.hand_on(act, department_id, after.lead_id)
    were, are = ({plan.lead_id, *plan.member_ids} for plan in (before, after))
    for person_id in sorted(are - were - {after.lead_id}):
        outbox.post(act, "you_joined", person_id=person_id, by=act.actor_id, department=department_id)
    for person_id in sorted(were - are):
        outbox.post(act, "you_left", person_id=person_id, by=act.actor_id, department=department_id)


def begun(act: Act, department_id: int, plan: Plan) -> None:
    """Somebody has set up a department with `/dept`: tell its lead and its members."""
    lead(act, department_id, plan.lead_id)
    for person_id in sorted({*plan.member_ids} - {plan.lead_id}):
        outbox.post(act, "you_joined", person_id=person_id, by=act.actor_id, department=department_id)


def lead(act: Act, department_id: int, lead_id: str) -> None:
    """Tell somebody that they lead a department from now on."""
    outbox.post(act, "you_lead", person_id=lead_id, by=act.actor_id, department=department_id)
