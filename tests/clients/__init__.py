"""Programs that none of us wrote, unmodified and over the wire, against a simulator process: `make clients`."""
