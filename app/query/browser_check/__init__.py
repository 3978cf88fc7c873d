"""What the page gives the browser so that it can check privately and show the answer itself."""
