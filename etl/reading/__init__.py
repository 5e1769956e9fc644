"""Bytes to columns of text: archives, encodings, delimited files, workbooks, Parquet."""
