"""Translations: the window's sentences, as they stand in the source and in each language's file.

`python -m tests.translations` brings resources/translations in step with the source: what is new is
added as unfinished, what is gone is taken out, and the .qm files that the program loads are made.
The source is read by Python's own parser: Qt's lupdate does not know `Words`, nor escapes by name.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from digitpad.ui.language import ENGLISH, NAMES
from digitpad.words import CONTEXT

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = tuple(code for code in NAMES if code != ENGLISH)
FORMS = {"de": 2}
"""How many forms a sentence with a number has in each language."""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One sentence of the source."""

    source: str
    note: str = ""
    counts: bool = False
    """Whether it has a form for each kind of number."""


def messages() -> list[Message]:
    """Return every sentence that the source has translated, in a lasting order."""
    found = {
        message_of(call)
        for path in sorted((ROOT / "digitpad").rglob("*.py"))
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
    }
    return sorted(found)


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield the calls of `tr`, `Words` and `Reason`; a reason that is not ours is no literal."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="tr" | "Words")):
                yield node
            case ast.Call(func=ast.Name(id="Reason"), args=[ast.Constant(), *_]):
                yield node


def message_of(call: ast.Call) -> Message:
    """Return what a call has translated; raises ValueError where that is no literal."""
    source, note, *_ = [*(ast.literal_eval(argument) for argument in call.args), ""]
    return Message(source, note, any(keyword.arg == "one" for keyword in call.keywords))


def translated(code: str) -> dict[Message, tuple[str, ...]]:
    """Return what a language's file says, the forms of each sentence; "" for an unfinished one."""
    found: dict[Message, tuple[str, ...]] = {}
    for element in ElementTree.parse(path_of(code)).iter("message"):
        message = Message(
            element.findtext("source", ""),
            element.findtext("comment", ""),
            element.get("numerus") == "yes",
        )
        translation = element.find("translation")
        assert translation is not None
        parts = translation.findall("numerusform") if message.counts else [translation]
        found[message] = tuple(part.text or "" for part in parts)
    return found


def path_of(code: str, kind: str = "ts") -> Path:
    """Return where a language's file lies."""
    return FOLDER / f"digitpad_{code}.{kind}"


def update(code: str) -> None:
    """Bring a language's file in step with the source, and compile it."""
    known = translated(code) if path_of(code).exists() else {}
    root = ElementTree.Element("TS", version="2.1", language=code, sourcelanguage=ENGLISH)
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for message in messages():
        element = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(element, "source").text = message.source
        if message.note:
            ElementTree.SubElement(element, "comment").text = message.note
        translation = ElementTree.SubElement(element, "translation")
        forms = known.get(message, ("",) * (FORMS[code] if message.counts else 1))
        if not all(forms):
            translation.set("type", "unfinished")
        if message.counts:
            element.set("numerus", "yes")
            for form in forms:
                ElementTree.SubElement(translation, "numerusform").text = form
        else:
            translation.text = forms[0]
    ElementTree.indent(root, "    ")
    text = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path_of(code).write_text(f"{head}{text}\n", encoding="utf-8")
    compiled = path_of(code, "qm")
    lrelease = Path(PySide6.__file__).parent / "lrelease"
    subprocess.run([lrelease, "-silent", path_of(code), "-qm", compiled], check=True)


def main() -> int:
    """Update all languages. Returns the exit status: 1 when something is unfinished."""
    unfinished = 0
    for code in LANGUAGES:
        update(code)
        unfinished += sum(not all(forms) for forms in translated(code).values())
    sys.stdout.write(f"{unfinished} sentences are not translated yet\n")
    return int(unfinished > 0)


if __name__ == "__main__":
    sys.exit(main())
