"""Figure builders: series in, matplotlib figures out; loaded when the first chart is drawn."""
