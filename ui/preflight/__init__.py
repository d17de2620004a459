"""The panel that lists what stands in the way of publishing."""
