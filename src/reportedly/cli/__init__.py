"""The command line: a thin face over `reportedly.api`.

Tables for people on a terminal, JSON Lines in a pipe, progress on standard error.
"""
