"""Pages of the count: each is drawn from one frozen edition, and says which in its address.

`/count/<place>/` is the place's own page, `/count/<place>/<year>/<number>/` an edition, and its
views stand below it. Nothing is computed anew: what a page shows is what was frozen.
"""
