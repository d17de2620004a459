"""Mouse, keyboard and drop input of the timeline; gestures, dragging and snapping are free of Qt."""
