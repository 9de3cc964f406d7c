"""Journeys of a person through the real window, with a real mouse, keyboard and browser on a virtual screen."""
