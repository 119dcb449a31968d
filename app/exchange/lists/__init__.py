"""Lists understood: kinds and columns recognised, rows turned into typed values; imports app.domain only."""
