"""Prints what Qt makes of words in many languages: their order and case, where texts may be cut.

And which encodings it knows.
"""

# ruff: noqa: RUF001, SIM905  Letters that look alike are the point, and lists of them unreadable.

from __future__ import annotations

import itertools

from PySide6.QtCore import (
    QCollator,
    QLocale,
    QStringDecoder,
    QStringEncoder,
    Qt,
    QTextBoundaryFinder,
)

WORDS = """
côte coté cote côté Zebra zebra ärger Ärger arger öl ol Öl åka ånga aka ñu nu nandu llama luz chico
cuna cz čaj caj ćma ćevap šál sal Łódź lodz ığdır iğne Işık ılık straße strasse Strand ŝanco æble øl
ål aal 2 10 1 a2 a10 ㄅ 安 中国 東京 とうきょう トウキョウ 가나 나비 가 Ελλάδα ελιά αβγό Привет ёлка
ель щука שלום عربي हिन्दी ไทย กา ขา
""".split()
LOCALES = """
en de de_AT fr fr_CA sv da nb fi et lv lt pl cs sk hu ro hr sl sr bs mk bg ru uk be tr az kk el he
ar fa ur hi bn ta te th my km ja ko zh zh_TW vi es ca cy is mt sq hy ka
""".split()
SENTENCES = (
    "Ein Satz. Noch einer? 東京は大きい。ภาษาไทยง่าย e\u0301 can't 3.14 नमस्ते "
    "\U0001f469\u200d\U0001f467"
)
CODECS = """
ISO-8859-1 ISO-8859-2 ISO-8859-15 windows-1252 KOI8-R KOI8-U EUC-JP Shift_JIS ISO-2022-JP EUC-KR GBK
GB18030 Big5 EUC-TW TIS-620 IBM850 UTF-7
""".split()


def main() -> None:
    """Print everything, a line each."""
    for name in LOCALES:
        locale = QLocale(name)
        for numeric, case in itertools.product((False, True), Qt.CaseSensitivity):
            collator = QCollator(locale)
            collator.setNumericMode(numeric)
            collator.setCaseSensitivity(case)
            _say(name, numeric, case, sorted(WORDS, key=collator.sortKey))
            _say([collator.compare(a, b) for a, b in itertools.pairwise(WORDS)])
        _say([locale.toUpper(word) for word in WORDS], [locale.toLower(word) for word in WORDS])
    for kind in QTextBoundaryFinder.BoundaryType:
        finder = QTextBoundaryFinder(kind, SENTENCES)
        _say(kind, list(iter(finder.toNextBoundary, -1)))
    for name in CODECS:
        encoder, decoder = QStringEncoder(name), QStringDecoder(name)
        _say(name, encoder.isValid(), decoder.isValid())


def _say(*values: object) -> None:
    print(*values)  # noqa: T201


if __name__ == "__main__":
    main()
