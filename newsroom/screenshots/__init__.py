"""The pictures of docs/screenshots/: what is photographed, and how. `manage.py screenshots` takes them."""
