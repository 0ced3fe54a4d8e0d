"""Training: an extra (`pip install "quotedesk[train]"`), never imported by the product itself."""
