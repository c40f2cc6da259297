"""The desk under fire: everything that production runs is killed at random, and nothing may be lost.

`python -m tests.chaos` starts a whole desk on the loopback, with a database that writes through to the disk, puts
people and partners to work on it by HTTP alone, kills its processes with SIGKILL, starts them again as a service
manager does, and asks in the end whether everything is there that anybody was told.
"""
