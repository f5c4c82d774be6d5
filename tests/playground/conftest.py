"""The fixtures of these tests; other tests may import the same ones."""

from .fixtures import alice, bob, channel, clock, connect, description, guild, local_discord

__all__ = ["alice", "bob", "channel", "clock", "connect", "description", "guild", "local_discord"]
