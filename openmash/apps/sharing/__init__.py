"""What agencies ask of one another, what they answer, and exactly what left whom, for whom, on which ground.

Owns: requests for information, the answers to them, the log of what was shared, and why something was not; which
version of the dated grounds is in force (`guides`). Stands above `concerns` and `casework`, because a request is made
on account of a contact or a case; neither of them knows of requests.
"""
