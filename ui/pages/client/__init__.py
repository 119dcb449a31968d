"""The page of one client: header, cradle-to-grave strip and tabs; imports services, widgets and dialogs, no other page."""
