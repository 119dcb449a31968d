"""How a cell is painted and edited; imports the theme and values only."""
