"""Prepare: make a checkout ready to run, with nothing but Python at hand.

Makes a virtual environment and looks for the system libraries that Qt loads. Installs what is
missing with apt-get when it may, else names it in one line. Runs on the system's own Python: only
the standard library, and no syntax newer than Python 3.6, so that it can refuse an old one.

    prepare.py environment FOLDER [EXTRA,...]     the environment, with the project and its extras
    prepare.py libraries                          the system libraries
    prepare.py freezing                           what PyInstaller needs besides
    prepare.py packing                            what makes the Linux installers
    prepare.py proving                            what tries them on a clean system
"""

import ctypes
import os
import shutil
import subprocess
import sys
import sysconfig

OLDEST = (3, 11)

# Library file -> Debian package. Those that QtWidgets needs without a screen ...
WITHOUT_SCREEN = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# ... and those that its X11 and Wayland plugins need besides.
WITH_SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
# What is linked into the double-click installer -> Debian package.
STATIC = {"libc.a": "libc6-dev", "liblzma.a": "liblzma-dev"}
# Tools of the proof on a clean system, and the keys by which its packages are known.
PROVING = {
    "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
    "Xvfb": "xvfb",
    "appstreamcli": "appstream",
    "debootstrap": "debootstrap",
    "desktop-file-validate": "desktop-file-utils",
    "import": "imagemagick",
    "lintian": "lintian",
    "xdotool": "xdotool",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_PACKAGE = "fonts-dejavu-core"


def main(arguments):
    if arguments[:1] == ["environment"] and len(arguments) in (2, 3):
        make_environment(arguments[1], "".join(arguments[2:]))
    elif arguments == ["libraries"]:
        find_libraries()
    elif arguments == ["freezing"]:
        find_freezing_tools()
    elif arguments == ["packing"]:
        find_tools("Packing", {"gcc": "gcc", "objdump": "binutils"}, STATIC)
    elif arguments == ["proving"]:
        find_tools("The proof", PROVING, {})
    else:
        sys.exit(__doc__)


def make_environment(folder, extras):
    if sys.version_info < OLDEST:
        sys.exit(
            "DigitPad needs Python {}.{} or newer; this is {}.{}. Name another with "
            "PYTHON=/path/to/python3 behind make.".format(*(OLDEST + sys.version_info[:2]))
        )
    if not has_module("ensurepip"):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        if not install([package]):
            sys.exit("Python's venv module is missing. Install it: sudo apt-get install " + package)
    say(f"Making a virtual environment in {folder} ...")
    run([sys.executable, "-m", "venv", "--clear", folder])
    project = f".[{extras}]" if extras else "."
    say("Installing DigitPad" + (f" with the extras {extras}" if extras else "") + " ...")
    scripts = "Scripts" if os.name == "nt" else "bin"
    python = os.path.join(folder, scripts, "python")
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", project])


def find_libraries():
    if not sys.platform.startswith("linux"):
        return
    needed, wanted = missing(WITHOUT_SCREEN), missing(WITH_SCREEN)
    fonts = {} if has_font() else {"a font": FONT_PACKAGE}
    absent = {**needed, **wanted, **fonts}
    if not absent or install(sorted(absent.values())):
        return
    say(
        "Qt needs system libraries that are missing: {}. On Debian and Ubuntu: sudo apt-get "
        "install {}".format(", ".join(sorted(absent)), " ".join(sorted(absent.values())))
    )
    if needed or (wanted and has_screen()):
        sys.exit(1)


def find_freezing_tools():
    """Look for what PyInstaller needs; a library missing here is missing in the frozen program."""
    if not sys.platform.startswith("linux"):
        return
    if not sysconfig.get_config_var("Py_ENABLE_SHARED"):
        sys.exit(
            f"PyInstaller needs a Python built with --enable-shared; {sys.executable} is not. "
            "Name another with PYTHON=/path/to/python3 behind make."
        )
    absent = {**missing(WITHOUT_SCREEN), **missing(WITH_SCREEN)}
    absent.update(missing_tools({"icupkg": "icu-devtools", "objdump": "binutils"}))
    name = sysconfig.get_config_var("INSTSONAME") or ""
    folder = sysconfig.get_config_var("LIBDIR") or ""
    if not (os.path.exists(os.path.join(folder, name)) or loads(name)):
        absent[name] = "libpython{}.{}".format(*sys.version_info[:2])
    provide("Freezing", absent)


def find_tools(task, tools, static):
    absent = missing_tools(tools)
    absent.update({name: static[name] for name in static if not links(name)})
    provide(task, absent)


def provide(task, absent):
    """Install what is absent; end with one line where that is not possible."""
    packages = sorted(set(absent.values()))
    if absent and not install(packages):
        sys.exit(
            "{} needs what is missing here: {}. On Debian and Ubuntu: sudo apt-get install "
            "{}".format(task, ", ".join(sorted(absent)), " ".join(packages))
        )


def missing_tools(packages):
    # Debian keeps icupkg and debootstrap where an ordinary PATH does not look.
    path = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin"
    return {
        tool: package
        for tool, package in packages.items()
        if not (os.path.exists(tool) if os.path.isabs(tool) else shutil.which(tool, path=path))
    }


def links(library):
    """Whether the compiler finds a static library."""
    try:
        found = subprocess.check_output(["gcc", "-print-file-name=" + library])
    except OSError:
        return False
    return os.path.isabs(found.decode().strip())


def missing(packages):
    return {name: package for name, package in packages.items() if not loads(name)}


def loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font():
    return any(
        name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb"))
        for folder in FONT_FOLDERS
        for _, _, names in os.walk(os.path.expanduser(folder))
        for name in names
    )


def has_screen():
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_module(name):
    return subprocess.call([sys.executable, "-c", "import " + name], stderr=subprocess.DEVNULL) == 0


def install(packages):
    """Install Debian packages; return whether that was possible."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    say("Installing with apt-get: {} ...".format(" ".join(packages)))
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    for step in (["apt-get", "update", "-qq"], command):
        done = subprocess.run(step, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            say(done.stdout.decode(errors="replace").strip())
    return done.returncode == 0


def run(command):
    code = subprocess.call(command)
    if code:
        sys.exit(code)


def say(text):
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


main(sys.argv[1:])
