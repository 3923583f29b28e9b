"""What the program does with its arguments, its streams and its surroundings, as processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import digitpad
from digitpad import desktop
from digitpad.core.resource_files import resource_path
from tests.command_line import ink_file
from tests.pictures import draw_picture, golden_digit

ROOT = Path(digitpad.__file__).resolve().parents[1]


def start(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `digitpad` to its end without a screen of its own."""
    clean = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        [sys.executable, "-m", "digitpad", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
    )


def start_window(
    *arguments: str, then: str, settings: Path, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `digitpad` with a window in memory, and the statement `then` once it is open.

    The statement sees `window`, `os` and `signal`.
    """
    program = f"""
import os, signal, sys
from PySide6.QtCore import QTimer
from digitpad import app, pad_windows

class Window(pad_windows.PadWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(0, self.do)

    def do(self):
        window = self
        {then}

pad_windows.PadWindow = Window
sys.exit(app.run(sys.argv[1:]))
"""
    return subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_CONFIG_HOME": str(settings),
            "XDG_DATA_HOME": str(settings),
        },
    )


def test_a_file_that_the_desktop_asks_for_is_opened(tmp_path: Path) -> None:
    # Given: macOS tells of a double-clicked document by an event
    file = ink_file(tmp_path / "a.jsonl", "3")
    ask = (
        "from PySide6.QtCore import QUrl; from PySide6.QtGui import QFileOpenEvent;"
        "from PySide6.QtWidgets import QApplication; application = QApplication.instance();"
        f"application.sendEvent(application, QFileOpenEvent(QUrl.fromLocalFile({str(file)!r})));"
        "print(len(window.canvas.ink.strokes)); window.close()"
    )

    # When
    done = start_window(then=ask, settings=tmp_path)

    # Then
    assert (done.stdout, done.returncode) == ("1\n", 0), done.stderr


@pytest.mark.parametrize("started_in", ["the root", "another folder"])
def test_files_are_looked_for_at_home_when_the_program_is_started_in_the_root(
    tmp_path: Path, started_in: str
) -> None:
    folder = Path(tmp_path.anchor) if started_in == "the root" else tmp_path

    done = start_window(then="print(os.getcwd()); window.close()", settings=tmp_path, folder=folder)

    expected = Path.home() if started_in == "the root" else tmp_path
    assert Path(done.stdout.strip()) == expected.resolve()


def test_a_picture_that_is_named_is_shown(tmp_path: Path) -> None:
    # Given
    file = tmp_path / "page.png"
    draw_picture(golden_digit("3")).save(file)
    look = (
        "window.stage.turned.connect(lambda: (print(window.windowTitle().split()[0], flush=True),"
        " window.close()))"
    )

    # When
    done = start_window(str(file), then=look, settings=tmp_path)

    # Then
    assert (done.stdout, done.returncode) == ("page.png[*]\n", 0), done.stderr


def test_a_picture_on_the_clipboard_is_shown_from_the_start(tmp_path: Path) -> None:
    # Given
    file = tmp_path / "page.png"
    draw_picture(golden_digit("3")).save(file)
    copy = (
        "from PySide6.QtGui import QGuiApplication, QImage;"
        f"QGuiApplication.clipboard().setImage(QImage({str(file)!r}));"
        "window.stage.turned.connect(lambda: (print(window.windowTitle(), flush=True),"
        " window.close()))"
    )

    # When
    done = start_window("--clipboard", then=copy, settings=tmp_path)

    # Then
    assert (done.stdout, done.returncode) == ("The pasted picture[*] \N{EN DASH} DigitPad\n", 0)


def test_without_a_picture_on_the_clipboard_the_window_says_so(tmp_path: Path) -> None:
    # When
    say = "window.status.show_failure = lambda text: (print(text, flush=True), window.close())"
    done = start_window("--clipboard", then=say, settings=tmp_path)

    # Then
    sentence = "There is no picture or file on the clipboard.\n"
    assert (done.stdout, done.returncode) == (sentence, 0), done.stderr


@pytest.mark.parametrize("other", ["a.png", "--replay=a.png"])
def test_the_clipboard_is_asked_for_alone(other: str) -> None:
    done = start("--clipboard", other)
    assert done.returncode == 2
    assert "--clipboard takes neither FILE nor --replay" in done.stderr


def test_self_test_says_ok_and_the_version() -> None:
    done = start("self-test", QT_QPA_PLATFORM="")

    assert (done.returncode, done.stdout, done.stderr) == (0, f"ok {digitpad.__version__}\n", "")


def test_version() -> None:
    assert start("--version").stdout == f"digitpad {digitpad.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [("read",), ("read", "--wrong", "a.png"), ("self-test", "x"), ("a", "b"), ("--wrong",)],
)
def test_wrong_usage_exits_2_and_says_why(arguments: tuple[str, ...]) -> None:
    done = start(*arguments)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "error:" in done.stderr


def test_without_a_screen_the_window_is_refused_in_one_line() -> None:
    done = start(QT_QPA_PLATFORM="")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "no screen" in done.stderr


def test_reading_loads_no_window_library(tmp_path: Path) -> None:
    file = ink_file(tmp_path / "a.jsonl", "3")
    script = (
        "import sys; sys.argv = ['digitpad', 'read', sys.argv[1]];"
        "from digitpad.__main__ import main; status = main();"
        "assert not any(name.startswith('PySide6') for name in sys.modules); sys.exit(status)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_numpy_gets_one_thread_whatever_the_environment_says() -> None:
    script = (
        "import os, sys; sys.argv = ['digitpad', '--version'];"
        "from digitpad.__main__ import main\n"
        "try: main()\n"
        "finally: print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "8"},
    )

    assert done.stdout.splitlines()[-1] == "1 False"


@pytest.mark.skipif(os.name == "nt", reason="a signal of POSIX")
@pytest.mark.parametrize(
    "arguments", [["read", "a.jsonl"], ["self-test"], ["--replay", "a.png"], []], ids=str
)
def test_an_interruption_while_numpy_is_imported_is_not_taken_for_a_fault(
    tmp_path: Path, arguments: list[str]
) -> None:
    # Given a NumPy that fails in its own words when it is interrupted, as it does
    (tmp_path / "numpy.py").write_text(
        "import os, signal, time\n"
        "try:\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    time.sleep(60)\n"
        "except KeyboardInterrupt:\n"
        "    raise ImportError('study the documentation')\n"
    )

    done = subprocess.run(
        [sys.executable, "-m", "digitpad", *arguments],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
            "QT_QPA_PLATFORM": "offscreen",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        # A shell has the programs that it runs in the background, such as these tests, ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )

    # Then a shell gives its status as 130
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


COMMANDS = {
    "version": ["--version"],
    "help": ["--help"],
    "help of a command": ["read", "--help"],
    "text": ["read", "{ink}"],
    "json": ["read", "--json", "{ink}"],
    "csv": ["read", "--csv", "{ink}"],
    "jobs": ["read", "--jobs", "2", "{ink}"],
    "self-test": ["self-test"],
    "replay": ["--replay", "{folder}/window.png"],
}
"""Everything that prints."""
FULL, CLOSED, LEFT = ">/dev/full", ">&-", "| exec <&-"
needs_shell = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="no shell, or no device that is always full"
)


def start_with(redirection: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `digitpad` from a shell, with its output led somewhere; without buffers it matters
    when something is written, so there are some, as there usually are."""
    ink = str(ink_file(folder / "a.jsonl", "37" * 10))
    filled = [part.format(ink=ink, folder=folder) for part in arguments]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    return subprocess.run(
        ["sh", "-c", f'exec "$0" -m digitpad "$@" {redirection}', sys.executable, *filled],
        capture_output=True,
        text=True,
        check=False,
        env={**environment, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )


@needs_shell
@pytest.mark.parametrize(
    ("redirection", "reason"),
    [(FULL, "No space left on device"), (CLOSED, "the standard output is closed")],
    ids=["full", "closed"],
)
@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_cannot_be_written_is_one_line_and_status_1(
    tmp_path: Path, command: str, redirection: str, reason: str
) -> None:
    done = start_with(redirection, *COMMANDS[command], folder=tmp_path)

    assert done.returncode == 1
    assert done.stderr.endswith(f" cannot be written: {reason}\n")
    assert done.stderr.count("\n") == 1 and done.stderr.startswith("digitpad: the ")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
@pytest.mark.parametrize("command", COMMANDS)
def test_output_that_nobody_reads_ends_quietly(tmp_path: Path, command: str) -> None:
    ink = str(ink_file(tmp_path / "a.jsonl", "37" * 200))
    arguments = [part.format(ink=ink, folder=tmp_path) for part in COMMANDS[command]]
    reading, writing = os.pipe()
    os.close(reading)

    with open(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "digitpad", *arguments],
            stdout=pipe,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        )

    assert (done.returncode, done.stderr) == (1, b"")


@needs_shell
@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["read", "missing"], 1), (["read", "--bad"], 2), (["--bad"], 2), (["read", "{ink}"], 0)],
    ids=str,
)
@pytest.mark.parametrize("redirection", ["2>/dev/full", "2>&-"], ids=["full", "closed"])
def test_complaints_that_cannot_be_written_leave_the_status(
    tmp_path: Path, arguments: list[str], status: int, redirection: str
) -> None:
    assert start_with(redirection, *arguments, folder=tmp_path).returncode == status


