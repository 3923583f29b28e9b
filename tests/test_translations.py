"""Every sentence that the window shows is translated, whole, into each language."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from digitpad.words import CONTEXT
from freezing.trimming import KEPT_TRANSLATIONS
from tests.translations import LANGUAGES, ROOT, calls, messages, path_of, translated

SHOWN = [
    path
    for part in ("ui", "workers", "pad_windows.py", "words.py")
    for path in sorted((ROOT / "digitpad").glob(f"{part}/**/*.py" if "." not in part else part))
]
SENTENCE = re.compile(r"[A-Za-z] [A-Za-z]|^[^a-z]*[A-Z][a-z]")
NO_SENTENCE = re.compile(
    r"(Ctrl|Alt|Shift)\+.*|Esc|Del|(\[\*\] . )?DigitPad|English|Deutsch|Number|<[^>]*>DigitPad "
)
"""Keys and names, which are the same in every language."""

each_language = pytest.mark.parametrize("code", LANGUAGES)


@each_language
def test_the_file_holds_the_sentences_of_the_source(code: str) -> None:
    """`python -m tests.translations` brings it in step."""
    assert list(translated(code)) == messages()


@each_language
def test_nothing_is_unfinished(code: str) -> None:
    for message, forms in translated(code).items():
        assert all(forms), message.source


@each_language
def test_a_translation_has_the_parts_of_its_sentence(code: str) -> None:
    for message, forms in translated(code).items():
        for form in forms:
            parts = places_in(message.source) - places_in(form)
            assert parts <= ({"n"} if message.counts else set()), message.source
            assert places_in(form) <= places_in(message.source), message.source
            assert tags_in(form) == tags_in(message.source), message.source
            assert form.count("&") == message.source.count("&"), message.source
            space = form[:1].isspace(), form[-1:].isspace()
            assert space == (message.source[0].isspace(), message.source[-1].isspace())


@each_language
def test_what_the_program_loads_is_in_step(code: str) -> None:
    """`python -m tests.translations` makes it anew."""
    translator = QTranslator()
    assert translator.load(str(path_of(code, "qm")))
    for message, forms in translated(code).items():
        for number, form in enumerate(forms):
            n = 1 + number if message.counts else -1
            said = translator.translate(CONTEXT, message.source, message.note or None, n)
            assert said == form, message.source


def test_the_frozen_program_holds_qts_own_translations() -> None:
    assert set(KEPT_TRANSLATIONS) == {f"qtbase_{code}.qm" for code in LANGUAGES}


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_escapes_translation(path: Path) -> None:
    assert list(bare_sentences(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        'label.setText("Two words")',
        'label.setText(f"{count} strokes are here")',
        'menu.addAction("Open")',
        'QLabel("<b>Bold words</b>")',
        '_HINT = "Draw a digit here"',
    ],
)
def test_a_bare_sentence_is_found(line: str) -> None:
    assert len(list(bare_sentences(f'"""What this is."""\n{line}\n'))) == 1


def bare_sentences(source: str) -> Iterator[str]:
    """Yield the literals that look like a sentence, or a title, and are not translated."""
    tree = ast.parse(source)
    allowed = {node for call in calls(tree) for node in ast.walk(call)}
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):  # A docstring.
                allowed.add(text)
            case ast.Raise() | ast.Assert():
                allowed |= set(ast.walk(node))
            case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"))):
                allowed |= set(ast.walk(node))
            case ast.ClassDef(bases=[ast.Attribute(attr="Enum")], body=body):
                allowed |= {inner for member in body for inner in ast.walk(member)}
            case ast.Dict(keys=keys):
                allowed |= {key for key in keys if key is not None}
            case ast.keyword(arg="page", value=key):  # A page is known by its English title.
                allowed.add(key)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in allowed:
            if NO_SENTENCE.fullmatch(node.value):
                continue
            if SENTENCE.search(re.sub(r"<[^>]*>|&nbsp;", "", node.value)):
                yield node.value


def places_in(text: str) -> set[str]:
    """Return the names of the parts that are filled in."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def tags_in(text: str) -> Counter[str]:
    """Return the marks of rich text."""
    return Counter(re.findall(r"<[^>]*>", text))
