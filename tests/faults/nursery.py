"""A process that has everything imported and forks a worker whenever asked: a fault costs milliseconds, not seconds.

A line `workload<TAB>folder` on standard input forks one; `child N` is answered. `go SECONDS` lets it work, and kills it
after that time unless it is 0; when it has ended, `ended STATUS` is answered. In between it may be traced.
"""

import ctypes
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

PR_SET_PTRACER, ANYBODY = 0x59616D61, -1


def main() -> None:
    """Serve until standard input ends."""
    from tests.faults.workloads import work

    for line in sys.stdin:
        name, folder = line.rstrip("\n").split("\t")
        hold, release = os.pipe()
        child = os.fork()
        if not child:
            os.close(release)
            with suppress(OSError, AttributeError):
                ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYBODY, 0, 0, 0)
            os.read(hold, 1)
            work(name, Path(folder))
            os._exit(0)
        os.close(hold)
        print("child", child, flush=True)  # noqa: T201 - the answer
        go, seconds = sys.stdin.readline().split()
        assert go == "go"
        os.write(release, b"x")
        os.close(release)
        if float(seconds):
            time.sleep(float(seconds))
            os.kill(child, signal.SIGKILL)  # not waited for yet, so the number is still its own
        print("ended", os.waitpid(child, 0)[1], flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
