"""The window: six tabs over a project file. It knows the workspace's verbs and frozen values, nothing else."""
