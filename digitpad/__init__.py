"""DigitPad: a desktop pad that reads handwritten digits.

Owns the version, which is written once, in pyproject.toml.
"""

__version__: str


def __getattr__(name: str) -> str:
    """Look the version up when it is first asked for; a start that shows none is spared 20 ms."""
    if name == "__version__":
        globals()[name] = version = _version()
        return version
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _version() -> str:
    """Return what pyproject.toml says in a checkout, else what the installed metadata says.

    A checkout comes first: the metadata in the environment may be those of an older installation.
    """
    from pathlib import Path

    project = Path(__file__).resolve().parents[1] / "pyproject.toml"
    if project.is_file():
        import tomllib

        with project.open("rb") as file:
            table = tomllib.load(file).get("project", {})
        if table.get("name") == __name__:
            return str(table["version"])

    from importlib import metadata

    try:
        return metadata.version(__name__)
    except metadata.PackageNotFoundError:
        return "unknown"
