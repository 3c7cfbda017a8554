"""What officers may change, as dated files with an owner."""
