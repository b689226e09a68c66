"""The front door's own pages: the worklist, one contact whole, screening, deciding, answering, disagreements.

Owns: what screeners, managers, heads, partners and advisers see and send.
Does not own: any rule or right (`apps.concerns`, `apps.access`), nor what the person who raised it sees.
"""
