"""The REST interface: the same engine, forms and citations as the command line, over HTTP."""
