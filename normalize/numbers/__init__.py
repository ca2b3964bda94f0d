"""Numbers by meaning: what a number in a news sentence is worth, in Indonesian, French and English."""
