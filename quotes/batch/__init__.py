"""Archive runs: inputs cut into shards, each shard read to one file of records, on one machine or on a cluster."""
