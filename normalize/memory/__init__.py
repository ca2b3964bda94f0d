"""Translation memory: what was translated once is not translated again, and what a person corrected wins."""
