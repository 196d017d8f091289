"""The class as a picture: who sees whom, what is too small to say, and that it costs the same at any size."""

from datetime import timedelta

import pytest

from classroom.access import Role
from classroom.comments.models import Comment, Standing
from classroom.core.clock import now
from classroom.core.db import db
from classroom.insights import picture as rules
from classroom.insights import views_picture
from classroom.posts.models import Revision
from classroom.posts.states import State

MOVES = {"specific": True, "praise": False, "reason": True}


@pytest.fixture
def scene(make):
    class Scene:
        course = make.course(make.person("Adaeze Okafor"))
        project = make.project(course, post_first=False)
        a, b = make.section(course, "Alder"), make.section(course, "Thorn")
        url = f"/courses/{course.public_id}/picture"
        posts, people = {}, {}

        def join(self, *names, section=None):
            for name in names:
                person = make.student(self.course, name, section)
                post = make.post(self.project, person)
                post.posted_at = now() - timedelta(hours=30)
                self.people[name], self.posts[name] = person, post
            db.session.flush()

        def say(self, giver, receiver, *, hours=20, standing=Standing.COUNTS, state=State.VISIBLE):
            post = self.posts[receiver]
            revision = db.session.query(Revision.id).filter_by(post_id=post.id).scalar()
            db.session.add(
                Comment(
                    course_id=post.course_id,
                    project_id=post.project_id,
                    post_id=post.id,
                    revision_id=revision,
                    author_id=self.people[giver].id,
                    state=state,
                    standing=standing,
                    body="On my phone the menu is at the bottom.",
                    verdict={"moves": MOVES},
                    posted_at=now() - timedelta(hours=hours),
                )
            )

    made = Scene()
    made.join("Aylin", "Berta", "Cem", "Dana", "Emil", section=made.a)
    made.join("Farah", "Gio", "Hana", "Ida", "Jonas", "Kofi", section=made.b)
    for giver, receiver in [("Aylin", "Berta"), ("Berta", "Aylin"), ("Cem", "Aylin"), ("Farah", "Aylin")]:
        made.say(giver, receiver)
    for giver, receiver in [("Gio", "Hana"), ("Aylin", "Gio"), ("Farah", "Gio"), ("Hana", "Ida")]:
        made.say(giver, receiver)
    made.say("Cem", "Dana", standing=Standing.NOT_YET)
    made.say("Emil", "Dana", state=State.WITHDRAWN)
    made.assistant = make.member(made.course, Role.ASSISTANT, "Ines", made.b)
    made.teacher = db.session.get(type(made.assistant), made.project.created_by_id)
    db.session.commit()
    return made


def test_what_the_instructor_sees(scene, client_of):
    page = client_of(scene.teacher).get(scene.url).text
    assert "<svg viewBox" in page
    assert page.count('class="both-ways"') == 2  # one of them in the legend
    assert page.count('class="one-way"') == 7
    assert "14 %" in page  # one pair of seven helped both ways
    assert "of 7 pairs" in page
    assert "between 3 % and 51 %, most likely" in page
    assert "89 %" in page
    assert "from 9 comments" in page
    assert "10 hours" in page
    assert "5 posts wait still" in page
    alone = page.split('id="alone"')[1].split("</section>")[0]
    assert all(name in alone for name in ("Dana", "Emil", "Jonas", "Kofi"))
    assert "Ida" not in alone
    unheard = page.split('id="unheard"')[1].split("</section>")[0]
    assert "Cem" in unheard
    assert "/coverage?show=short" in unheard


def test_the_first_comment_is_a_classmates(scene, client_of):
    """Staff who answer within the hour hide no wait."""
    scene.people["Ines"] = scene.assistant
    for receiver in ("Emil", "Berta"):
        scene.say("Ines", receiver, hours=29)
    db.session.commit()
    page = client_of(scene.teacher).get(scene.url).text
    assert "10 hours" in page
    assert "5 posts wait still" in page


def test_an_assistant_sees_their_students_and_only_links_into_them(scene, client_of):
    page = client_of(scene.assistant).get(scene.url).text
    assert "Farah" in page
    assert not any(name in page for name in ("Aylin", "Berta", "Cem", "Dana", "Emil"))
    assert "1 more from elsewhere" in page
    assert page.count('<g class="dot') == 6
    assert "Alder" not in page


def test_small_groups_say_nothing(scene, client_of, make):
    course = make.course(scene.teacher, "Small")
    four = [make.student(course, name) for name in ("Wen", "Xeni", "Yara", "Zoe")]
    page = client_of(scene.teacher).get(f"/courses/{course.public_id}/picture").text
    assert "Too few to draw" in page
    assert '<svg viewBox="0 0 960' not in page
    assert len(four) == 4
    whole = client_of(scene.teacher).get(scene.url).text
    sections = whole.split('id="sections-title"')[1].split("</section>")[0]
    assert "too few" not in sections
    scene.say("Hana", "Gio")
    for person in ("Emil",):
        make.seat(scene.course, scene.people[person]).left_at = now()
    db.session.commit()
    left = client_of(scene.teacher).get(scene.url).text.split('id="sections-title"')[1]
    assert "too few" in left.split("</section>")[0].split("Thorn")[0]


def test_sections_and_projects_are_addresses(scene, client_of):
    client = client_of(scene.teacher)
    page = client.get(f"{scene.url}?section={scene.a.public_id}").text
    assert "Aylin" in page
    assert "Hana" not in page
    other = client.get(f"{scene.url}?project=nowhere&section=nowhere")
    assert other.status_code == 200
    assert "Hana" in other.text


@pytest.mark.parametrize(("most", "drawable"), [(5, True), (4, False)])
def test_a_class_too_large_to_draw_keeps_its_table_and_figures(scene, client_of, monkeypatch, most, drawable):
    for module in (rules, views_picture):
        monkeypatch.setattr(module, "MOST", most)
    page = client_of(scene.teacher).get(scene.url).text
    assert "lines of help" not in page
    assert "11 students are too many for one picture" in page
    assert ("Choose a smaller section above" in page) is drawable
    assert ("Smaller sections can be made" in page) is not drawable
    assert 'id="n-11"' in page
    assert "help goes both ways" in page


def test_who_may(scene, client_of, make):
    people = [scene.teacher, scene.assistant, scene.people["Aylin"], make.person()]
    assert [client_of(one).get(scene.url).status_code for one in people] == [200, 200, 403, 404]
    observer = make.member(scene.course, Role.OBSERVER)
    assert client_of(observer).get(scene.url).status_code == 403


@pytest.mark.parametrize("more", [0, 40])
def test_it_costs_the_same_at_any_size(scene, client_of, count_queries, more):
    scene.join(*(f"Student {n}" for n in range(more)), section=scene.a)
    for n in range(more):
        scene.say(f"Student {n}", f"Student {(n * 3 + 1) % more}")
    client = client_of(scene.teacher)
    with count_queries() as seen:
        assert client.get(scene.url).status_code == 200
    assert len(seen) == 11, seen
