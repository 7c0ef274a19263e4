"""How likely a mention is right: span, label and norm, all three.

What is known of a mention is turned into a few named pieces of evidence (``evidence.py``). Each has a weight
in ``data/confidence.csv``, which ``make confidence`` fits on gold; their sum is the logarithm of the odds.
``docs/explanation/confidence.md`` shows how far the probabilities can be trusted.
"""

from pipeline.resolve.confidence.company import Company, found_by, rule_of
from pipeline.resolve.confidence.evidence import Document, around, of_candidate, of_mention
from pipeline.resolve.confidence.weights import candidate_threshold, doubtful, probability

__all__ = [
    "Company",
    "Document",
    "around",
    "candidate_threshold",
    "doubtful",
    "found_by",
    "of_candidate",
    "of_mention",
    "probability",
    "rule_of",
]
