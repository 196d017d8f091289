"""Writes of passkeys: adding, naming, removing, and signing in with one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from classroom.accounts import passkeys, throttle
from classroom.accounts.commands import start_session
from classroom.accounts.models import Passkey, Person, SpentChallenge
from classroom.accounts.passkeys import Answer, NotAdded, Party, WrongPasskey
from classroom.accounts.queries import passkey_by_credential, passkeys_of
from classroom.accounts.rules import counts_on
from classroom.core.clock import now
from classroom.core.db import db
from classroom.core.errors import RuleBroken
from classroom.core.events import announce
from classroom.core.i18n import _l
from classroom.core.ids import digest
from classroom.core.rows import unpacked

MOST = 20
Asked = Callable[[str], bool]
log = logging.getLogger("classroom")


class PasskeyKnown(RuleBroken):
    """The same key, a second time."""

    message = _l("This passkey is here already. You can sign in with it.")


class PasskeysEnough(RuleBroken):
    """A bound on what one person can fill."""

    message = _l("You have %(n)s passkeys. Remove one before you add another.", n=MOST)


@dataclass(frozen=True)
class PasskeyAdded:
    """Its owner is told by mail: if it was somebody else, they notice."""

    email: str
    called: str
    name: str


def add(person: Person, to: Party, sent: str, *, asked: Asked, name: Callable[[list[str]], str]) -> Passkey:
    """A passkey from the browser's answer; `asked` knows our challenges, `name` makes a first name."""
    answer = passkeys.read(sent)
    if answer is None or not asked(answer.challenge) or not _spend(answer.challenge):
        raise NotAdded
    made = passkeys.prove_new(to, answer)
    if len(passkeys_of(person.id)) >= MOST:
        raise PasskeysEnough
    passkey = Passkey(
        person_id=person.id,
        credential_id=made.credential_id,
        public_key=made.public_key,
        sign_count=made.sign_count,
        transports=made.transports,
        name=name(made.transports),
    )
    try:
        with db.session.begin_nested():
            db.session.add(passkey)
    except IntegrityError as error:
        raise PasskeyKnown from error
    announce(PasskeyAdded(person.email, person.friendly, passkey.name))
    return passkey


def rename(passkey: Passkey, name: str) -> None:
    passkey.name = name


def remove(passkey: Passkey) -> None:
    """It does not sign in any more; what the device keeps is the device's."""
    db.session.delete(passkey)
    db.session.flush()


def put_back(person_id: int, passkey: dict[str, Any]) -> None:
    """Undo that: the passkey as it was packed."""
    db.session.add(unpacked(Passkey, passkey, person_id=person_id))
    db.session.flush()


def sign_in(to: Party, sent: str, *, asked: Asked, network: str, browser: str = "") -> tuple[Person, str]:
    """The person and a new session's token; `WrongPasskey` or `TooManyTries` otherwise."""
    answer = passkeys.read(sent)
    who = f"passkey:{answer.credential_id if answer else ''}"
    throttle.check(who, network)
    passkey = _proved(to, answer, asked) if answer else None
    if passkey is None:
        throttle.note_failure(who, network)
        raise WrongPasskey
    throttle.forgive(who, network)
    return passkey.person, start_session(passkey.person, browser)


def _proved(to: Party, answer: Answer, asked: Asked) -> Passkey | None:
    """The passkey that has answered, its use noted; None whatever is wrong."""
    if not asked(answer.challenge) or not _spend(answer.challenge):
        return None
    passkey = passkey_by_credential(answer.credential_id)
    try:
        count = passkeys.prove(to, answer, passkey.public_key if passkey else None)
    except WrongPasskey:
        return None
    if passkey is None or passkey.person.disabled_at is not None:
        return None
    if answer.owner not in {None, passkey.person.public_id}:
        return None
    if not counts_on(passkey.sign_count, count):
        passkey.doubted_at = now()
        log.warning("passkey %s counted backwards: it may have been copied", passkey.public_id)
        return None
    passkey.sign_count, passkey.used_at = count, now()
    return passkey


def _spend(challenge: str) -> bool:
    """Of two who answer the same challenge, one wins; what is too old to be answered is forgotten."""
    db.session.execute(delete(SpentChallenge).where(SpentChallenge.at < now() - 2 * passkeys.WAIT))
    try:
        with db.session.begin_nested():
            db.session.add(SpentChallenge(digest=digest(challenge), at=now()))
    except IntegrityError:
        return False
    return True
