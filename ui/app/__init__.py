"""The running application: start-up, main window, editor page, status bar and error reporting."""
