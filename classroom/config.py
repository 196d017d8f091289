"""Settings: read once from the environment, frozen; half a configuration refuses to start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

MEGABYTE = 1024 * 1024


class BadSettings(SystemExit):
    """The settings contradict each other; the message names the variable."""


@dataclass(frozen=True)
class Mail:
    """Where mail goes: an SMTP server, or files in a folder when `host` is empty."""

    sender: str = "Classroom <classroom@localhost>"
    host: str = ""
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True


@dataclass(frozen=True)
class Settings:
    """Everything that differs from one installation to the next."""

    instance: Path
    database_url: str
    secret_key: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    files_url: str = ""
    mail: Mail = field(default_factory=Mail)
    demo: bool = False
    secure_cookies: bool = False
    proxies: int = 0
    max_file: int = 25 * MEGABYTE
    max_files: int = 10
    max_roster: int = 20 * MEGABYTE
    session_days: int = 30
    threads: int = 4
    old_secret_keys: tuple[str, ...] = field(default=(), repr=False)

    @property
    def max_request(self) -> int:
        """Bytes one request may carry: all the files of one upload and some text."""
        return self.max_file * self.max_files + MEGABYTE

    @property
    def trusted_hosts(self) -> list[str]:
        """Names that this installation answers to; on one's own machine, both of its names."""
        host = urlsplit(self.base_url).hostname or "localhost"
        return ["127.0.0.1", "localhost"] if host in {"127.0.0.1", "localhost"} else [host]


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from `environment`; creates the instance folder and its secret key when there are none."""
    demo = environment.get("CLASSROOM_DEMO") == "1"
    instance = Path(environment.get("CLASSROOM_INSTANCE", "instance")).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    base_url = environment.get("CLASSROOM_URL", "http://127.0.0.1:8000").rstrip("/")
    if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
        raise BadSettings("CLASSROOM_URL must be the address people type, such as https://class.example.edu")
    name = "demo.sqlite3" if demo else "classroom.sqlite3"
    database_url = environment.get("DATABASE_URL") or f"sqlite:///{instance / name}"
    return Settings(
        instance=instance,
        database_url=_with_driver(database_url),
        secret_key=_given_secret(environment) or _own_secret(instance / "secret_key"),
        base_url=base_url,
        files_url=environment.get("CLASSROOM_FILES") or str(instance / ("demo-files" if demo else "files")),
        mail=_mail(environment),
        demo=demo,
        secure_cookies=base_url.startswith("https://"),
        proxies=_number(environment, "CLASSROOM_PROXIES", 0),
        max_file=_number(environment, "CLASSROOM_MAX_FILE_MB", 25) * MEGABYTE,
        max_files=_number(environment, "CLASSROOM_MAX_FILES", 10),
        threads=max(1, _number(environment, "CLASSROOM_THREADS", 4)),
        old_secret_keys=_old_secrets(environment),
    )


def _with_driver(url: str) -> str:
    for plain in ("postgres://", "postgresql://"):
        if url.startswith(plain):
            return "postgresql+psycopg://" + url.removeprefix(plain)
    return url


def _given_secret(environment: Mapping[str, str]) -> str:
    key = environment.get("SECRET_KEY", "")
    if key and _is_plain(key):
        raise BadSettings("SECRET_KEY is too short or too plain to be a secret: 32 random characters or more")
    return key


def _old_secrets(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Keys that were in use before: who signed in under one of them stays signed in."""
    keys = tuple(environment.get("SECRET_KEY_OLD", "").split())
    if any(_is_plain(key) for key in keys):
        raise BadSettings("SECRET_KEY_OLD holds a key that is too short or too plain to have been one")
    return keys


def _is_plain(key: str) -> bool:
    return len(key) < 32 or len(set(key)) < 8


def _own_secret(path: Path) -> str:
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
    key = path.read_text().strip()
    if len(key) < 32:
        raise BadSettings(f"{path.name} is too short to be a secret: delete it, and a new one is made")
    return key


def _number(environment: Mapping[str, str], name: str, default: int) -> int:
    given = environment.get(name, str(default))
    if not given.isdecimal():
        raise BadSettings(f"{name} must be a whole number, not {given!r}")
    return int(given)


def _mail(environment: Mapping[str, str]) -> Mail:
    host = environment.get("SMTP_HOST", "")
    if not host:
        return Mail()
    if "MAIL_FROM" not in environment:
        raise BadSettings("SMTP_HOST is set, so MAIL_FROM must be: the address that mail comes from")
    return Mail(
        sender=environment["MAIL_FROM"],
        host=host,
        port=_number(environment, "SMTP_PORT", 587),
        user=environment.get("SMTP_USER", ""),
        password=environment.get("SMTP_PASSWORD", ""),
        starttls=environment.get("SMTP_TLS", "starttls") == "starttls",
    )
