"""Check tag: a release's tag must name the version that the project says it has.

check_tag.py v1.2.3           prints the version; exits 1 with one line when they differ
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"


def checked_version(tag: str, project: Path) -> str:
    """Return the project's version; raises ValueError when the tag names another."""
    version = str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    if tag != f"v{version}":
        raise ValueError(
            f"the tag is {tag}, but pyproject.toml says {version}: it should be v{version}"
        )
    return version


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        sys.stdout.write(f"{checked_version(sys.argv[1], PROJECT)}\n")
    except ValueError as error:
        sys.exit(f"check_tag: {error}")
