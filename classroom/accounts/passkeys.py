"""Passkeys: what a browser is asked, and whether its answer is true (WebAuthn); no database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from classroom.accounts.models import Passkey, Person
from classroom.core.errors import RuleBroken
from classroom.core.i18n import LazyString, _l

WAIT = timedelta(minutes=4)  # how long a browser may ask its owner; a challenge lives a little longer
LONGEST_ID, LONGEST_ANSWER = 1023, 20_000
TRANSPORTS = {one.value for one in AuthenticatorTransport}
# A key that nobody holds: an unknown passkey is looked at for as long as a known one.
NOBODY = (
    "pQECAyYgASFYIK0KwzMpKtPnV5uwvmzCRQRNTLZrM8fnYKXEDeohzSSTIlggIeLc1GDIoYR8SXC_mhkfXSJWhPdX9LylvslcmW2ztXc"
)


class WrongPasskey(RuleBroken):
    """The same words for an unknown one, a wrong answer and a disabled person."""

    message = _l("This passkey did not sign you in. Use your password, or let us mail you a link.")


class NotAdded(RuleBroken):
    """The browser's answer does not fit what it was asked."""

    message = _l("The passkey could not be added. Nothing has changed; please try once more.")


@dataclass(frozen=True)
class Party:
    """For whom passkeys are: the installation's own name, from its settings and never from a request."""

    id: str
    origin: str


@dataclass(frozen=True)
class Answer:
    """What a browser sent, as far as it can be read before anything is believed."""

    credential: dict[str, Any]
    credential_id: str
    challenge: str
    owner: str | None


@dataclass(frozen=True)
class Made:
    """A passkey that was made just now, and proved."""

    credential_id: str
    public_key: str
    sign_count: int
    transports: list[str]


def party(base_url: str) -> Party | None:
    """None where no browser would make passkeys; `why_none` says why."""
    parts = urlsplit(base_url)
    if why_none(base_url) is not None:
        return None
    host = (parts.hostname or "").encode("idna").decode()
    usual = parts.port in {None, {"http": 80, "https": 443}[parts.scheme]}
    return Party(host, f"{parts.scheme}://{host}" + ("" if usual else f":{parts.port}"))


def why_none(base_url: str) -> LazyString | None:
    """The sentence for an installation whose address does not allow them."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if _is_number(host):
        return _l(
            "A passkey belongs to a name: "
            "none can be made while this Classroom is opened by a number (%(host)s).",
            host=host,
        )
    if parts.scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
        return _l("Browsers make passkeys only where the address begins with https, and here it does not.")
    return None


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def ask_for_new(to: Party, person: Person, challenge: str, known: Sequence[Passkey]) -> dict[str, Any]:
    """What `navigator.credentials.create` is given; a device that has one already says so."""
    asked = generate_registration_options(
        rp_id=to.id,
        rp_name="Classroom",
        user_id=person.public_id.encode(),
        user_name=person.email,
        user_display_name=person.friendly,
        challenge=challenge.encode(),
        timeout=_milliseconds(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(
                id=base64url_to_bytes(one.credential_id),
                transports=[AuthenticatorTransport(way) for way in one.transports if way in TRANSPORTS],
            )
            for one in known
        ],
    )
    return options_to_json_dict(asked)


def ask_for_any(to: Party, challenge: str) -> dict[str, Any]:
    """What `navigator.credentials.get` is given: no names, the device knows whose it is."""
    asked = generate_authentication_options(
        rp_id=to.id,
        challenge=challenge.encode(),
        timeout=_milliseconds(),
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return options_to_json_dict(asked)


def _milliseconds() -> int:
    return int(WAIT.total_seconds() * 1000)


def read(sent: str) -> Answer | None:
    """What was sent, or None when it is no answer at all. Anybody may send anything."""
    if len(sent) > LONGEST_ANSWER:
        return None
    try:
        credential = json.loads(sent)
        said = parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"]))
        if said.cross_origin:  # asked for within a page of somebody else's
            return None
        owner = credential["response"].get("userHandle")
        return Answer(
            credential=credential,
            credential_id=bytes_to_base64url(base64url_to_bytes(credential["rawId"])),
            challenge=said.challenge.decode("ascii"),
            owner=base64url_to_bytes(owner).decode("ascii") if owner else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError, WebAuthnException):
        return None


def prove_new(to: Party, answer: Answer) -> Made:
    """Raise `NotAdded` unless it answers our question, for this origin, with the key it names."""
    try:
        proved = verify_registration_response(
            credential=answer.credential,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=to.id,
            expected_origin=to.origin,
        )
    except Exception as error:  # a library that reads hostile bytes: whatever it says means no
        raise NotAdded from error
    if len(proved.credential_id) > LONGEST_ID:
        raise NotAdded
    ways = answer.credential["response"].get("transports")
    return Made(
        credential_id=bytes_to_base64url(proved.credential_id),
        public_key=bytes_to_base64url(proved.credential_public_key),
        sign_count=proved.sign_count,
        transports=[way for way in ways if way in TRANSPORTS] if isinstance(ways, list) else [],
    )


def prove(to: Party, answer: Answer, public_key: str | None) -> int:
    """The device's new count; `WrongPasskey` unless the key has signed our question for this origin.

    The count is the caller's to judge, once the signature is known to be the key's.
    """
    try:
        proved = verify_authentication_response(
            credential=answer.credential,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=to.id,
            expected_origin=to.origin,
            credential_public_key=base64url_to_bytes(public_key or NOBODY),
            credential_current_sign_count=0,
        )
    except Exception as error:  # as above
        raise WrongPasskey from error
    if public_key is None:
        raise WrongPasskey
    return proved.new_sign_count
