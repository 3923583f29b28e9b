"""Opening: View > Understand, and how the window makes room for the panel and takes it back.

Loaded with the window, so it is small: the panel, its pages and its thread come when first opened.
Closed, the panel hears nothing of the drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, SignalInstance, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from digitpad.core.reading import DigitReading
from digitpad.ui.language import renewed
from digitpad.words import tr

if TYPE_CHECKING:
    from digitpad.ui.ink_canvas import InkCanvas
    from digitpad.ui.status_line import StatusLine
    from digitpad.ui.understand.panel import UnderstandPanel


class Understanding(QObject):
    """The panel of one window, and the action that opens and closes it."""

    def __init__(
        self,
        window: QMainWindow,
        canvas: InkCanvas,
        status: StatusLine,
        digit_shown: SignalInstance,
        digit_now: Callable[[], DigitReading | None],
    ) -> None:
        """`canvas` holds the drawing, `status` says what came of saving or printing a page,
        `digit_shown` tells of each new digit, `digit_now` returns the present one."""
        super().__init__(window)
        self._window = window
        self._canvas = canvas
        self._status = status
        self._digit_shown = digit_shown
        self._digit_now = digit_now
        self._panel: UnderstandPanel | None = None
        self._is_open = False
        self._grown = QSize(0, 0)
        self._due = ""
        self.action = QAction(window)
        renewed(window, self._say)
        self.action.setCheckable(True)
        self.action.setShortcut("F2")
        self.action.toggled.connect(self._on_toggled)

    def _say(self) -> None:
        self.action.setText(tr("&Understand"))
        self.action.setToolTip(tr("Show why the network answers as it does"))

    @property
    def panel(self) -> UnderstandPanel | None:
        """The panel; None until it is first opened."""
        return self._panel

    @property
    def is_open(self) -> bool:
        return self._is_open

    @property
    def page_open(self) -> str:
        """Title of the page in front, in English; "" while the panel is closed."""
        return self._panel.page.title.source if self._panel is not None and self._is_open else ""

    def open(self) -> UnderstandPanel:
        """Open the panel, if it is not open, and return it."""
        self.action.setChecked(True)
        assert self._panel is not None
        return self._panel

    def close(self) -> None:
        """Close the panel, if it is open."""
        self.action.setChecked(False)

    def reopen(self, title: str) -> None:
        """Open the panel as it was last time, once the window is painted; not when it was closed.

        The window's size comes back by itself, with the panel's share in it.
        """
        self._due = title
        QTimer.singleShot(0, self, self.come_back)

    @Slot()
    def come_back(self) -> bool:
        """Open the panel now if it is still to be reopened, and return whether it was.

        Not while the window is not shown.
        """
        if not self._due or not self._window.isVisible():
            return False
        panel = self._made()
        panel.turn_to(self._due)
        self._due = ""
        panel.show()
        if not panel.isFloating():
            self._grown = QSize(panel.width(), 0)
        return True

    def stop(self) -> None:
        """End the panel's thread, for good; may be called again.

        Whether the panel is open stays as it is: the settings are asked for afterwards.
        """
        if self._panel is not None:
            self._panel.toggleViewAction().blockSignals(True)
            self._panel.close_down()
            self._panel.explainer.stop()

    @Slot(bool)
    def _on_toggled(self, wanted: bool) -> None:
        if wanted == self._is_open:
            return
        panel = self._made()
        if wanted:
            self._make_room(panel)
            panel.show()
            panel.raise_()
            width = panel.sizeHint().width()
            self._window.resizeDocks([panel], [width], Qt.Orientation.Horizontal)
        else:
            panel.close()

    @Slot(bool)
    def _on_panel_toggled(self, is_open: bool) -> None:
        """The panel was shown or hidden, by us or by its own close button."""
        if is_open == self._is_open:
            return
        assert self._panel is not None
        self._is_open = is_open
        if is_open:
            self._digit_shown.connect(self._panel.show_digit)
            self._panel.open(self._digit_now())
        else:
            self._digit_shown.disconnect(self._panel.show_digit)
            self._panel.close_down()
            # Once the window's layout has let go of the panel.
            QTimer.singleShot(0, self, self._give_room_back)
        self.action.setChecked(is_open)

    def _made(self) -> UnderstandPanel:
        if self._panel is None:
            from digitpad.ui.understand.panel import UnderstandPanel
            from digitpad.ui.understand.take_away import TakeAway
            from digitpad.workers.explainer import Explainer

            self._panel = panel = UnderstandPanel(Explainer(), self._window)
            panel.add_strip(TakeAway(panel, self._canvas, self._status))
            panel.hide()
            if not self._window.restoreDockWidget(panel):
                self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
            panel.hide()
            panel.toggleViewAction().toggled.connect(self._on_panel_toggled)
        return self._panel

    def _make_room(self, panel: UnderstandPanel) -> None:
        """Make the window large enough for the panel beside the rest, as far as the screen goes.

        On a screen too small for both, the panel gets a window of its own.
        """
        window = self._window
        screen = window.screen().availableGeometry()
        least = window.minimumSizeHint().width() + panel.minimumSizeHint().width()
        if least > screen.width():
            panel.setFloating(True)
            # At the right: what is to be drawn on is at the left.
            wide, high = panel.sizeHint().toTuple()
            wide = max(min(wide, screen.width() // 2), panel.minimumSizeHint().width())
            high = min(high, screen.height())
            panel.setGeometry(screen.right() + 1 - wide, screen.top(), wide, high)
        if panel.isFloating() or window.windowState() & _FILLING:
            return
        frame = window.frameGeometry()
        borders = frame.size() - window.size()
        # Opened again at once, the window may still have the room of the last time.
        inner = window.size() - self._grown
        wanted = QSize(inner.width() + panel.sizeHint().width(), panel.sizeHint().height())
        size = wanted.boundedTo(screen.size() - borders).expandedTo(inner)
        self._grown = size - inner
        frame.setSize(size + borders)
        beyond = frame.bottomRight() - screen.bottomRight()
        corner = frame.topLeft() - QPoint(max(beyond.x(), 0), max(beyond.y(), 0))
        window.resize(size)
        if corner != frame.topLeft():
            window.move(max(corner.x(), screen.left()), max(corner.y(), screen.top()))

    @Slot()
    def _give_room_back(self) -> None:
        if self._is_open:
            return
        window, grown = self._window, self._grown
        self._grown = QSize(0, 0)
        frame = window.layout()
        if frame is not None and not window.windowState() & _FILLING:
            frame.activate()
            window.resize(window.size() - grown)


_FILLING = Qt.WindowState.WindowMaximized | Qt.WindowState.WindowFullScreen
