"""One guard against one fault: PySide6 6.12.0 under Python 3.11 gives away a reference to None with every call.

Each Qt method that returns nothing lowers the count of None by one (measured: `QWidget.update()` 20 times, count 20
lower;
6.11 and Python 3.12 are sound, there None cannot die). After some thousand calls the interpreter aborts with
"none_dealloc". Raising the count beyond reach once makes None as immortal as in newer Pythons.
"""

import ctypes
import sys

PLENTY = 1 << 50


def keep_none_alive() -> None:
    """Make None immortal where it is not; does nothing on Python 3.12 and later or the second time."""
    if sys.version_info < (3, 12) and sys.implementation.name == "cpython" and sys.getrefcount(None) < PLENTY // 2:
        count = ctypes.c_ssize_t.from_address(id(None))
        count.value += PLENTY
