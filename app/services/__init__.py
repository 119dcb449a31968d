"""What a person can do: each method is one transaction and returns what it changed; imports app.data and app.domain."""
