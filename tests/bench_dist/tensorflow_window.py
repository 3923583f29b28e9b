"""TensorFlow window: the empty window with Keras, TensorFlow and the bundled network inside.

Made as programs of this kind are: the model is loaded before the window is shown, and read with
when the pen is lifted.
"""

from __future__ import annotations

import sys
from pathlib import Path

import keras
import numpy as np
import PIL.Image
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

assert PIL.Image

MODEL = Path(__file__).with_name("cnn.keras")


class Window(QWidget):
    """Paints how sure the network was of what it was given last."""

    def __init__(self) -> None:
        super().__init__()
        self._model = keras.models.load_model(MODEL)
        self._answer = ""
        self.resize(960, 656)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        pixels = np.zeros((1, 28, 28, 1), np.float32)
        self._answer = str(self._model.predict(pixels, verbose=0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        QPainter(self).drawText(20, 20, self._answer)


def main() -> int:
    application = QApplication(sys.argv)
    window = Window()
    window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
