"""What partners get, judged by programs that others wrote and by readers that are killed: `make api-audit`."""
