"""Writing a new version of the threshold in the browser, and adopting it.

Owns: the pages on which a draft is read, changed row by row or as a workbook, checked, sent and adopted.
Does not own: what a draft may become (`apps.policy`), what is wrong with it (`engines.thresholds`), or how it
compares, replays and answers single cases (`web.trying`).
"""
