"""Both services on loopback, for the rehearsal, the tests and the benchmarks.

It shares no code with the rest of the program, so that a mistake of ours cannot agree with itself here.
"""
