"""The transcript on screen: rows, lanes, caret and selection as plain values, and the widget that paints them."""
