"""Table models over plain rows; imports Qt and values only."""
