"""Values and rules of the trade; imports the standard library only."""
