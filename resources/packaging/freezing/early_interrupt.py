"""Early interrupt: run by a frozen program before all else that is Python's.

Until the program is ready for Ctrl+C, it ends at once and silently, as any other. What loads first,
PySide6's own start among it, would answer with a traceback or worse.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)
