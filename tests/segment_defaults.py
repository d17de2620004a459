"""The lengths that new segments have in tests: those of a new settings file."""

from editor.schedule.segment_factory import SegmentDefaults
from editor.settings import Settings

SEGMENT_DEFAULTS = SegmentDefaults.from_settings(Settings(None))
