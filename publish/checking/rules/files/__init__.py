"""How the file handed in is written: the items of 総務省「機械判読可能なデータの表記方法の統一ルール」(2020-12-18)."""
