"""Floor 3: the application: services, charts, components, reports."""
