"""What the form macros write: labels, words beside the field, the summary, the token."""

import re

import pytest
from flask import Flask, render_template_string
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from classroom.web.forms import BaseForm, OnceForm

PAGE = '{% from "ui/forms.html" import form as form_tag, field, action, search, filters, problems %}'


class Sample(OnceForm):
    """One of each."""

    name = StringField("Name", [DataRequired("Write your name.")], description="As you write it yourself.")
    about = TextAreaField("About you", [Length(max=100)])
    secret = PasswordField("Password")
    who = RadioField(
        "Who sees it?",
        [DataRequired("Choose one.")],
        choices=[SelectChoice("a", "All"), SelectChoice("s", "Staff")],
    )
    zone = SelectField(
        "Zone", choices=[SelectChoice("Europe/Berlin", "Berlin"), SelectChoice("Asia/Tokyo", "Tokyo")]
    )
    agreed = BooleanField("I agree")


@pytest.fixture
def draw(app: Flask):
    def render(text: str, data: dict[str, str] | None = None, **values: object) -> str:
        with app.test_request_context("/", method="POST" if data is not None else "GET", data=data):
            form = Sample.from_request()
            if data is not None:
                form.validate()
            return render_template_string(PAGE + text, form=form, **values)

    return render


def test_a_form_brings_its_token_and_its_key(draw) -> None:
    html = draw("{% call form_tag('/x', form, 'Save it') %}{% endcall %}")
    assert re.search(r'name="csrf_token" value="[^"]{20,}"', html)
    assert re.search(r'name="once" value="[^"]{8,}"', html)
    assert "novalidate" in html


def test_a_button_alone_brings_a_token_too(draw) -> None:
    assert re.search(r'name="csrf_token" value="[^"]{20,}"', draw("{{ action('/x', 'Approve') }}"))


def test_a_form_with_files_can_carry_them(app: Flask) -> None:
    class WithFile(BaseForm):
        paper = FileField("Paper")

    with app.test_request_context("/"):
        html = render_template_string(
            PAGE + "{% call form_tag('/x', form, 'Send') %}{% endcall %}", form=WithFile()
        )
    assert 'enctype="multipart/form-data"' in html


def test_label_hint_and_control_belong_together(draw) -> None:
    html = draw("{{ field(form.name) }}")
    assert '<label for="name">Name</label>' in html
    assert 'id="name-hint">As you write it yourself.' in html
    assert 'aria-describedby="name-hint"' in html
    assert "required" in html
    assert "(optional)" not in html


def test_what_may_stay_empty_says_so(draw) -> None:
    assert "(optional)" in draw("{{ field(form.about) }}")


@pytest.mark.parametrize("name", ["name", "who"])
def test_a_refused_field_says_the_same_on_top_and_beside_itself(draw, name) -> None:
    words = {"name": "Write your name.", "who": "Choose one."}[name]
    html = draw(
        "{% call form_tag('/x', form, 'Save') %}{{ field(form[name]) }}{% endcall %}",
        {"about": "x"},
        name=name,
    )
    summary, beside = html.split("</ul>", 1)
    target = {"name": "name", "who": "who-0"}[name]
    assert f'<a href="#{target}">{words}</a>' in summary
    assert 'role="alert"' in summary
    assert words in beside
    assert f'id="{target}"' in beside
    assert f'id="{name}-error"' in beside


def test_a_page_that_was_open_for_long_says_so_in_plain_words(draw) -> None:
    html = draw("{{ problems(form) }}", {"name": "Maya", "who": "s"})
    assert "This page was open for long." in html
    assert "CSRF" not in html


def test_what_was_typed_comes_back_and_a_password_does_not(draw) -> None:
    html = draw(
        "{{ field(form.about) }}{{ field(form.secret) }}{{ field(form.zone) }}{{ field(form.who) }}",
        {"about": "<b>Ünal & 欧阳</b>\n\nline", "secret": "sesame", "zone": "Asia/Tokyo", "who": "s"},
    )
    assert "&lt;b&gt;Ünal &amp; 欧阳&lt;/b&gt;" in html
    assert "sesame" not in html
    assert '<option value="Asia/Tokyo" selected>' in html
    assert re.search(r'value="s" checked', html)


def test_a_leading_empty_line_survives_a_textarea(draw) -> None:
    """HTML drops the first line break in a textarea; ours writes one for it to drop."""
    assert ">\n" in draw("{{ field(form.about) }}", {"about": "x"}).split("<textarea", 1)[1][:200]


def test_nothing_is_cut_off_while_typing(draw) -> None:
    html = draw("{{ field(form.about) }}")
    assert "maxlength" not in html
    assert 'data-characters="100"' in html


def test_errors_of_the_whole_form_stand_on_top(app: Flask) -> None:
    class Empty(BaseForm):
        pass

    with app.test_request_context("/", method="POST"):
        form = Empty()
        form.refuse(None, "Someone was faster.")
        html = render_template_string(PAGE + "{{ problems(form) }}", form=form)
    assert "Someone was faster." in html


def test_filters_are_links_and_one_is_current(draw) -> None:
    items = [{"label": "All", "url": "#", "current": True}, {"label": "Held", "url": "#", "count": 2}]
    html = draw("{{ filters(items) }}", items=items)
    assert html.count("<a ") == 2
    assert html.count("aria-current") == 1
    assert '<span class="n">2</span>' in html


def test_a_search_keeps_the_other_filters(draw) -> None:
    assert '<input type="hidden" name="state" value="held">' in draw(
        "{{ search('/x', keep={'state': 'held', 'none': ''}) }}"
    )
