"""The served site: pages, downloads, tiles and catalogue files, read-only over site/."""
