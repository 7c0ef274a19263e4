"""Stage 8: results against gold: pairs, scores, tables, comparisons; the gold itself, read and checked."""
