"""Heap: freed memory is kept for the next step instead of being given back to the system.

A step of a training takes and frees tensors of many megabytes. The GNU C library gives each back at
once, and asks for fresh pages in the next step; on a virtual machine that takes as long as the
training itself. Results are the same.
"""

from __future__ import annotations

import ctypes

# Options of `mallopt`, from <malloc.h>.
_M_TRIM_THRESHOLD = -1
_M_TOP_PAD = -2
_M_MMAP_THRESHOLD = -3

_LARGEST_BLOCK = 1 << 30
"""Bytes; only larger ones are mapped and unmapped each by itself."""
_SPARE = 2**31 - 1
"""Bytes, as many as an option can say; what is free beyond these is given back."""
_GROWTH = 1 << 26
"""Bytes that the heap grows by at least."""


def keep_freed_memory() -> bool:
    """Let this process keep what it frees; return whether it will.

    False where there is no `mallopt`: not on macOS, Windows or musl.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    wanted = (
        (_M_MMAP_THRESHOLD, _LARGEST_BLOCK),
        (_M_TRIM_THRESHOLD, _SPARE),
        (_M_TOP_PAD, _GROWTH),
    )
    return all(mallopt(option, value) == 1 for option, value in wanted)
