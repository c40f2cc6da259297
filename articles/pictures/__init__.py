"""Pictures: what a file must be and what is kept of it, their copies, by what right they are shown, and where."""
