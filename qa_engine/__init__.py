"""From a question to an answer whose every sentence is proved by an agenda item."""
