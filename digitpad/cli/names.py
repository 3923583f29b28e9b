"""Names: lines about files, written so that any name can be printed.

Owns what becomes of a name's characters that would end the line, move the cursor, or that the
stream's encoding does not have. Prints nothing itself.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def in_plain_sight(line: str, encoding: str) -> str:
    """Return a line for a person: one line, that does nothing on a terminal but to be seen."""
    if not line.isprintable():
        line = "".join(
            c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode()
            for c in line
        )
    return line if _has_all(encoding, line) else line.encode("ascii", "backslashreplace").decode()


def in_a_table(line: str, encoding: str) -> str:
    """Return a line of CSV; the name in it stays as it is if the encoding has all its characters.

    Those that it lacks are escaped. Then, and in a name that looks as if it were escaped,
    backslashes are doubled, so that no two names become one. No other column has any.
    """
    if _has_all(encoding, line) and not _ESCAPE.search(line):
        return line
    return line.replace("\\", r"\\").encode(encoding, "backslashreplace").decode(encoding)


def _has_all(encoding: str, line: str) -> bool:
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
