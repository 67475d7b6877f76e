"""One pass over the rows, stage by stage: multiply and add, squeeze, compare, slope, blame, adjust."""
