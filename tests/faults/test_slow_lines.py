"""Who sends or reads slowly, by accident or on purpose, keeps nobody else waiting."""

import socket
import time
from contextlib import ExitStack

import pytest
from sqlalchemy import select

from classroom.core import storage
from classroom.core.db import db
from classroom.posts.models import Post, PostFile, Revision, RevisionFile

MANY = 150
LARGE = 24 * 1024 * 1024
HOST = b"Host: 127.0.0.1\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 90000\r\n\r\nemail=m"


def is_served(served, cookie):
    """A normal student opens eight pages; one that does not come is not waited for."""
    for _ in range(8):
        status, _headers, page = served.get(f"/posts/{served.ids['post']}", cookie=cookie)
        assert status == 200
        assert b"A bakery before the buses" in page


@pytest.fixture
def lines(served):
    """`lines(n, start)` opens n connections that send `start` and then nearly nothing."""
    with ExitStack() as stack:

        def open_lines(number, start):
            opened = [
                stack.enter_context(socket.create_connection(("127.0.0.1", served.port)))
                for _ in range(number)
            ]
            for line in opened:
                line.sendall(start)
            return opened

        yield open_lines


def trickle(opened, drop):
    for line in opened:
        try:
            line.sendall(drop)
        except OSError:  # the server has had enough of it
            continue


SLOW = {
    "headers": (b"GET /sign-in HTTP/1.1\r\n" + HOST, b"X-A: b\r\n"),
    "a form": (b"POST /sign-in HTTP/1.1\r\n" + HOST + FORM, b"a"),
    "pieces": (b"POST /sign-in HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
}


@pytest.mark.parametrize("what", SLOW)
def test_a_hundred_and_fifty_slow_senders(served, lines, what):
    cookie = served.cookie("noor")
    start, drop = SLOW[what]
    opened = lines(MANY, start)
    for _ in range(3):
        time.sleep(0.7)
        trickle(opened, drop)
        is_served(served, cookie)


def test_slow_uploads_do_not_keep_others_from_writing(served, lines):
    """A phone on a train sends its photo while the class goes on writing."""
    project, cookie = served.ids["project"], served.cookie("noor")
    start = (
        f"POST /projects/{project}/post/files HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 9000000\r\n\r\n"
        '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
    )
    lines(12, start.encode())
    time.sleep(0.5)
    page = f"/projects/{project}/post"
    status, _headers, _body = served.send(
        page, f"{page}/draft", served.cookie("kofi"), text="On my phone", version="0"
    )
    assert status == 200


def test_slow_readers_of_a_large_file(served, lines):
    """Twenty people on a bad line, each with a large file on its way."""

    def keep():
        post = db.session.scalars(select(Post).where(Post.public_id == served.ids["post"])).one()
        revision = db.session.scalars(select(Revision).where(Revision.post_id == post.id)).one()
        file = PostFile(
            course_id=post.course_id, post_id=post.id, name="film.txt", neutral_name="file-1.txt",
            media_type="text/plain", size=LARGE, key=storage.store().put(b"x" * LARGE), sha256="0" * 64,
        )  # fmt: skip
        db.session.add(file)
        db.session.flush()
        db.session.add(RevisionFile(course_id=post.course_id, revision_id=revision.id, file_id=file.id))
        db.session.commit()
        return file.public_id

    file_id, cookie = served.ask(keep), served.cookie("noor")
    ask = f"GET /files/{file_id} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    opened = lines(20, ask)
    for line in opened:
        line.settimeout(10)
        assert line.recv(100).startswith(b"HTTP/1.1 200"), "it has begun to come"
    is_served(served, cookie)
    for line in opened:
        line.close()
    status, headers, body = served.get(f"/files/{file_id}", cookie=cookie)
    assert (status, headers["content-length"], body) == (200, str(LARGE), b"x" * LARGE)
    is_served(served, cookie)  # broken lines leave nothing behind


def test_a_body_that_ends_early_is_not_taken_for_whole(served):
    line = socket.create_connection(("127.0.0.1", served.port))
    line.sendall(b"POST /sign-in HTTP/1.1\r\n" + HOST + FORM)
    line.shutdown(socket.SHUT_WR)
    line.settimeout(10)
    answer = line.recv(500)
    line.close()
    assert not answer or answer.startswith((b"HTTP/1.1 408", b"HTTP/1.1 400"))


ODD = {
    "two lengths": b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "a length that is none": b"Content-Length: +5\r\n\r\nhello",
    "pieces that are none": b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    "an unknown coding": b"Transfer-Encoding: gzip, identity\r\n\r\nhello",
    "a header with a break in it": b"X-A : b\r\nContent-Length: 0\r\n\r\n",
    "huge headers": b"X-A: " + b"a" * 900_000 + b"\r\n\r\n",
}


@pytest.mark.parametrize("what", ODD)
def test_odd_framing_is_refused(served, what):
    """Else a proxy and we might see different requests in the same bytes."""
    line = socket.create_connection(("127.0.0.1", served.port))
    line.settimeout(10)
    try:
        line.sendall(b"POST /sign-in HTTP/1.1\r\n" + HOST + ODD[what])
        answer = line.recv(2000)
    except ConnectionError:
        answer = b""
    finally:
        line.close()
    assert not answer or answer.split(b" ")[1].startswith(b"4"), answer[:200]


def test_a_length_beside_pieces_is_one_request(served):
    """The pieces count, the length does not, and nothing of the body is read as a request."""
    line = socket.create_connection(("127.0.0.1", served.port))
    line.settimeout(3)
    body = b"0\r\n\r\nGET /help HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    told = f"Content-Length: {len(body)}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
    line.sendall(b"POST /sign-in HTTP/1.1\r\n" + HOST + told + body)
    answer = b""
    try:
        while piece := line.recv(65536):
            answer += piece
    except TimeoutError:
        pass
    line.close()
    assert b"How the common things are done" not in answer


def test_a_header_with_an_underscore_passes_for_no_other(served):
    status, headers, _body = served.get(
        "/projects/zzzzzzzzzzzz", headers={"X_Forwarded_Host": "evil.example", "Remote_User": "1"}
    )
    assert status == 302
    assert "evil.example" not in str(headers)


@pytest.mark.parametrize("method", ["HEAD", "GET", "POST", "DELETE", "OPTIONS", "PATCH"])
def test_the_server_answers_as_the_application_does(served, method):
    with served.app() as app:
        for path in ("/sign-in", "/nowhere", "/static/css/tokens.css", "/caf%C3%A9%2f%ff?q=%20y&z=%E6%97%A5"):
            options = {"base_url": f"http://127.0.0.1:{served.port}", "method": method}
            with app.test_client().open(path, **options) as ours:
                status, headers, body = served.request(method, path)
                assert status == ours.status_code, path
                for name in ("Content-Type", "Content-Length", "Cache-Control", "Vary"):
                    wanted = ours.headers.get(name)
                    if name == "Content-Length" and method != "HEAD" and b"csrf" in body:
                        continue
                    assert headers.get(name.lower()) == wanted, (path, name)
