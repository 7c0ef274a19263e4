"""Stage 5: analysed sentences → mentions. One module per entity type; they do not know each other."""
