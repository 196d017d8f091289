"""What was done a moment ago, and what is needed to take it back."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from classroom.core.clock import now
from classroom.core.db import Base, Id, PublicId


class Undo(Base):
    """One act of one person. It can be taken back once, and not for long; then the row goes.

    `act` names its inverse, `target` what it was done to, `kept` what the act itself would have lost.
    """

    __tablename__ = "undos"
    id: Mapped[Id]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    act: Mapped[str] = mapped_column(String(60))
    target: Mapped[str] = mapped_column(String(80))
    back: Mapped[str]  # the page of ours to go to afterwards
    kept: Mapped[dict[str, Any]] = mapped_column(default=dict)
    done_at: Mapped[datetime] = mapped_column(default=now, index=True)
    used_at: Mapped[datetime | None]
