"""What Django’s pickers of entities lack."""

from js_asset import Script

# Gives their search fields a name for who cannot see them.
PICKER_NAMES = Script("articles/desk/picker_names.js", type="module")
