"""`python -m disf_desktop.cli`: the command where the `disf` program is not on the path."""

from disf_desktop.cli import main

main()
