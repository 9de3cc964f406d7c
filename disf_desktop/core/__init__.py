"""The pure core: values in, values out. It decides; it never does."""
