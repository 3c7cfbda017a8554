"""From a published file to held readings: opened, recognised, judged, written whole."""
