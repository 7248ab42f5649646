// Asks for news, and loads the page anew when its bytes changed.
