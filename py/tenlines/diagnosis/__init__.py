"""What an answer is worth: causes why a network does not learn its table, and whether other starts say the same."""
