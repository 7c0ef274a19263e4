"""A run over many documents: engines, processes, the record of the run, the place of its results."""
