"""How an item comes back into a plan, and how a reply is taken back."""

from classroom.access import Actor
from classroom.core.i18n import _
from classroom.plans import commands, commands_replies
from classroom.plans.policy import Plan
from classroom.plans.queries import plan_of
from classroom.undo.commands import Kept, TooLate, undoes


@undoes("plans.remove", "plan:write", plan_of)
def in_the_plan_again(_actor: Actor, plan: Plan, kept: Kept) -> str:
    if not commands.put_back(plan.post, kept):
        raise TooLate
    return _("It is in your plan again.")


@undoes("plans.reply", "plan:reply", plan_of)
def never_said(actor: Actor, plan: Plan, kept: Kept) -> str:
    if not commands_replies.take_back(plan.post, actor.person_id, kept["reply"]):
        raise TooLate
    return _("Your reply is taken back.")
