"""Discord may deliver an event twice."""

from collections import OrderedDict


class Once:
    """Remembers the newest ``limit`` ids that it was shown."""

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._seen: OrderedDict[int, None] = OrderedDict()

    def first(self, event_id: int) -> bool:
        """Whether this id is seen for the first time."""
        if event_id in self._seen:
            return False
        self._seen[event_id] = None
        if len(self._seen) > self._limit:
            self._seen.popitem(last=False)
        return True
