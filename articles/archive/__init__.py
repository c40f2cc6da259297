"""What was published elsewhere, brought in: lines of JSON or ninjs, batch by batch, and what an archive withholds."""
