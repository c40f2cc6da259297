"""What readers get, judged by programs that others wrote: `make site-audit`."""
