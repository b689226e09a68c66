"""What people see: one folder for each part of the work, and `layout` for what all pages share.

Reads only through each app's queries and writes only through its actions; never touches a table.
"""
