"""What every page shares: the frame, the design system's components, form fields, navigation, error pages.

Owns: how pages look, and that nobody reaches one without being allowed to.
Does not own: any page about children or the people around them.
"""
