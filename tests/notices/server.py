"""A mail server on this machine that takes letters, refuses them, or is slow, as a test tells it."""

import email
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from classroom.core import mail
from classroom.core.mail import Post


class Words(EmailMessage):
    """A letter whose content is its plain text; the same as a page is `html`."""

    def get_content(self, *args: Any, **kwargs: Any) -> Any:
        part = self.get_body(("plain",)) if self.is_multipart() else None
        return part.get_content() if part else super().get_content(*args, **kwargs)

    @property
    def html(self) -> str:
        part = self.get_body(("html",))
        return str(part.get_content()) if part else ""


WORDS = policy.default.clone(message_factory=Words)


class Conversation(socketserver.StreamRequestHandler):
    """As much of SMTP as a letter needs."""

    server: "MailServer"

    def handle(self) -> None:
        self.say("220 here")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith(("EHLO", "HELO")):
                self.say("250 here")
            elif word.startswith("RCPT"):
                time.sleep(self.server.slow)
                self.say(self.server.refuses.pop(0) if self.server.refuses else "250 fine")
            elif word == "DATA":
                self.say("354 go on")
                self.take()
            elif word == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def take(self) -> None:
        text = b""
        while (line := self.rfile.readline()) != b".\r\n":
            text += line[1:] if line.startswith(b"..") else line
        self.server.taken.append(text)
        self.say("250 taken")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


class MailServer(socketserver.ThreadingTCPServer):
    """`refuses` are its next answers to addresses; `slow` the seconds that it takes for one."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.taken: list[bytes] = []
        self.refuses: list[str] = []
        self.slow = 0.0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def handle_error(self, *_: object) -> None:
        """Somebody hung up on us."""

    @property
    def letters(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one, policy=WORDS) for one in self.taken]


@contextmanager
def running(folder: Path) -> Iterator[MailServer]:
    """The server, and the installation's post pointed at it."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        mail.use(Post("Classroom <class@example.edu>", folder, "127.0.0.1", server.port, starttls=False))
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
