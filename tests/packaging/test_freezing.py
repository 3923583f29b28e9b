"""What is left out of the frozen program, and that nothing without known terms gets in."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad
from freezing.identity import icon_file, version_resource
from freezing.inventory import write_file_list
from freezing.licences import LicenceError, licence_files
from freezing.search_paths import without_foreign_paths
from freezing.symbols import is_loadable, stripped
from freezing.trimming import EXCLUDED_MODULES, trim

ROOT = Path(digitpad.__file__).resolve().parents[1]

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ELF files")


def test_no_module_that_is_left_out_is_imported() -> None:
    imported = set()
    for path in (ROOT / "digitpad").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}

    assert imported.isdisjoint(EXCLUDED_MODULES)
    assert not any(name.startswith(f"{out}.") for name in imported for out in EXCLUDED_MODULES)


def test_a_frozen_program_can_be_interrupted_before_it_is_ready() -> None:
    script = ROOT / "resources" / "packaging" / "freezing" / "early_interrupt.py"
    # Python's own handler: what runs these tests in a background may ignore the signal.
    program = (
        "import runpy, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "runpy.run_path(sys.argv[1])\n"
        "signal.raise_signal(signal.SIGINT)\n"
    )

    done = subprocess.run([sys.executable, "-c", program, script], capture_output=True)

    assert done.returncode != 0 and (done.stdout, done.stderr) == (b"", b"")
    assert (ROOT / "build.spec").read_text().count("runtime_hooks=HOOKS") == 2


def test_a_frozen_program_goes_on_where_ctrl_c_is_ignored() -> None:
    script = ROOT / "resources" / "packaging" / "freezing" / "early_interrupt.py"
    program = (
        "import runpy, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "runpy.run_path(sys.argv[1])\n"
        "signal.raise_signal(signal.SIGINT)\n"
    )

    assert subprocess.run([sys.executable, "-c", program, script]).returncode == 0


def test_plugins_that_no_rule_keeps_stay_out() -> None:
    plugins = "PySide6/Qt/plugins"
    kept = [
        (f"{plugins}/platforms/libqxcb.so", sys.executable, "DATA"),
        (f"{plugins}/imageformats/libqjpeg.so", sys.executable, "DATA"),
        (f"{plugins}/printsupport/libcupsprintersupport.so", sys.executable, "DATA"),
        ("PySide6/plugins/platforms/qwindows.dll", sys.executable, "DATA"),
        ("digitpad-1.dist-info/METADATA", "METADATA", "DATA"),
        ("PySide6/Qt/translations/qtbase_de.qm", "a", "DATA"),
        ("PySide6/translations/qtbase_de.qm", "a", "DATA"),
    ]
    left_out = [
        (f"{plugins}/platforms/libqeglfs.so", sys.executable, "DATA"),
        (f"{plugins}/platformthemes/libqgtk3.so", sys.executable, "DATA"),
        (f"{plugins}/tls/libqopensslbackend.so", sys.executable, "DATA"),
        ("libcups.so.2", sys.executable, "BINARY"),
        ("PySide6/Qt/translations/qtbase_xx.qm", "a", "DATA"),
        ("PySide6/Qt/translations/qt_help_de.qm", "a", "DATA"),
        ("digitpad-1.dist-info/direct_url.json", "a", "DATA"),
    ]

    assert trim([*kept, *left_out]) == kept


def test_only_macos_needs_the_links_that_pyinstaller_makes(monkeypatch: pytest.MonkeyPatch) -> None:
    # Binaries and links come in two lists, so that what a link leads to is not beside it.
    framework = "PySide6/Qt/lib/QtCore.framework"
    links = [
        ("QtCore", f"{framework}/Versions/A/QtCore", "SYMLINK"),
        (f"{framework}/Versions/Current", "A", "SYMLINK"),
        (f"{framework}/QtCore", "Versions/Current/QtCore", "SYMLINK"),
    ]

    monkeypatch.setattr("sys.platform", "darwin")
    assert trim(links) == links
    monkeypatch.setattr("sys.platform", "linux")
    assert trim(links) == []


@on_linux
def test_libraries_stay_loadable_without_their_symbols(tmp_path: Path) -> None:
    if not shutil.which("strip"):
        pytest.skip("needs binutils")
    import numpy as np

    package = Path(np.__file__).parent
    extension = next((package / "_core").glob("_multiarray_umath.*.so"))
    library = next((package.parent / "numpy.libs").glob("libscipy_openblas*"))
    entries = [("a.so", str(extension), "EXTENSION"), ("b.so", str(library), "BINARY")]

    done = stripped(entries, tmp_path / "out")

    for _, source, _ in done:
        subprocess.run(
            [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", source],
            check=True,
            env={"LD_LIBRARY_PATH": str(library.parent)},
        )
    assert is_loadable(extension.read_bytes())


@on_linux
@pytest.mark.parametrize(
    ("path", "stays"),
    [("/home/bob/lib", False), ("$ORIGIN/../x.libs:/home/bob", False), ("$ORIGIN/../x.libs", True)],
)
def test_no_library_looks_for_others_where_the_build_machine_had_them(
    tmp_path: Path, path: str, stays: bool
) -> None:
    # Given a library with a search path
    if not shutil.which("cc"):
        pytest.skip("needs a compiler")
    library = tmp_path / "a.so"
    build = ["cc", "-shared", "-o", str(library), f"-Wl,-rpath,{path}", "-x", "c", "/dev/null"]
    subprocess.run(build, check=True)
    before = library.read_bytes()

    # When
    ((_, copy, _),) = stripped([("a.so", str(library), "BINARY")], tmp_path / "out")

    # Then the copy has it only where it begins at the library itself, and is loaded still
    shown = subprocess.run(["readelf", "-d", copy], check=True, capture_output=True, text=True)
    assert ("PATH" in shown.stdout) == stays
    assert (without_foreign_paths(before) == before) == stays
    subprocess.run(
        [sys.executable, "-c", "import ctypes, sys; ctypes.CDLL(sys.argv[1])", copy], check=True
    )


@pytest.mark.parametrize(
    ("files", "modules"),
    [
        ([("libsurprise.so.1", "/lib/libsurprise.so.1", "BINARY")], []),
        ([], ["surprise.part"]),
    ],
)
def test_what_has_no_known_terms_stops_the_build(
    tmp_path: Path, files: list[tuple[str, str, str]], modules: list[str]
) -> None:
    with pytest.raises(LicenceError, match="surprise"):
        licence_files(files, modules, ROOT / "resources" / "licenses", tmp_path / "out", "x")


def test_a_component_without_a_text_stops_the_build(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "components.toml").write_text(
        '[[component]]\nname = "Bare"\nfiles = ["bare*"]\nlicence = "MIT"\nhome = ""\n'
        'distribution = "shiboken6"\n'
    )

    with pytest.raises(LicenceError, match="Bare"):
        licence_files([("bare.so", "x", "BINARY")], [], kept, tmp_path / "out", "x")


def test_the_terms_come_with_the_list(tmp_path: Path) -> None:
    files = [("PIL/_imaging.so", "x", "EXTENSION"), ("PIL/link.so", "y", "SYMLINK")]

    written = licence_files(
        files, ["json", "PIL.Image"], ROOT / "resources" / "licenses", tmp_path / "out", "licenses"
    )

    assert [place for place, _, _ in written] == [
        "licenses/Python.txt",
        "licenses/components.json",
        "licenses/pillow-LICENSE",
    ]
    text = (tmp_path / "out" / "components.json").read_text(encoding="utf-8")
    assert '"PIL/_imaging.so"' in text and "link.so" not in text


def test_what_python_brings_on_windows_has_its_terms(tmp_path: Path) -> None:
    brought = ("python311.dll", "VCRUNTIME140.dll", "_ctypes.pyd", "libffi-8.dll")
    files = [(name, str(tmp_path / name), "BINARY") for name in brought]

    licence_files(files, [], ROOT / "resources" / "licenses", tmp_path / "out", "licenses")

    listed = json.loads((tmp_path / "out" / "components.json").read_text(encoding="utf-8"))
    owners = {file: component["name"] for component in listed for file in component["files"]}
    assert owners == dict.fromkeys(brought, "Python") | {
        "VCRUNTIME140.dll": "Microsoft Visual C++ Runtime"
    }


@on_linux
@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="asks dpkg")
@pytest.mark.parametrize("name", ["libpcre.so.3", "libuuid.so.1"])
def test_libraries_of_the_older_system_that_releases_are_frozen_on_are_known(
    tmp_path: Path, name: str
) -> None:
    # Given one that is none of a Debian package's here; one that is not known fails before
    files = [(name, str(tmp_path / name), "BINARY")]

    with pytest.raises(LicenceError, match="belongs to no Debian package"):
        licence_files(files, [], ROOT / "resources" / "licenses", tmp_path / "out", "licenses")


def test_the_file_list_leaves_out_what_a_person_may_replace(tmp_path: Path) -> None:
    entries = [
        ("b.so", "x", "BINARY"),
        ("a.so", "x", "BINARY"),
        ("PySide6/Qt/lib/libQt6Core.so.6", "x", "BINARY"),
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
    ]

    target = write_file_list(entries, tmp_path / "files.txt")

    assert target.read_text() == "a.so\nb.so\n"


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", (1, 2, 3, 0)), ("1.2rc1", (1, 2, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4))],
)
def test_windows_gets_the_version_in_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    resource = version_resource(version, "digitpad")

    assert f"filevers={numbers}" in resource
    assert f"StringStruct('ProductVersion', '{version}')" in resource


@pytest.mark.parametrize("suffix", [".ico", ".icns"])
def test_icons_for_other_systems_hold_the_drawn_sizes(tmp_path: Path, suffix: str) -> None:
    from PIL import Image

    with Image.open(icon_file(ROOT / "resources" / "icons", tmp_path / f"a{suffix}")) as icon:
        sizes = icon.info["sizes"]

    assert any(size[0] == 32 for size in sizes) and any(size[0] == 256 for size in sizes)
