"""The guard: answers that loop, copy, stop short or change numbers are found and decoded anew, one by one."""