@needs_shell
@pytest.mark.parametrize("redirection", ["<&-", "<&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_standard_input_is_no_empty_one(tmp_path: Path, redirection: str) -> None:
    done = start_with(redirection, "read", "-", folder=tmp_path)

    assert done.returncode == 1 and done.stdout == ""
    if redirection == "<&-":
        assert done.stderr == "digitpad: -: Bad file descriptor\n"


def test_wrong_usage_is_said_in_characters_that_do_nothing() -> None:
    done = start("read", "--b\x1b[2Jad\n", "x")

    assert done.returncode == 2
    assert done.stderr.endswith("unrecognized arguments: --b\\x1b[2Jad\\n\n")


def test_reading_works_without_standard_streams(tmp_path: Path) -> None:
    file = ink_file(tmp_path / "a.jsonl", "3")
    script = (
        "import sys; argv = sys.argv; sys.stdout = sys.stderr = None;"
        "from digitpad.app import run; sys.exit(run(['read', argv[1]]))"
    )

    done = subprocess.run([sys.executable, "-c", script, str(file)], check=False)

    assert done.returncode == 0


def test_the_replay_prints_ten_bars_and_saves_the_window(tmp_path: Path) -> None:
    picture = tmp_path / "window.png"

    done = start("--replay", str(picture), QT_QPA_PLATFORM="offscreen")

    assert (done.returncode, done.stderr) == (0, "")
    drawings = resource_path("ink", "golden.jsonl").read_text().count("\n")
    for digit in range(10):
        assert done.stdout.count(f"    {digit} |") == drawings
    assert str(picture) in done.stdout
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert list(tmp_path.iterdir()) == [picture]


def test_a_replay_that_cannot_be_saved_is_one_line(tmp_path: Path) -> None:
    picture = tmp_path / "file" / "a.png"
    picture.parent.touch()

    done = start("--replay", str(picture), QT_QPA_PLATFORM="offscreen")

    assert done.returncode == 1
    assert done.stderr.startswith(f"digitpad: {picture}: cannot be written: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""  # Nobody has waited for nothing.


def test_a_replay_without_a_name_is_one_line() -> None:
    # The name of none is that of the folder, which no picture replaces.
    done = start("--replay", "", QT_QPA_PLATFORM="offscreen")

    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "cannot be written" in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux' file names")
def test_a_replay_is_saved_under_any_name(tmp_path: Path) -> None:
    picture = tmp_path / os.fsdecode(b"a\xff\n.png")

    done = start("--replay", str(picture), QT_QPA_PLATFORM="offscreen")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("a\\udcff\\n.png\n")
    assert list(tmp_path.iterdir()) == [picture]


def test_a_broken_model_fails_the_self_test_with_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from digitpad.app import run
    from digitpad.core import reader

    monkeypatch.setattr(reader, "bundled_model_path", lambda: tmp_path / "none.npz")

    status = run(["self-test"])

    assert status == 1
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1 and "is missing" in complaint


def test_an_uncaught_error_reaches_the_window_as_one_sentence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    errors = desktop.UncaughtErrors()
    heard: list[str] = []
    errors.caught.connect(heard.append)

    errors.handle(ZeroDivisionError, ZeroDivisionError("x"), None)

    assert len(heard) == 1 and "ZeroDivisionError" in heard[0]
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="a process cannot send itself these signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_signal_closes_the_window_as_its_button_does(name: str, tmp_path: Path) -> None:
    done = start_window(then=f"os.kill(os.getpid(), signal.{name})", settings=tmp_path)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    # Closed, not killed: what is to be kept was kept.
    assert list(tmp_path.rglob("settings.json"))


def test_the_first_drawing_of_a_file_is_shown(tmp_path: Path) -> None:
    file = resource_path("ink", "golden.jsonl")

    done = start_window(
        str(file),
        then="print(len(window.canvas.ink.strokes), window.canvas.can_undo); window.close()",
        settings=tmp_path,
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "1 True\n", "")


@pytest.mark.parametrize("content", [None, b"", b"not ink", b"\0\1"])
def test_a_file_that_cannot_be_shown_is_said_in_the_window(
    content: bytes | None, tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    if content is not None:
        file.write_bytes(content)

    done = start_window(
        str(file), then="print(window.status.message); window.close()", settings=tmp_path
    )

    assert done.returncode == 0
    assert done.stdout.startswith(f"{file} ") and done.stdout.count("\n") == 1
    assert done.stderr == ""


WRITE = (
    "from digitpad.core.ink import Ink;"
    " window.canvas.show_ink(Ink.from_points([[(50, 50), (90, 90)], [(60, 60)]]));"
)


def test_unsaved_work_is_offered_back_after_a_crash(tmp_path: Path) -> None:
    # Given a program that dies with a drawing on the canvas
    die = " window.files._drafts._worker.written.connect(lambda: os._exit(9))"
    assert start_window(then=WRITE + die, settings=tmp_path).returncode == 9

    # When it is started again, and what it offers is taken up
    take_up = (
        "window.files._drafts.found.connect(lambda _: QTimer.singleShot(0, lambda: ("
        "[button.click() for button in window.findChildren(QPushButton)"
        " if button.text() == 'Restore it'],"
        " print(window.canvas.ink.strokes[0].tolist()), window.close())))"
    )
    again = start_window(
        then=f"from PySide6.QtWidgets import QPushButton; {take_up}", settings=tmp_path
    )

    # Then it is where it was
    assert again.stdout == "[[50.0, 50.0, 1.0], [90.0, 90.0, 1.0]]\n"
    assert (again.returncode, again.stderr) == (0, "")


def test_after_a_clean_close_a_scratch_is_kept_and_not_offered(tmp_path: Path) -> None:
    start_window(then=f"{WRITE} window.close()", settings=tmp_path)

    assert not list(tmp_path.rglob("draft-*"))
    assert [path.name for path in tmp_path.rglob("*.jsonl")] == ["last.jsonl"]
