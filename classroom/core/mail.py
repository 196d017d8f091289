"""Mail: by SMTP when a server is named, else as `.eml` files that a person can open."""

import logging
import smtplib
import threading
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from classroom.core.clock import now
from classroom.core.errors import Unavailable
from classroom.core.ids import public_id

PATIENCE = 10  # seconds that a server may take for one answer
AGAIN = (15, 60, 180)  # seconds before a letter that no row remembers is tried once more
GONE = {550, 551, 553}  # what servers say when there is no such mailbox

WHOLE_LINES = policy.default.clone(max_line_length=998)  # an address in a header must not be cut or encoded


class NotTaken(Unavailable):
    """The server answers, and does not take this one letter now."""


class NoSuchAddress(Unavailable):
    """The server says that letters to this address will never arrive."""


@dataclass(frozen=True)
class Letter:
    """One mail to one person; it holds nobody else's data.

    `html` says the same, for mail programs that show it. `message_id` stays the same however often it is
    tried; `stop` is an address that ends letters like it.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    message_id: str = ""
    stop: str = ""


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
        """Send or file one letter; `Unavailable` when the server does not take it."""
        with Line(self) as line:
            line.send(letter)

    def message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(policy=WHOLE_LINES)
        message["From"], message["To"] = self.sender, letter.to
        message["Subject"] = " ".join(letter.subject.split())
        message["Date"] = format_datetime(now())
        message["Message-ID"] = letter.message_id or make_msgid(domain="classroom.invalid")
        message["Auto-Submitted"] = "auto-generated"
        if letter.stop:
            message["List-Unsubscribe"] = f"<{letter.stop}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text)
        if letter.html:
            message.add_alternative(letter.html, subtype="html")
        return message

    def connect(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self.host, self.port, timeout=PATIENCE)
        try:
            if self.starttls:
                server.starttls()
            if self.user:
                server.login(self.user, self.password)
        except BaseException:
            server.close()
            raise
        return server


class Line:
    """A line to the server that carries several letters; it opens with the first."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._server: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def send(self, letter: Letter) -> None:
        """Raises NoSuchAddress or NotTaken for this letter, Unavailable when the server is away.

        Nothing is sent to people who are made up.
        """
        if is_made_up(letter.to):
            return
        try:
            message = self._post.message(letter)
        except ValueError as error:  # a line end in an address, or half of a character
            raise NoSuchAddress from error
        if self._post.host:
            self._by_smtp(message)
        else:
            self._post.folder.mkdir(parents=True, exist_ok=True)
            stamp = now().strftime("%Y%m%d-%H%M%S")
            (self._post.folder / f"{stamp}-{public_id(6)}.eml").write_bytes(bytes(message))

    def _by_smtp(self, message: EmailMessage) -> None:
        try:
            self._server = self._server or self._post.connect()
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable from error
        try:
            self._server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError) as error:
            raise _refusal(error) from error
        except (OSError, smtplib.SMTPException) as error:
            self._server.close()
            self._server = None
            raise Unavailable from error


def is_made_up(address: str) -> bool:
    """Addresses under `.invalid` are nobody's (RFC 2606)."""
    return address.endswith(".invalid")


def _refusal(error: smtplib.SMTPException) -> Unavailable:
    """No such mailbox, or try again later. A policy (5.7) is the server's, and not the address's fault."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        for code, said in error.recipients.values():
            if code == 421:  # it is about to hang up
                return Unavailable()
            if code in GONE and b"5.7." not in said:
                return NoSuchAddress()
    return NotTaken()


_current = Post(sender="classroom@localhost", folder=Path("mail"))
_letters: SimpleQueue[tuple[Letter, int]] = SimpleQueue()
_starting = threading.Lock()
_sender: threading.Thread | None = None


def use(post: Post) -> None:
    """Put the installation's post in place; called once by create_app."""
    global _current  # noqa: PLW0603 - one installation, one post
    _current = post


def line() -> Line:
    """A line of the installation's post, for a worker that carries several letters."""
    return Line(_current)


def send(letter: Letter) -> None:
    """Hand over a letter that no row may remember, since it holds a secret: a link to sign in.

    A server is spoken to in the background: nobody waits, and no one can time it. It is tried a few times.
    """
    if _current.host:
        _letters.put((letter, 0))
        _start()
    else:
        _current.send(letter)


def _start() -> None:
    global _sender  # noqa: PLW0603 - one for each process, and none where no letter is sent
    with _starting:
        if _sender is None or not _sender.is_alive():
            _sender = threading.Thread(target=_work, name="mail", daemon=True)
            _sender.start()


def _work() -> None:
    while True:
        _try(*_letters.get())


def _try(letter: Letter, tries: int) -> None:
    try:
        _current.send(letter)
    except NoSuchAddress:
        _log("a letter could not be sent: there is no such address")
    except Unavailable:
        if tries == len(AGAIN):
            _log("a letter could not be sent: the mail server did not take it")
            return
        again = threading.Timer(AGAIN[tries], _letters.put, [(letter, tries + 1)])
        again.daemon = True
        again.start()


def _log(said: str) -> None:
    logging.getLogger("classroom").warning(said)
