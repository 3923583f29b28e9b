"""Check tag: a release's tag must name the version that the project says it has.

check_tag.py v1.2.3           prints the version; exits 1 with one line when they differ

Needs no environment: PYTHONPATH names the checkout.
"""

from __future__ import annotations

import sys

from digitpad import __version__


def check(tag: str, version: str) -> None:
    """Raise ValueError when the tag is not that of the version."""
    if tag != f"v{version}":
        raise ValueError(
            f"the tag is {tag}, but pyproject.toml says {version}: it should be v{version}"
        )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        check(sys.argv[1], __version__)
    except ValueError as error:
        sys.exit(f"check_tag: {error}")
    sys.stdout.write(f"{__version__}\n")
