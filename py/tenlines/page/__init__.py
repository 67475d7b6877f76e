"""What only the web page uses: the calls it makes, its limits, modules fetched late."""
