"""Rules of the partnership: who sits, how it meets and votes, what it may say, what it may not.

A partnership is no body in law. It debates, coordinates and advises; it decides nothing that an
executive decides and approves no budget (Local Government and Public Involvement in Health Act
2007, part 5; statutory guidance Creating Strong, Safe and Prosperous Communities, July 2008).
"""
