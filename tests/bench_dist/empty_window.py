"""Empty window: PySide6, NumPy and Pillow with nothing made of them; frozen as it is, untrimmed."""

from __future__ import annotations

import sys

import numpy
import PIL.Image
from PySide6.QtWidgets import QApplication, QWidget

assert numpy and PIL.Image


def main() -> int:
    application = QApplication(sys.argv)
    window = QWidget()
    window.resize(960, 656)
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
