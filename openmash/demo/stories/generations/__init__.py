"""Two families told of over years, from several homes: what a chronology and a genogram are for."""
