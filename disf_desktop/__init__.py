"""Keeps Salesforce and Dialog Insight in step: a desktop window and a command line over one sync engine."""

__version__ = "0.1.0"
