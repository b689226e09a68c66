"""The questions asked of the front door. Most of what is needed is checked by the rules, in their words."""
