"""What a researcher asks: one file a verb group, called by the command line and by the screens alike."""
