"""The command line: the same services as the window, plain text and JSON out."""
