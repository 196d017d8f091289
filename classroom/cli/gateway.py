"""Between the server and the application: a thread works, and waits for nobody's line.

A body is taken in whole before a thread gets it, and an answer leaves without one; who sends or reads slowly,
or means to, then keeps nobody else waiting.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Flask
from granian.rsgi import Scope

from classroom.app import create_app
from classroom.web.limits import most_of
from classroom.web.unit_of_work import SAFE

IDLE = 20  # seconds without a byte of a body that was announced
IN_MEMORY = 512 * 1024
Headers = list[tuple[str, str]]


class GaveUp(Exception):  # noqa: N818 - named for what happened
    """The body ended, or stopped coming, before it was there."""


@dataclass
class Answer:
    """What the application said; the rest of the body is read piece by piece."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    start: bytes = b""
    rest: Iterator[bytes] | None = None
    body: Any = None

    def begin(self, status: str, headers: Headers, _trouble: object = None, /) -> Callable[[bytes], object]:
        self.status, self.headers = int(status.split(" ", 1)[0]), headers
        return self._write

    def _write(self, piece: bytes) -> None:
        self.start += piece

    def take(self, body: Iterable[bytes]) -> None:
        """Read what is short in one go, and leave the rest of what is long."""
        self.body, pieces = body, iter(body)
        while len(self.start) < IN_MEMORY:
            piece = next(pieces, None)
            if piece is None:
                self.close()
                return
            self.start += piece
        self.rest = pieces

    def close(self) -> None:
        if self.body is not None and hasattr(self.body, "close"):
            self.body.close()
        self.body = None


class Gateway:
    """What granian calls; `app` is an ordinary WSGI application."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        threads: int = app.extensions["classroom.settings"].threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def __rsgi_del__(self, _loop: asyncio.AbstractEventLoop) -> None:
        self._pool.shutdown(wait=True)

    async def __rsgi__(self, scope: Scope, proto: Any) -> None:
        loop = asyncio.get_running_loop()
        environ = environ_of(scope)
        with SpooledTemporaryFile(max_size=IN_MEMORY) as body:
            try:
                await take_in(self.app, environ, aiter(proto), body)
            except GaveUp:
                proto.response_empty(408, [("connection", "close")])
                return
            answer = await loop.run_in_executor(self._pool, self._ask, environ)
        if answer.rest is None:
            proto.response_bytes(answer.status, answer.headers, answer.start)
            return
        await self._send_on(proto, answer)

    def _ask(self, environ: dict[str, Any]) -> Answer:
        answer = Answer()
        answer.take(self.app.wsgi_app(environ, answer.begin))
        return answer

    async def _send_on(self, proto: Any, answer: Answer) -> None:
        loop, rest = asyncio.get_running_loop(), answer.rest or iter(())
        try:
            line = proto.response_stream(answer.status, answer.headers)
            await line.send_bytes(answer.start)
            while piece := await loop.run_in_executor(self._pool, next, rest, b""):
                await line.send_bytes(piece)
        finally:
            await loop.run_in_executor(self._pool, answer.close)


async def take_in(
    app: Flask, environ: dict[str, Any], pieces: AsyncIterator[bytes], body: "IO[bytes] | Any"
) -> None:
    """Put the body into `environ`, as much of it as the page it goes to takes and one byte more."""
    environ["wsgi.input"] = body
    told = environ.get("CONTENT_LENGTH")
    if told is None and environ["REQUEST_METHOD"] in SAFE:
        return
    most = most_of(app, environ)
    if told is not None and int(told) > most:
        return  # refused by its length, unread
    size = 0
    while size <= most:
        try:
            piece = await asyncio.wait_for(anext(pieces, b""), IDLE)
        except (TimeoutError, RuntimeError) as error:
            raise GaveUp from error
        if not piece:
            break
        size += len(piece)
        body.write(piece)
    if told is not None and size < int(told):
        raise GaveUp
    environ["CONTENT_LENGTH"] = str(size)
    environ.pop("HTTP_TRANSFER_ENCODING", None)  # it has come, in however many pieces
    body.seek(0)


def environ_of(scope: Scope) -> dict[str, Any]:
    """The request as PEP 3333 says it."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_wsgi(scope.path),
        "QUERY_STRING": _as_wsgi(scope.query_string),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if scope.authority:
        environ["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" not in name:  # else it would pass for the header of the same name with dashes
            _add(environ, name.upper().replace("-", "_"), _as_wsgi(value))
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    """One header; one that comes twice is joined as HTTP says."""
    key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
    between = "; " if key == "HTTP_COOKIE" else ","
    again = key in environ and key != "HTTP_HOST"
    environ[key] = f"{environ[key]}{between}{value}" if again else value


def _as_wsgi(text: str) -> str:
    """Bytes as WSGI carries them: one letter each."""
    return text.encode().decode("latin-1")


def create_gateway() -> Gateway:
    """The factory that `classroom serve` hands to its workers."""
    return Gateway(create_app())
