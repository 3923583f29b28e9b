"""Resource files: where what ships with the program lies: wheel, checkout or frozen build."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


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
