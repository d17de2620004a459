"""Geometry of the timeline without Qt: time scale, viewport, layout of lanes and culling."""
