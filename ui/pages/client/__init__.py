"""The page of one client: header, cradle-to-grave strip, tabs; imports services, widgets, dialogs, no other page."""
