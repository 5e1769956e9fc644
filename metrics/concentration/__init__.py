"""20/80: what the page computes of rows that figures give. No SQL here, no screen."""
