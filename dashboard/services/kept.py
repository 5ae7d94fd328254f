"""The most recently used of things that were loaded once, shared by all sessions of the process."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """At most `most` things by key, the least recently used goes first. What is kept must not be changed."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, load: Callable[[], T]) -> T:
        """The thing of that key, loaded by the first who asks (two who ask at once may both load it)."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        loaded = load()
        with self._lock:
            self._things[key] = loaded
            while len(self._things) > self._most:
                self._things.popitem(last=False)
        return loaded
