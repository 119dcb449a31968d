"""Rapport: wiring only. Chooses between the window, the command line and the reader of other people's workbooks."""

import os
import sys


def main(arguments: list[str]) -> int:
    """Run the program; gives the exit code."""
    os.umask(0o077)
    if arguments[:1] == ["--read-workbook"]:
        from app.exchange.reading import child

        return child.main(arguments[1:])
    if _for_the_window(arguments):
        from ui.interpreter import import_plainly

        import_plainly()
        from ui.start import run

        return run(arguments)
    from app.cli.run import main as run_command

    return run_command(arguments)


def _for_the_window(arguments: list[str]) -> bool:
    from app.cli.words import COMMANDS

    words = [word for word in arguments if not word.startswith("-")]
    if "-h" in arguments or "--help" in arguments:
        return False
    return not words or not any(word in COMMANDS for word in words[:2])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
