"""Resource files: where what ships with the program lies, and whether it is all there.

In a wheel, in a checkout and in a frozen build. A frozen build brings a list of its files; nothing
but the loader could name what is missing of it otherwise, and Qt without a plugin just ends.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent

FILE_LIST = "files.txt"
"""Among the resources of a frozen build: each of its files, a line each, from the folder above the
package on."""


def resource_path(*parts: str) -> Path:
    """Return the path of a bundled file; it need not exist.

    A wheel and a frozen build hold `resources` inside the package; a checkout holds it beside.
    """
    inside = _PACKAGE / "resources"
    root = inside if inside.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def bundled_model_path() -> Path:
    """Return the path of the network that reads."""
    return resource_path("model", "cnn.npz")


def bundled_mlp_path() -> Path:
    """Return the path of the network that the one that reads is compared with."""
    return resource_path("model", "mlp.npz")


def installation_problem() -> str | None:
    """Return one sentence on what is missing of this installation, or None."""
    missing = [name for name in _listed_files() if not (_PACKAGE.parent / name).exists()]
    if missing:
        names = ", ".join(missing[:3])
        more = f" and {len(missing) - 3} more files are" if len(missing) > 3 else ""
        verb = more or (" is" if len(missing) == 1 else " are")
        return f"This installation is damaged: {names}{verb} missing. Install DigitPad again."
    model = bundled_model_path()
    return None if model.exists() else f"The model file {model} is missing."


def _listed_files() -> list[str]:
    """The files that a frozen build should have; none are listed elsewhere."""
    try:
        return resource_path(FILE_LIST).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
