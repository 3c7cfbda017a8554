"""The forms in which agencies publish: how cells are written, tables laid out and files saved."""
