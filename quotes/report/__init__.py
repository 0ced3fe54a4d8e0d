"""A report over many records: who is quoted, how often, how long, as what kind of source, where and when."""
