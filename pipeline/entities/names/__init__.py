"""What types of entity share: names in a registry, phrases around a name, names that a text introduces."""
