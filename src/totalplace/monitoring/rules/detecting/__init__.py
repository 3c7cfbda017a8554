"""How the watch tells a change from chance, with the rate of false alarms set in advance."""
