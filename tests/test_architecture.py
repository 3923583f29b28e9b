"""Which way imports point: app -> ui -> workers, settings -> core -> nothing of ours."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

MAY_IMPORT = {
    "__init__": set[str](),
    "core": {"core"},
    "settings": {"core"},
    "failure": set(),
    "output": set(),
    "third_party": {"core"},
    "words": {"core"},
    "workers": {"workers", "words", "core"},
    "ui": {"ui", "workers", "words", "settings", "third_party", "core", "__init__"},
    "cli": {"cli", "output", "core"},
    "pad_windows": {"ui", "workers", "settings"},
    "desktop": {"pad_windows", "ui", "workers", "words", "settings", "failure", "core"},
    "replay": {"desktop", "cli", "output", "ui", "workers", "settings", "core"},
    "app": {
        *("replay", "desktop", "cli", "ui", "workers", "settings", "failure", "output", "core"),
        "__init__",
    },
    "__main__": {"app"},
}
"""For each part of `digitpad`, the parts it may import; `__init__` holds the version."""

OUTSIDE = {
    "core": {"numpy", "PIL"},
    "cli": {"PIL"},
    "settings": set[str](),
}
"""What the parts with fewer needs may import beside the standard library."""
APPLICATION = {"PySide6", "numpy", "PIL"}
TRAINING = {"numpy", "PIL", "keras", "tensorflow", "matplotlib"}

HEAVY = ("PIL.ImageDraw", "PIL.ImageFont", "PIL.ImageText")
"""They would bring 4 MB of libraries for fonts into the bundle."""

FORBIDDEN_AT_THE_PAD = ("tensorflow", "keras", "training", "matplotlib", "onnxruntime")


def imported(path: Path, root: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a file imports, inside functions too."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{name.name}" for name in node.names)


def part_of(path: Path, package: Path) -> str:
    """Return the part of `digitpad` that a file belongs to: a folder's or a module's name."""
    return path.relative_to(package).parts[0].removesuffix(".py")


def part_named(name: str, package: Path) -> str:
    """Return the part that a dotted name under `digitpad` lies in."""
    part = [*name.split("."), ""][1]
    inside = (package / part).is_dir() or (package / f"{part}.py").is_file()
    return part if part and inside else "__init__"


def wrong_imports(root: Path) -> list[str]:
    """Return each import under `root` that no rule allows, as "file imports name"."""
    wrong = []
    package = root / "digitpad"
    for path in sorted(package.rglob("*.py")):
        part = part_of(path, package)
        for name in imported(path, root):
            if name.split(".")[0] == "digitpad":
                allowed = part_named(name, package) in MAY_IMPORT.get(part, set())
            else:
                allowed = is_outside(name, OUTSIDE.get(part, APPLICATION))
            if part in ("words", "workers") and name.startswith("PySide6"):
                allowed = name.startswith("PySide6.QtCore.")
            if not allowed or name.startswith(HEAVY):
                wrong.append(f"{path.relative_to(root)} imports {name}")
    for path in sorted((root / "training").rglob("*.py")):
        for name in imported(path, root):
            of_ours = name.startswith("digitpad.core.") or name.split(".")[0] == "training"
            if not of_ours and not is_outside(name, TRAINING):
                wrong.append(f"{path.relative_to(root)} imports {name}")
    return wrong


def is_outside(name: str, libraries: set[str]) -> bool:
    """Whether a name is of the standard library or one of these libraries."""
    top = name.split(".")[0]
    return top in libraries or top in sys.stdlib_module_names


def test_no_import_points_up() -> None:
    assert wrong_imports(ROOT) == []


def test_every_part_has_its_place() -> None:
    package = ROOT / "digitpad"
    assert {part_of(path, package) for path in package.rglob("*.py")} == MAY_IMPORT.keys()


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("digitpad/core/reader.py", "from PySide6.QtCore import QObject"),
        ("digitpad/core/reader.py", "import digitpad.ui.theme"),
        ("digitpad/core/reader.py", "from digitpad import settings"),
        ("digitpad/core/explain/why.py", "from digitpad.workers.explainer import Explainer"),
        ("digitpad/core/reader.py", "from ..ui import theme"),
        ("digitpad/core/reader.py", "def late():\n    import digitpad.workers.recognizer"),
        ("digitpad/settings.py", "from digitpad.ui import theme"),
        ("digitpad/workers/recognizer.py", "from digitpad.ui.theme import Theme"),
        ("digitpad/workers/recognizer.py", "from PySide6.QtWidgets import QWidget"),
        ("digitpad/workers/recognizer.py", "from PySide6 import QtGui"),
        ("digitpad/words.py", "from PySide6.QtWidgets import QWidget"),
        ("digitpad/ui/theme.py", "from digitpad.app import main"),
        ("digitpad/ui/theme.py", "from digitpad import desktop"),
        ("digitpad/cli/read.py", "from PySide6.QtCore import QObject"),
        ("digitpad/cli/read.py", "from digitpad.ui.theme import Theme"),
        ("digitpad/core/reader.py", "from PIL import Image, ImageDraw"),
        ("digitpad/core/reader.py", "import PIL.ImageFont"),
        ("digitpad/app.py", "import tensorflow as tf"),
        ("digitpad/app.py", "from keras.models import load_model"),
        ("digitpad/app.py", "from training.fit import fit"),
        ("digitpad/newcomer.py", "from digitpad.core import ink"),
        ("training/fit.py", "from digitpad.ui.theme import Theme"),
        ("training/fit.py", "from digitpad import settings"),
        ("training/fit.py", "from tests.synthetic_ink import digit_ink"),
    ],
)
def test_an_import_that_points_up_is_found(tmp_path: Path, file: str, line: str) -> None:
    # Given a small copy of the house
    for name in (
        "core/reader.py",
        "core/explain/why.py",
        "cli/read.py",
        "ui/theme.py",
        "workers/recognizer.py",
        "settings.py",
    ):
        place = tmp_path / "digitpad" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("import json\n")
    for name in ("desktop.py", "app.py"):
        (tmp_path / "digitpad" / name).write_text("from digitpad.core import reader\n")
    (tmp_path / "training").mkdir()
    assert wrong_imports(tmp_path) == []

    # When
    (tmp_path / file).write_text(line + "\n")

    # Then
    assert len(wrong_imports(tmp_path)) == 1


def loaded_by(modules: list[str]) -> set[str]:
    """Return the top names of all modules in a fresh interpreter that imports these."""
    code = f"import sys, {', '.join(modules)}; print(*{{n.split('.')[0] for n in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_core_and_the_command_line_load_without_qt() -> None:
    modules = (ROOT / "digitpad" / "core").rglob("[a-z]*.py")
    core = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules]
    assert {"digitpad.core.reader", "digitpad.core.explain.why"} <= set(core)

    loaded = loaded_by([*core, "digitpad.cli.read", "digitpad.cli.self_test", "digitpad.app"])

    assert "digitpad" in loaded
    assert not loaded & {"PySide6", "shiboken6", *FORBIDDEN_AT_THE_PAD}


def test_the_window_loads_without_what_trained_the_network() -> None:
    loaded = loaded_by(["digitpad.desktop", "digitpad.replay"])

    assert "PySide6" in loaded
    assert loaded.isdisjoint(FORBIDDEN_AT_THE_PAD)
