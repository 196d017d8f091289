"""How a file is handed out: never as a page of ours, whatever it holds."""

import re
from urllib.parse import quote

VIEWED = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'; sandbox"
GIVEN = "default-src 'none'; sandbox"


def serving_headers(media_type: str, name: str, *, inline: bool) -> dict[str, str]:
    """Headers for one file. `inline` shows pictures and PDFs in place; all else is a download.

    A browser's own PDF viewer does not run in a sandbox, so a PDF goes without one; it still may load
    nothing and is no page of ours. Names in any script travel as RFC 5987 says, with a plain one beside.
    """
    plain = re.sub(r'[^ -~]|["\\?%]', "_", name)
    way = "inline" if inline else "attachment"
    policy = VIEWED if inline else GIVEN
    if inline and media_type == "application/pdf":
        policy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
    return {
        "Content-Type": media_type if inline or media_type != "text/plain" else "text/plain; charset=utf-8",
        "Content-Disposition": f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }
