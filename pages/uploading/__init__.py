"""The steps of the page Upload: what a person chooses, handed to loading as a mapping file."""
