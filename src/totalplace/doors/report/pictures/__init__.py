"""Pictures for a page: SVG text from small frozen rows, with no script and nothing fetched.

A picture says the same as a table that stands beside it. `title` is read out first, then a
description in words; every mark has its own words, which browsers show under the pointer.
`frames.figure` draws a picture three times, for a phone, a tablet and a desk or paper, and
`colours.style()` belongs once into the page's `<style>`.
"""
