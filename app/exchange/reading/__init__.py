"""Lists in files, read to rows of text: csv here, workbooks in a child process; imports app.errors only."""
