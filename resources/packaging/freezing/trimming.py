"""Trimming: which of the files that PyInstaller collected stay out of the bundle, and why.

Owns that choice. It is made among the collected files, so that a file of the next PySide6 or NumPy
that no rule names stays in: too much is found by its size, too little by someone's crash.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import PurePath

Entry = tuple[str, str, str]
"""As PyInstaller lists a file: its place in the bundle, where it comes from, its kind."""

EXCLUDED_MODULES = (
    # Interactive Python, tests of Python code and servers: nothing at the pad asks for them. Among
    # them readline, which alone would put the whole program under the GPL.
    "asyncio",
    "doctest",
    "ftplib",
    "http",
    "pdb",
    "pydoc",
    "pydoc_data",
    "pytest",
    "readline",
    "tkinter",
    "unittest",
    "xmlrpc",
    # OpenSSL, 5 MB: the program has no network, and Python has SHA-256 of its own.
    "_hashlib",
    "_ssl",
    "ssl",
    # Names of characters, 1 MB: for domain names in other scripts than Latin.
    "unicodedata",
    # Parts of NumPy that NumPy loads only when they are asked for.
    "numpy._core._multiarray_tests",
    "numpy.f2py",
    "numpy.fft",
    "numpy.polynomial",
    "numpy.random",
    "numpy.testing",
    # AVIF is no format that is read, and takes 5 MB; colour profiles and Tk are not used.
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingtk",
    "PIL.AvifImagePlugin",
    "PIL.ImageCms",
    "PIL.ImageQt",
    "PIL.ImageTk",
    # PyInstaller brings Qt's Python modules whose C++ half some plugin needs.
    "PySide6.QtDBus",
    "PySide6.QtNetwork",
)

KEPT_PLUGINS = {
    # Offscreen is what the self-test and the replay use where there is no screen. Not kept: those
    # for machines without a desktop (eglfs, linuxfb, vkkhrdisplay, vnc, minimal, minimalegl).
    "platforms": ("qcocoa", "qoffscreen", "qwayland*", "qwindows", "qxcb"),
    # Not kept: gtk3, which brings GTK, Pango and Cairo, 10 MB of the build machine's versions, into
    # a process of a desktop with its own. Without it QtGui asks GNOME through the desktop's portal
    # for dark or light, and file dialogs are Qt's. Kept: the portal's own dialogs, for sandboxes.
    "platformthemes": ("qxdgdesktopportal",),
    "styles": ("*",),
    # Input methods and dead keys.
    "platforminputcontexts": ("*",),
    # Tablets come with xcb, wayland, windows and cocoa; this one is for a pen that no window
    # system knows, by QT_QPA_GENERIC_PLUGINS. Keyboards, mice and touch screens of such machines
    # (evdev, tuio) are not kept.
    "generic": ("qevdevtablet*",),
    # What pictures come in that are dropped or pasted, and the icons of desktop themes. PNG and BMP
    # are in QtGui. Not kept: icns, tga, wbmp, pdf; tiff and webp (1 MB), which come as files, and
    # files are read by Pillow.
    "imageformats": ("qgif", "qico", "qjpeg", "qsvg"),
    "iconengines": ("*",),
    # xdg-shell is how every desktop has shown windows since 2017; the others are for car
    # dashboards, kiosks and Qt's own compositor.
    "wayland-shell-integration": ("xdg-shell",),
    # GNOME leaves the frame of a window to the program.
    "wayland-decoration-client": ("*",),
    # Printing.
    "printsupport": ("*",),
}
"""Folders of Qt plugins and what is kept of each. Not kept: everything that speaks OpenGL with the
window system (xcbglintegrations, wayland-graphics-integration-client, egldeviceintegrations), for
widgets are painted without it; tls and networkinformation, for there is no network."""

KEPT_TRANSLATIONS = ("qtbase_de.qm",)
"""Names of Qt's own buttons, in the languages that the program speaks; 0.2 MB each."""

OMITTED_FILES = (
    # The same in 30 languages, and of parts of Qt that are not here.
    "PySide6/Qt/translations/*",
    "PySide6/translations/*",
    # On Windows: OpenGL in software and Direct3D's compiler, for programs that draw with them.
    "PySide6/opengl32sw.dll",
    "PySide6/d3dcompiler_*.dll",
    # Printing speaks to the system's CUPS by the system's own library, or not at all: one from
    # here, with the TLS, Kerberos and mDNS that it brings, 9 MB, might not fit it.
    "libcups.so*",
    # What names the folder of the build; METADATA, which holds the version, stays.
    "*.dist-info/[!M]*",
)


def trim(entries: Iterable[Entry]) -> list[Entry]:
    """Return the files that stay, in the same order."""
    kept = [entry for entry in entries if not _is_omitted(PurePath(entry[0]).as_posix())]
    if sys.platform.startswith("linux"):
        # The links of PyInstaller stay on macOS alone: there each library looks for others only in
        # the top folder, where links lead to them, and a framework is none without its links. Here
        # they find each other beside themselves.
        kept = [entry for entry in _without_unneeded_libraries(kept) if entry[2] != "SYMLINK"]
    return kept


def _is_omitted(place: str) -> bool:
    if PurePath(place).name in KEPT_TRANSLATIONS:
        return False
    if any(fnmatch(place, pattern) for pattern in OMITTED_FILES):
        return True
    plugin = _plugin(place)
    if plugin is None:
        return False
    folder, name = plugin
    return not any(fnmatch(name, pattern) for pattern in KEPT_PLUGINS.get(folder, ()))


def _plugin(place: str) -> tuple[str, str] | None:
    """Return the folder and the bare name of a Qt plugin; None for another file."""
    parts = place.split("/")
    if parts[0] != "PySide6" or "plugins" not in parts[:-2]:
        return None
    return parts[-2], parts[-1].split(".")[0].removeprefix("lib")


def _without_unneeded_libraries(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out the libraries that only omitted files needed.

    On Linux alone: there a library that nothing names is loaded by nothing. Windows and macOS find
    some in other ways.
    """
    libraries = {
        PurePath(place).name: source
        for place, source, kind in entries
        if kind == "BINARY" and _plugin(place) is None
    }
    waiting = [source for _, source, kind in entries if kind == "EXTENSION"]
    waiting += [source for place, source, _ in entries if _plugin(place)]
    waiting += [source for name, source in libraries.items() if name.startswith("libpython")]
    reached = set(waiting)
    while waiting:
        for name in needed_libraries(waiting.pop()):
            source = libraries.get(name)
            if source is not None and source not in reached:
                reached.add(source)
                waiting.append(source)
    return [entry for entry in entries if entry[2] != "BINARY" or entry[1] in reached]


def needed_libraries(path: str) -> Iterator[str]:
    """Yield the names of the libraries that an ELF file names as needed."""
    done = subprocess.run(["objdump", "-p", path], capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        if line.startswith("  NEEDED"):
            yield line.split()[1]
