"""The address without a page: goes to the first page that the signed-in person may open."""

from dashboard import access, navigation

viewer = access.require()
navigation.go_home(viewer)
