"""Money: whole pence, shared out to the penny, and the financial year from April to March.

Sums are kept as integers of pence, because that is the one type that every store of records and
holdings keeps alike. The year runs from 1 April to 31 March, as local authorities' accounts do
(Accounts and Audit Regulations 2015).
"""
