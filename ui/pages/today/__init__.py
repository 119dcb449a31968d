"""The Today page: whom to speak to and why, what is promised, what waits; imports widgets and services."""
