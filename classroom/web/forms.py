"""The parent of all forms: text is trimmed, the token is checked, and a form is sent once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self

from flask import current_app, g, request, session
from wtforms import Field, Form, HiddenField
from wtforms.csrf.session import SessionCSRF
from wtforms.fields.choices import SelectChoice
from wtforms.meta import DefaultMeta

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l
from classroom.core.ids import public_id


def _trim(value: Any) -> Any:
    return value.replace("\x00", "").strip() if isinstance(value, str) else value


def choices(pairs: Iterable[Any]) -> list[Any]:
    """Choices as WTForms wants them, from plain (value, words) pairs."""
    return [SelectChoice(*pair) if isinstance(pair, tuple) else pair for pair in pairs]


class _Meta(DefaultMeta):  # type: ignore[misc]
    csrf = True
    csrf_class = SessionCSRF
    csrf_time_limit = timedelta(hours=24)

    @property
    def csrf_secret(self) -> bytes:
        return str(current_app.secret_key).encode()

    @property
    def csrf_context(self) -> Any:
        return session

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
        pairs = unbound_field.kwargs.get("choices")
        if isinstance(pairs, list | tuple):
            options["choices"] = choices(pairs)
        filters = unbound_field.kwargs.get("filters", [])
        if "filters" in unbound_field.kwargs or _keeps_spaces(unbound_field):
            return unbound_field.bind(form=form, **options)
        return unbound_field.bind(form=form, filters=[*filters, _trim], **options)


def _keeps_spaces(unbound_field: Any) -> bool:
    """Passwords keep their spaces; lists of values are no text; others are trimmed."""
    name: str = unbound_field.field_class.__name__
    return name in {"PasswordField", "FieldList", "FormField", "CSRFTokenField"}


class BaseForm(Form):  # type: ignore[misc]
    """A page's form. `from_request` fills it from what was sent; `page_errors` belong to no one field."""

    Meta = _Meta

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page_errors: list[object] = []

    @classmethod
    def from_request(cls, **kwargs: Any) -> Self:
        """Bound to the request's form and files on an unsafe method, else to `kwargs` (obj=, data=)."""
        if request.method in {"POST", "PUT", "PATCH", "DELETE"}:
            return cls(request.form if not request.files else _with_files(), **kwargs)
        return cls(**kwargs)

    def refuse(self, field: Field | str | None, message: object) -> None:
        """Put an error beside a field (or on top), in the words of the rule that said no."""
        g.page_has_errors = True
        if field is None:
            self.page_errors.append(message)
            return
        found = self[field] if isinstance(field, str) else field
        found.errors = [*found.errors, message]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        fine = bool(super().validate(*args, **kwargs))
        g.page_has_errors = not fine
        return fine

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or self.page_errors)


def _with_files() -> Any:
    both = request.form.copy()
    for name in request.files:
        both.setlistdefault(name).extend(request.files.getlist(name))  # type: ignore[arg-type]
    return both


class OnceForm(BaseForm):
    """A form whose double click or repeat must do no harm: `once` is a key the command remembers."""

    once = HiddenField(default=public_id)

    @property
    def key(self) -> str:
        return (self.once.data or public_id())[:32]


class PlainForm(BaseForm):
    """Only the token: for buttons that need no words."""


EXPIRED = _l("That page was open for long. Please press the button once more.")


def check_press() -> None:
    """For a button that needs no words: `RuleBroken` when its token is missing, foreign or too old."""
    if not PlainForm.from_request().validate():
        raise RuleBroken(EXPIRED)


def check_sent(form: BaseForm) -> None:
    """For a form whose fields cannot be wrong: `RuleBroken` when its token is missing, foreign or too old."""
    if not form.validate():
        raise RuleBroken(EXPIRED)
