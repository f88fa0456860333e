"""From files of minutes to a store that can be searched."""
