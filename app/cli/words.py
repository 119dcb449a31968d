"""The commands' names, apart from their parser so that the window starts without it."""

COMMANDS = frozenset(
    {
        *("demo", "new", "check", "backup", "restore", "rescue"),
        *("import", "export", "review"),
        *("metrics", "warnings", "today"),
        *("log", "history", "undo", "redo"),
    }
)
