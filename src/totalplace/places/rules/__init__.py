"""What an agency is called and what kind of body it is. Pure."""
