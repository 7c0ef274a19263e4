"""spaCy: the component, its attributes, and a Doc made of what the pipeline found."""
