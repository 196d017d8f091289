"""Drawing the post page, for every view that shows it again."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select

from classroom.access import Actor
from classroom.celebrations.queries import highlighted_among
from classroom.comments import queries
from classroom.comments.coaching import Coaching, Said, coach, has_news
from classroom.comments.examples import subject_of
from classroom.comments.forms import PenForm, ReplyForm
from classroom.comments.judging import Judged, judge_comment
from classroom.comments.page import PostPage, post_page
from classroom.comments.queries_labels import rested_in
from classroom.comments.queries_page import lies_beside
from classroom.comments.reading import Reading
from classroom.comments.threads import CommentRow
from classroom.comments.views_kindness import look_in_pen
from classroom.core.clock import now
from classroom.guidelines.queries import must_acknowledge
from classroom.help_requests.queries_lists import asked_beside
from classroom.help_requests.queries_lists import beside as asked_in
from classroom.help_requests.rules import kind_words, size_words
from classroom.moderation.queries import Entry, record_of, usual_wait_in
from classroom.plans.queries import advice_on
from classroom.posts.states import State
from classroom.web.forms import PlainForm
from classroom.web.numbers import whole

SEEN = 5000  # so many letters of a work tell its subject


@dataclass
class Pen:
    """The pen as it stands: where it goes, and what it says beside the form."""

    form: PenForm
    url: str
    editing: CommentRow | None = None
    coaching: Coaching | None = None
    theirs: str | None = None
    open: bool = False
    stings: tuple[str, ...] = ()


@lies_beside
def _asked(actor: Actor, reading: Reading) -> Select[Any]:
    """Here, where the two domains meet: neither of them knows the other."""
    return asked_in(actor, reading.post.id)


def reading_asked(actor: Actor, post_id: str) -> Reading | None:
    """The finder of the post page: `?revision=2` shows an earlier one."""
    return queries.reading_for(actor, post_id, request.args.get("revision", type=whole))


def draw(
    actor: Actor,
    reading: Reading,
    *,
    form: PenForm | None = None,
    status: int = 200,
    editing: str | None = None,
    page: PostPage | None = None,
    rewriting: bool = False,
    **pen_values: Any,
) -> ResponseReturnValue:
    """The post page. `form` is what was sent; `editing` the public id of a comment that lies in the pen.

    `rewriting`: somebody comes back from the kindness step, to words that would be held.
    """
    page = page or post_page(actor, reading)
    page = page.celebrating(highlighted_among([row.key for row in page.rows]))
    pen = pen_for(page, form, editing)
    if rewriting and (look := look_in_pen(actor, reading, pen.form)) is not None:
        pen.stings, pen.open = tuple(sting.words for sting in look.stings), True
    receipt = page.row(request.args.get("posted"))
    for name, value in pen_values.items():
        setattr(pen, name, value)
    must_agree = page.may_write and must_acknowledge(actor, reading.course_id)
    return render_template(
        "comments/show.html",
        shown=page,
        reading=reading,
        pen=pen,
        receipt=receipt,
        reads_plan=_reads_plan(actor, page),
        advice=advice_on(page.beside, {row.key for row in page.rows if row.acted_revision}),
        asked=asked_beside(page.beside.others.get("ask", ())),
        ask_words={"kind": kind_words, "size": size_words},
        usual=usual_wait_in(reading.course_id) if receipt and receipt.state is State.HELD else None,
        must_agree=must_agree,
        must_learn=page.beside.lesson and page.may_write and not must_agree,
        must_practise=page.beside.sample if page.may_write and not must_agree else None,
        plain=PlainForm(),
        reply_form=ReplyForm(),
        drawn_at=now(),
        record=_last_word(actor, pen.editing),
    ), status


def _reads_plan(actor: Actor, page: PostPage) -> bool:
    """The receiver, and staff in whose care they are."""
    return page.mine or actor.tends(page.reading.course_id, page.reading.author.section_id)


def _last_word(actor: Actor, row: CommentRow | None) -> Entry | None:
    """What a person said when a comment came back, for its writer; only asked for then."""
    if row is None or row.state not in {State.HELD, State.RETURNED}:
        return None
    comment = queries.comment_for(actor, row.id)
    entries = record_of(actor, comment) if comment else []
    return entries[-1] if entries else None


def pen_for(page: PostPage, form: PenForm | None, editing: str | None = None) -> Pen:
    """The pen with what was sent, else with the draft or the comment that is rewritten."""
    row = page.row(editing)
    url = (
        url_for("comments.edit", comment_id=editing)
        if row
        else url_for("comments.post", post_id=page.reading.post.public_id)
    )
    sent = form is not None
    form = form or PenForm()
    form.offer(page.beside.prompts)
    if not sent and row is None and page.draft is not None:
        form.fill(page.draft, page.beside.prompts, page.reading.revision.number)
    if not form.revision.data:
        form.revision.data = str(page.reading.revision.number)
    return Pen(form, url, editing=row, open=sent or row is not None)


def coaching_for(
    actor: Actor, reading: Reading, form: PenForm, besides: int | None = None, *, asked: bool = True
) -> Coaching | None:
    """What the coach says to the words in the pen; nothing is saved, and no answer key can be felt out.

    None when the project has no coach, and, unless somebody `asked`, when nothing is new since last time.
    """
    if not reading.project.coach:
        return None
    body, said = form.body.data or "", Said.read(request.form.get("said"))
    judged = _judged_in_pen(actor, reading, form, besides) if body.strip() else None
    if not asked and not has_news(judged, body, said):
        return None
    about = f"{reading.project.title} {reading.project.brief_text} {reading.revision.text[:SEEN]}"
    return coach(judged, body, said, subject_of(about))


def _judged_in_pen(actor: Actor, reading: Reading, form: PenForm, besides: int | None) -> Judged:
    return judge_comment(
        form.body.data or "",
        project=reading.project,
        post_text=reading.revision.text,
        quote=form.quote.data or None,
        before=queries.said_before(reading.course_id, actor.person_id, reading.post.id, besides),
        rested=rested_in(reading.course_id),
    )
