"""What the words suggest; heavy imports happen when they are needed."""
