"""A passkey device in software: it makes keys and signs with them, truly or as an attacker would wish."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

HERE = "http://localhost"
PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40


@dataclass
class Device:
    """One passkey on one device. `step` is by how much each use counts on; 0 for one that never counts."""

    step: int = 1
    count: int = 0
    owner: str = ""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: Any = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def make(self, asked: dict[str, Any], *, origin: str = HERE, rp_id: str | None = None) -> str:
        """The answer to `navigator.credentials.create`."""
        self.owner = asked["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        named = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id
        data = self._data(rp_id or asked["rp"]["id"], PRESENT | VERIFIED | MADE) + named + cbor2.dumps(public)
        return self._answer(
            clientDataJSON=_said("webauthn.create", asked["challenge"], origin),
            attestationObject=cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data}),
            transports=["internal"],
        )

    def use(
        self,
        asked: dict[str, Any],
        *,
        origin: str = HERE,
        rp_id: str | None = None,
        flags: int = PRESENT | VERIFIED,
        kind: str = "webauthn.get",
    ) -> str:
        """The answer to `navigator.credentials.get`."""
        self.count += self.step
        data = self._data(rp_id or asked["rpId"], flags)
        said = _said(kind, asked["challenge"], origin)
        return self._answer(
            clientDataJSON=said,
            authenticatorData=data,
            signature=self.key.sign(data + hashlib.sha256(said).digest(), ECDSA(hashes.SHA256())),
            userHandle=base64url_to_bytes(self.owner),
        )

    def _data(self, rp_id: str, flags: int) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _answer(self, **response: Any) -> str:
        name = bytes_to_base64url(self.credential_id)
        told = {
            part: bytes_to_base64url(given) if isinstance(given, bytes) else given
            for part, given in response.items()
        }
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": told})


def _said(kind: str, challenge: str, origin: str) -> bytes:
    framed = origin.startswith("framed ")
    told = {"type": kind, "challenge": challenge, "origin": origin.removeprefix("framed ")}
    return json.dumps(told | {"crossOrigin": framed}).encode()
