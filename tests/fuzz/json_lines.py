"""Fuzzes the target of this name in targets.py; by hand, see README.md."""

from driver import main

if __name__ == "__main__":
    main("json_lines")
