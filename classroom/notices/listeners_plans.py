"""What became of advice, told to whoever gave it; and what staff say to a plan, told to its author."""

from classroom.core.events import listens
from classroom.notices import queries
from classroom.notices.commands import tell, unsay
from classroom.notices.models import NoticeKind
from classroom.plans.commands import AdviceAnswered
from classroom.plans.commands_replies import PlanReplied, PlanReplyTakenBack
from classroom.plans.queries import item_with_post


@listens(AdviceAnswered)
def advice_answered(event: AdviceAnswered) -> None:
    item, comment, post = item_with_post(event.item_id)
    tell(
        event.course_id,
        [event.writer_id],
        NoticeKind.ADVICE_ANSWERED,
        f"advice:{comment.id}",
        comment=comment.public_id,
        outcome=event.outcome.value,
        note="" if item.withheld else item.words,
        revision=item.revision,
        post=post.public_id,
        title=post.title,
        project=post.project.public_id,
        project_title=post.project.title,
    )


@listens(PlanReplied)
def plan_replied(event: PlanReplied) -> None:
    post = queries.post_with_project(event.post_id)
    tell(
        event.course_id,
        [event.receiver_id],
        NoticeKind.PLAN_REPLIED,
        f"plan-reply:{event.reply_id}:",
        post=post.public_id,
        title=post.title,
        project=post.project.public_id,
        project_title=post.project.title,
    )


@listens(PlanReplyTakenBack)
def plan_reply_taken_back(event: PlanReplyTakenBack) -> None:
    unsay(event.receiver_id, [f"plan-reply:{event.reply_id}:"])
