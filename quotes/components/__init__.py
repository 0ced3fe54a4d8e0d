"""spaCy components: each predicts without writing and writes without predicting."""
