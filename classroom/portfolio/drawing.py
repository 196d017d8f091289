"""A portfolio as one page that needs nothing else: its style lies in it, and it loads nothing."""

from collections.abc import Mapping
from pathlib import Path

from markupsafe import Markup

from classroom.core.i18n import _
from classroom.portfolio.making import Piece, Portfolio, led_words, left_out

_CSS = Path(__file__).parents[1] / "static" / "css"
STYLE = "".join(
    (_CSS / name).read_text(encoding="utf-8") for name in ("tokens.css", "pages/portfolio-file.css")
)
ALONE = "default-src 'none'; style-src 'unsafe-inline'"
PAGE = Markup(
    '<!doctype html>\n<html lang="{lang}" dir="{dir}">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    "<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    '{by}{pieces}<p class="told-of">{left_out}</p>\n</main>\n</body>\n</html>\n'
)
PIECE = Markup(
    '<article class="piece">\n<h2>{project}</h2>\n<p class="told-of">{told}</p>\n{about}'
    '<div class="own" dir="auto">{own}</div>\n</article>\n'
)


def page(made: Portfolio, months: Mapping[str, str], *, lang: str, direction: str) -> str:
    """`months` say of each piece when it was."""
    by = Markup('<p class="by-me">{by}</p>\n').format(by=made.by) if made.by else ""
    return str(
        PAGE.format(
            lang=lang,
            dir=direction,
            policy=ALONE,
            title=_("Comments I wrote in %(course)s", course=made.course),
            style=Markup(STYLE),  # noqa: S704
            by=by,
            pieces=Markup("").join(_piece(one, months[one.id]) for one in made.pieces),
            left_out=left_out(),
        )
    )


def _piece(one: Piece, month: str) -> Markup:
    about = Markup('<p class="told-of">{about}</p>\n').format(about=on_passage()) if one.on_passage else ""
    told = " · ".join([month, *led_words(one)])
    return PIECE.format(project=one.project, told=told, about=about, own=Markup(one.html))  # noqa: S704


def on_passage() -> str:
    """All that is said of the work."""
    return _("On a passage of a classmate’s work.")
