"""The same journey for somebody who asks for advice: a question, and a child only if they want to."""
