"""FirstAgenda Publication, the portal that most Danish municipalities publish their minutes on."""
