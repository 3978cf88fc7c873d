"""The engines that join the tables, DuckDB and Spark: where they differ stands here only."""
