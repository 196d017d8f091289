"""Challenges: signed, short-lived, and good only in the browser's session that was given them."""

from datetime import timedelta

from flask import current_app, session
from itsdangerous import BadData, URLSafeSerializer

from classroom.core.clock import now
from classroom.core.ids import secret_token

LIFE = timedelta(minutes=5)


def challenge(purpose: str) -> str:
    """A new one. Nothing is stored: whoever answers it spends it, so that any number of tabs may ask."""
    return str(_signer(purpose).dumps([int(now().timestamp()), secret_token()]))


def is_ours(answered: str, purpose: str) -> bool:
    """Was it given to this browser, for this purpose, a short while ago?"""
    try:
        given, _token = _signer(purpose).loads(answered)
    except BadData:
        return False
    return now().timestamp() - float(given) <= LIFE.total_seconds()


def _signer(purpose: str) -> URLSafeSerializer:
    mark = session.setdefault("mark", secret_token())
    return URLSafeSerializer(str(current_app.secret_key), salt=f"challenge:{purpose}:{mark}")
