"""The two services. Foreign errors stop here."""
