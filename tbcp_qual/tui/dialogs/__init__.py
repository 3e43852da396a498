"""What is asked on top of a screen; escape goes back and loses nothing."""
