"""How fast the desk, the site and the API are with 10,000 and 100,000 stories, beside others on the same tables."""
