"""What a sheet holds that its reader would choke on, or does not tell: looked at before anything is read whole."""
