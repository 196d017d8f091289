"""A file that is handed out can do nothing, whatever it holds and whatever it is called."""

import re
from urllib.parse import unquote

import pytest

from classroom.core.serving import serving_headers

KINDS = ["image/png", "application/pdf", "text/plain", "application/zip"]


@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.parametrize("media_type", KINDS)
def test_every_file_is_sealed_off(media_type, inline):
    headers = serving_headers(media_type, "a.bin", inline=inline)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-store"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "allow-" not in policy
    assert ("sandbox" in policy) == (not inline or media_type != "application/pdf")


NAMES = ["日本.pdf", 'a"\\c.pdf', "a\r\nSet-Cookie: x", "50%.pdf", "a;b=c.exe", "é'é.txt", "\u202efdp.exe"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_in_any_script_arrives_and_breaks_out_of_nothing(name):
    said = serving_headers("application/pdf", name, inline=False)["Content-Disposition"]
    found = re.fullmatch(r"attachment; filename=\"([ -~]*)\"; filename\*=UTF-8''([!-~]*)", said)
    assert found
    assert not set(found[1]) & set('"\\%')
    assert unquote(found[2]) == name
