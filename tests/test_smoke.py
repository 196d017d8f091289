"""The house stands: it boots, answers, and guards its doors."""

from flask import Flask
from flask.testing import FlaskClient


def test_home_sends_a_visitor_to_sign_in(visitor: FlaskClient) -> None:
    answer = visitor.get("/")
    assert answer.status_code == 302
    assert answer.location == "/sign-in?next=/"


def test_home_greets_who_is_signed_in(make, client_of) -> None:
    maya = make.person("Maya Adler")
    answer = client_of(maya).get("/")
    assert answer.status_code == 200
    assert "Maya" in answer.text


def test_two_people_in_one_test_stay_two(make, client_of) -> None:
    first, second = client_of(make.person("Maya Adler")), client_of(make.person("Jonas Weber"))
    assert "Maya" in first.get("/").text
    assert "Jonas" in second.get("/").text


def test_every_route_says_who_may(app: Flask) -> None:
    open_routes = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and "access" not in app.view_functions[rule.endpoint].__dict__
    ]
    assert open_routes == []


def test_an_unknown_page_is_a_404_in_plain_words(visitor: FlaskClient) -> None:
    answer = visitor.get("/nothing/like/this")
    assert answer.status_code == 404
    assert "nothing here" in answer.text.lower()


def test_headers_stand_on_errors_too(visitor: FlaskClient) -> None:
    headers = visitor.get("/nothing/like/this").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
