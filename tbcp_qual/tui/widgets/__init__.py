"""Small parts of the screens, one a file; none holds a rule of the method."""
