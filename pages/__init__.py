"""One page a file: takes the scope, asks for figures, draws them."""
