"""/api/3/action: the reading half of the Action API of CKAN."""
