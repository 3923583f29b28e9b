"""About: what the program is, its version, and whose work is in it, under what terms."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox, QWidget

from digitpad.core.resource_files import resource_path
from digitpad.third_party import components
from digitpad.ui.language import renewed
from digitpad.ui.licences import LicencesDialog
from digitpad.ui.theme import TEXT_CONTRAST, Theme, with_contrast
from digitpad.words import Words, tr

_ICON = QSize(64, 64)
CREDITS = Words(
    """
<p>The network learned from<br>
MNIST by Y. LeCun, C. Cortes and C. Burges
(<a href="https://creativecommons.org/licenses/by-sa/3.0/">CC BY-SA 3.0</a>) and<br>
UNIPEN online handwriting
(<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>,
<a href="https://doi.org/10.5281/zenodo.1195803">doi:10.5281/zenodo.1195803</a>).</p>
<p>The window is made with <a href="https://doc.qt.io/qtforpython-6/">PySide6 and Qt</a>
(<a href="https://www.gnu.org/licenses/lgpl-3.0.html">LGPL 3</a>).</p>
"""
)


def about_box(parent: QWidget) -> QMessageBox:
    """Return the About window, not yet shown."""
    from digitpad import __version__  # Looked up in files, so not for every start.

    box = QMessageBox(parent)
    # Not the window's icon: where Qt has painted a small one of it, it takes that for large ones.
    icon = QIcon(str(resource_path("icons", "digitpad-128.png")))
    box.setIconPixmap(icon.pixmap(_ICON, parent.devicePixelRatioF()))
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Close))
    licences = box.addButton(tr("&Licences"), QMessageBox.ButtonRole.ActionRole)

    theme = Theme.of(box.palette())
    link = with_contrast(
        box.palette().link().color(), theme.window, theme.text, TEXT_CONTRAST
    ).name()

    def say() -> None:
        purpose = tr("Write a digit and see how sure a network is.")
        box.setWindowTitle(tr("About DigitPad"))
        box.setText(f"<h3>DigitPad {__version__}</h3><p>{purpose}</p>")
        box.setInformativeText(f"<style>a{{color:{link}}}</style>{CREDITS}")
        licences.setText(tr("&Licences"))

    renewed(box, say)
    licences.clicked.disconnect()  # By itself each button of such a box closes it.
    licences.clicked.connect(lambda: licences_window(box).open())
    return box


def licences_window(parent: QWidget) -> LicencesDialog:
    """Return the window with the terms of everything inside, not yet shown."""
    return LicencesDialog(components(), parent)
