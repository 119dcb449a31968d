"""A process that has everything imported and forks a worker whenever asked: a fault costs milliseconds, not seconds.

A line `workload<TAB>folder` on standard input forks one, whose number is answered. The line `go` lets it work; when it
has ended, its exit status is answered. In between it may be traced.
"""

import ctypes
import os
import sys
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
        print(child, flush=True)  # noqa: T201 - the answer
        assert sys.stdin.readline() == "go\n"
        os.write(release, b"x")
        os.close(release)
        print(os.waitpid(child, 0)[1], flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
