"""Tables: numbers, names and `?`, as CSV, as typed, and as NumPy reads them."""
