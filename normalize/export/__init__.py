"""The parallel corpus in the formats others read, and back again; filters with reasons; splits."""
