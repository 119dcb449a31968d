"""What PySide6 does to the interpreter, and what this program does about it.

PySide6 6.12.0 under Python 3.11 gives away a reference to None with every call: each Qt method that returns nothing
lowers the count of None by one (measured: `QWidget.update()` 20 times, count 20 lower; 6.11 and Python 3.12 are sound,
there None cannot die). After some thousand calls the interpreter aborts with "none_dealloc". Raising the count beyond
reach once makes None as immortal as in newer Pythons.

PySide6 also puts itself between every import and the interpreter, to read the source of each module for the word
"PySide6", for the sake of `from __feature__ import snake_case`, which nobody here uses. Measured: 0.25 of the 1.9 s to
Today, and 15 MiB of source text held for good.
"""

import builtins
import ctypes
import sys

PLENTY = 1 << 50


def keep_none_alive() -> None:
    """Make None immortal where it is not; does nothing on Python 3.12 and later or the second time."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.getrefcount(None) < PLENTY // 2:
        count = ctypes.c_ssize_t.from_address(id(None))
        count.value += PLENTY


def import_plainly() -> None:
    """Import PySide6 and give the interpreter its own import back."""
    import PySide6.QtCore  # noqa: F401 - what takes the import over

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
