"""A question that is no longer asked stays with the comment that answered it; nobody else is offered it."""

from classroom.comments.models import Comment
from classroom.core.db import db
from classroom.posts.models import Revision
from classroom.posts.states import State
from classroom.projects.commands import set_prompts
from classroom.projects.queries import prompts_of


def test_an_old_question_stays_with_its_comment_only(make, client_of, monday):
    course = make.course()
    author, writer, other = make.student(course), make.student(course), make.student(course)
    project = make.project(course, post_first=False)
    post = make.post(project, author)
    comment = Comment(
        course_id=course.id,
        project_id=project.id,
        post_id=post.id,
        revision_id=db.session.query(Revision).filter_by(post_id=post.id).one().id,
        author_id=writer.id,
        prompt_id=prompts_of(project.id)[0].id,
        state=State.VISIBLE,
        posted_at=monday,
        body="The map is on the second page, so I looked for the hours in vain.",
        body_html="<p>The map is on the second page, so I looked for the hours in vain.</p>",
    )
    db.session.add(comment)
    db.session.flush()
    set_prompts(project, ["What would you try next?"])
    page = client_of(other).get(f"/posts/{post.public_id}").text
    assert page.count("What works, and why?") == 1  # beside the comment, not among the choices
    assert "What would you try next?" in page
    mine = client_of(writer).get(f"/comments/{comment.public_id}/edit").text
    assert mine.count("What works, and why?") >= 1
