"""How the page Upload looks: each part draws what it is given and gives back what a person chose."""
