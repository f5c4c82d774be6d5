"""What Discord refuses with "Invalid Form Body", whether or not its description says so."""

from tutorbot.playground.limits.commands import check_choices, check_command, check_commands
from tutorbot.playground.limits.message import check_edit, check_message
from tutorbot.playground.limits.modal import check_modal
from tutorbot.playground.limits.problems import refuse

__all__ = [
    "check_choices",
    "check_command",
    "check_commands",
    "check_edit",
    "check_message",
    "check_modal",
    "refuse",
]
