"""Early interrupt: run by a frozen program before all else that is Python's.

Until the program is ready for Ctrl+C, it ends at once and silently, as any other. What loads first,
PySide6's own start among it, would answer with a traceback or worse.
"""

# What `signal` is made of: that itself takes longer to load than all before it.
import _signal  # type: ignore[import-not-found]

# Where Ctrl+C is ignored, as in a script's background, it stays so.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
