"""Mail: by SMTP when a server is named, else as `.eml` files that a person can open."""

import logging
import smtplib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from classroom.core.clock import now
from classroom.core.errors import Unavailable
from classroom.core.ids import public_id


@dataclass(frozen=True)
class Letter:
    """One mail to one person; it holds nobody else's data."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Post:
    """Where letters go. `folder` is used when `host` is empty."""

    sender: str
    folder: Path
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    starttls: bool = True

    def send(self, letter: Letter) -> None:
        """Send or file it; `Unavailable` when the server does not take it."""
        message = self._message(letter)
        if self.host:
            self._by_smtp(message)
        else:
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp = now().strftime("%Y%m%d-%H%M%S")
            (self.folder / f"{stamp}-{public_id(6)}.eml").write_bytes(bytes(message))

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(now())
        message["Message-ID"] = make_msgid(domain="classroom.invalid")
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message

    def _by_smtp(self, message: EmailMessage) -> None:
        try:
            with smtplib.SMTP(self.host, self.port, timeout=10) as server:
                if self.starttls:
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable from error


_current = Post(sender="classroom@localhost", folder=Path("mail"))
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def use(post: Post) -> None:
    """Put the installation's post in place; called once by create_app."""
    global _current  # noqa: PLW0603 - one installation, one post
    _current = post


def send(letter: Letter) -> None:
    """Hand a letter over. A server is spoken to in the background: nobody waits, and no one can time it.

    Addresses under `.invalid` belong to made-up people (RFC 2606): nothing is sent to them.
    """
    if letter.to.endswith(".invalid"):
        return
    if _current.host:
        _sender.submit(_quietly, _current, letter)
    else:
        _current.send(letter)


def _quietly(post: Post, letter: Letter) -> None:
    try:
        post.send(letter)
    except Unavailable:
        logging.getLogger("classroom").warning("a letter could not be sent: the mail server did not take it")
