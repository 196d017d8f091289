"""The lesson on meaningful comments: its steps, how far everyone is, and where the class struggles."""
