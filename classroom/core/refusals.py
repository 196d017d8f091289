"""Why a file is not taken, each reason with the sentence its owner reads."""

from typing import Any

from classroom.core.errors import RuleBroken
from classroom.core.i18n import _l

MESSAGES = {
    "empty": _l("This file is empty."),
    "unknown": _l("This kind of file cannot be posted. Post a picture, PDF, text, code, ZIP or document."),
    "mismatch": _l("The file's content is not what its name says. Save it again with the right ending."),
    "polyglot": _l("This file holds a second file inside. Save or export it again and post the new copy."),
    "broken": _l("This file cannot be read. Open it, save it again, and post the new copy."),
    "not_text": _l("This should be text, but holds something else."),
    "too_many_pixels": _l("This picture is larger than a screen can show. Make it smaller first."),
    "executable": _l("Programs cannot be posted. Post the source code instead."),
    "macros": _l("This document carries macros. Save it without them, as .docx, .xlsx or .pptx."),
    "bomb": _l("This ZIP would unpack to far too much. Take the large files out."),
    "nested": _l("There is an archive inside this ZIP. Unpack it first, then make one ZIP."),
    "too_many_entries": _l("There are too many files in this ZIP. Leave out generated folders."),
    "symlink": _l("There is a link inside this ZIP. Replace it by the file it points to."),
    "path": _l("A file in this ZIP has a path that leads outside of it. Make the ZIP again from its folder."),
    "entities": _l("This document has parts that no Office program writes. Save it again as a new document."),
    "encrypted": _l("This file is protected with a password. Save it without, so that others can read it."),
}


class FileRefused(RuleBroken):
    """`code` is for programs, `message` for people, `details` may name the entry or the limit."""

    def __init__(self, code: str, **details: Any) -> None:
        self.code = code
        super().__init__(MESSAGES[code], **details)
