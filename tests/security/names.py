"""Every name that a form of ours knows, and some that pages read without one."""

from classroom.web.forms import BaseForm


def names_of_fields(kind=BaseForm):
    for child in kind.__subclasses__():
        yield from (name for name in dir(child) if hasattr(getattr(child, name, None), "field_class"))
        yield from names_of_fields(child)


NAMES = sorted({*names_of_fields(), "cases", "ids", "theme", "keys", "answers", "choice", "file", "files"})
