"""The made-up city: who sells what to whom, before anything is sold."""
