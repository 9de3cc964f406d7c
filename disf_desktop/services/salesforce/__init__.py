"""Salesforce: its REST API and its Bulk API 2.0, as ports of a run."""
