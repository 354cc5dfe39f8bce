"""The approval packet: everything a person reads before agreeing to a publication, as one page that opens from a file share."""
