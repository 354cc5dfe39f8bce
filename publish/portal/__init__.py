"""A CKAN as a second place of a release: plan, apply, prove. A portal only receives what already stands in `site/`."""
