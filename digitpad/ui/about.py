"""About: what the program is, its version, and whose work is in it, under what terms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad.third_party import components
from digitpad.ui.licences import LicencesDialog

CREDITS = """
<p>The network learned from<br>
MNIST by Y. LeCun, C. Cortes and C. Burges
(<a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>) and<br>
UNIPEN online handwriting
(<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>,
<a href="https://doi.org/10.5281/zenodo.1195803">doi:10.5281/zenodo.1195803</a>).</p>
<p>The window is made with <a href="https://doc.qt.io/qtforpython-6/">PySide6 and Qt</a>
(<a href="https://www.gnu.org/licenses/lgpl-3.0.html">LGPL 3</a>).</p>
"""


def about_box(parent: QWidget) -> QMessageBox:
    """Return the About window, not yet shown."""
    from digitpad import __version__  # Looked up in files, so not for every start.

    box = QMessageBox(parent)
    box.setWindowTitle("About DigitPad")
    box.setIconPixmap(parent.windowIcon().pixmap(64, 64))
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(
        f"<h3>DigitPad {__version__}</h3><p>Write a digit and see how sure a network is.</p>"
    )
    box.setInformativeText(CREDITS)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.addButton(QMessageBox.StandardButton.Close)
    licences = box.addButton("&Licences", QMessageBox.ButtonRole.ActionRole)
    licences.clicked.connect(lambda: licences_window(parent).open())
    return box


def licences_window(parent: QWidget) -> LicencesDialog:
    """Return the window with the terms of everything inside, not yet shown."""
    return LicencesDialog(components(), parent)
